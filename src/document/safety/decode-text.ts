import { unreadable } from './unreadable.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/**
 * The text of bytes in an encoding that proves itself: byte order mark, UTF-16 by its zero bytes, UTF-8, GB18030.
 * The mark is dropped and CRLF or CR becomes LF; nothing else is touched.
 * @throws JipingError `unreadable` when no encoding fits
 */
export function decodeText(
  bytes: Uint8Array,
  file: string,
): { readonly text: string; readonly encoding: TextEncoding } {
  for (const encoding of candidates(bytes)) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return { text: text.replace(/\r\n?/g, '\n'), encoding };
    } catch {
      // the next encoding
    }
  }
  throw unreadable(
    file,
    '无法判定文字编码；请另存为 UTF-8 编码后再试。',
    'the character encoding could not be told; save the file as UTF-8.',
  );
}

function candidates(bytes: Uint8Array): readonly TextEncoding[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be'];
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return ['utf-8'];
  const zeros = zeroBytes(bytes.subarray(0, 4096));
  if (zeros.odd > zeros.even) return ['utf-16le'];
  if (zeros.even > 0) return ['utf-16be'];
  return ['utf-8', 'gb18030'];
}

function zeroBytes(bytes: Uint8Array): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  return { even, odd };
}

/** Whether bytes can be text at all: no control bytes but those text has, unless they are UTF-16. */
export function looksLikeText(start: Uint8Array): boolean {
  const encoding = candidates(start)[0];
  const bytes = encoding === 'utf-16le' || encoding === 'utf-16be' ? start.subarray(0, start.length & ~1) : start;
  const text = new TextDecoder(encoding === 'utf-8' ? 'latin1' : encoding).decode(bytes);
  let controls = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 0x1a) controls += 1;
    if (code === 0xfffd || code === 0xffff) controls += 1;
  }
  return controls * 100 <= text.length;
}
