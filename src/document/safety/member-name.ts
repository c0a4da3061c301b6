import type { Entry } from 'yauzl';

const UNICODE_PATH_FIELD = 0x7075;

/** Chinese Windows writes member names in GBK without saying so; UTF-8 is tried first because it proves itself. */
export function decodeMemberName(entry: Entry): string {
  const unicode = entry.extraFields.find((field) => field.id === UNICODE_PATH_FIELD);
  // version (1 byte), checksum of the raw name (4 bytes), then the name in UTF-8
  const name =
    (unicode === undefined ? undefined : decode(unicode.data.subarray(5), 'utf-8')) ??
    decode(entry.fileNameRaw, 'utf-8') ??
    decode(entry.fileNameRaw, 'gb18030') ??
    entry.fileNameRaw.toString('latin1');
  return name.replaceAll('\\', '/');
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
