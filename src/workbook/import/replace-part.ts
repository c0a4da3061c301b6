import { crc32, deflateRawSync } from 'node:zlib';
import { JipingError, text } from '../../problem/index.ts';

/** A general purpose flag: sizes stand behind the data. We know them and write them before it. */
const SIZES_BEHIND = 0x0008;
const LOCAL_HEAD = 30;
const DIRECTORY_HEAD = 46;
const END = 22;
const LONGEST_COMMENT = 0xffff;

/**
 * An archive with one part replaced. All others are copied as they are packed, so that the time is that of the part;
 * `openZip` has accepted the archive before.
 * @throws JipingError `unreadable` when the part is not there, `unsupported` for the sizes of a zip over 4 GiB
 */
export function replacePart(archive: Uint8Array, file: string, part: string, content: string): Uint8Array {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end < bytes.length - END - LONGEST_COMMENT) throw missing(file);
  const count = bytes.readUInt16LE(end + 10);
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = bytes.readUInt32LE(end + 16);
  if (at === 0xffffffff || count === 0xffff) throw tooLarge(file);
  let offset = 0;
  let found = false;
  for (let index = 0; index < count; index += 1) {
    if (bytes.toString('latin1', at, at + 4) !== 'PK\x01\x02') throw missing(file);
    const nameLength = bytes.readUInt16LE(at + 28);
    const length = DIRECTORY_HEAD + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    const record = Buffer.from(bytes.subarray(at, at + length));
    at += length;
    const name = record.subarray(DIRECTORY_HEAD, DIRECTORY_HEAD + nameLength);
    const [size, start] = [record.readUInt32LE(20), record.readUInt32LE(42)];
    if (size === 0xffffffff || start === 0xffffffff) throw tooLarge(file);
    let packed = packedAt(bytes, start, size);
    record.writeUInt16LE(record.readUInt16LE(8) & ~SIZES_BEHIND, 8);
    if (keyOf(name.toString('utf8')) === keyOf(part)) {
      const data = Buffer.from(content, 'utf8');
      packed = deflateRawSync(data, { level: 4 });
      record.writeUInt16LE(8, 10);
      record.writeUInt32LE(crc32(data), 16);
      record.writeUInt32LE(packed.length, 20);
      record.writeUInt32LE(data.length, 24);
      found = true;
    }
    record.writeUInt32LE(offset, 42);
    const head = Buffer.alloc(LOCAL_HEAD);
    head.write('PK\x03\x04', 0, 'latin1');
    // Version, flags, method, time, checksum, sizes and length of the name stand alike in both; no extra field.
    record.copy(head, 4, 6, 30);
    pieces.push(head, name, packed);
    directory.push(record);
    offset += head.length + name.length + packed.length;
  }
  if (!found) throw missing(file);
  const tail = Buffer.from(bytes.subarray(end));
  tail.writeUInt32LE(
    directory.reduce((sum, record) => sum + record.length, 0),
    12,
  );
  tail.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, ...directory, tail]);
}

/** The packed bytes behind a local head; its own lengths of name and extra field count. */
function packedAt(bytes: Buffer, start: number, size: number): Buffer {
  const data = start + LOCAL_HEAD + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
  return bytes.subarray(data, data + size);
}

function keyOf(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

function missing(file: string): JipingError {
  return new JipingError('unreadable', text('工作表部件缺失。', 'the sheet part is missing.'), { file });
}

function tooLarge(file: string): JipingError {
  return new JipingError(
    'unsupported',
    text(
      '工作簿的压缩格式（ZIP64）不能直接写入；请用 Excel 或 WPS 另存一次再导入。',
      'rows cannot be added to a book packed as ZIP64; save it again with Excel or WPS first.',
    ),
    { file },
  );
}
