import { isUtf8 } from 'node:buffer';
import { JipingError, text } from '../../problem/index.ts';

/**
 * The bytes of a text file as UTF-8 without mark: UTF-8, UTF-8 with BOM, UTF-16 with BOM, else GB 18030 (of which GBK
 * and GB 2312 are part).
 * @throws JipingError `unreadable` if the bytes are none of these.
 */
export function toUtf8(bytes: Buffer, file: string): Buffer {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, 'utf-16le', file);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode(bytes, 'utf-16be', file);
  return isUtf8(bytes) ? bytes : decode(bytes, 'gb18030', file);
}

function decode(bytes: Buffer, encoding: string, file: string): Buffer {
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(bytes), 'utf8');
  } catch (cause) {
    throw new JipingError(
      'unreadable',
      text(
        '文字编码既不是 UTF-8 也不是 GB18030；请另存为 CSV UTF-8 再试',
        'neither UTF-8 nor GB 18030; save it as CSV UTF-8 and try again',
      ),
      { file },
      { cause },
    );
  }
}
