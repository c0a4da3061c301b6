import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { RATIO_FROM_BYTES, type ReadLimits } from './limits.ts';
import { decodeMemberName } from './member-name.ts';
import { asUnreadable, damaged, overLimit, passwordProtected } from './unreadable.ts';

export interface ZipMember {
  /** As written in the archive, with `/` between folders. */
  readonly name: string;
  readonly compressedSize: number;
}

/**
 * A zip container (xlsx, docx, ods, or an archive of files) read member by member. Inflated bytes are counted
 * as they come and the checksum of every member is verified, so that a flipped bit cannot change a figure unseen.
 */
export interface ZipArchive {
  readonly members: readonly ZipMember[];
  has(name: string): boolean;
  /** The inflated bytes in chunks. @throws JipingError `unreadable` when absent, damaged or over a limit. */
  stream(name: string): AsyncGenerator<Uint8Array>;
  bytes(name: string): Promise<Uint8Array>;
  close(): void;
}

/** Zips of one budget share the count of inflated bytes (an archive inside an archive). */
export interface InflationBudget {
  inflated: number;
}

/**
 * @param source a path (read in ranges, never whole) or the bytes themselves
 * @param file the name errors are given
 */
export async function openZip(
  source: string | Uint8Array,
  file: string,
  limits: ReadLimits,
  budget: InflationBudget = { inflated: 0 },
): Promise<ZipArchive> {
  const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false, autoClose: false };
  let zip: yauzl.ZipFile;
  const entries: { member: ZipMember; entry: yauzl.Entry }[] = [];
  try {
    zip =
      typeof source === 'string'
        ? await yauzl.openPromise(source, options)
        : await yauzl.fromBufferPromise(asBuffer(source), options);
  } catch (cause) {
    throw damaged(file, cause);
  }
  try {
    let stored = 0;
    for await (const entry of zip.eachEntry()) {
      if (entries.length >= limits.parts)
        throw overLimit(file, `部件多于 ${limits.parts} 个`, `more than ${limits.parts} parts`);
      stored += entry.compressedSize;
      // Overlapping members are how a small zip inflates to terabytes; an honest one never stores more than it is.
      if (stored > zip.fileSize) throw damaged(file);
      const member = { name: decodeMemberName(entry), compressedSize: entry.compressedSize };
      entries.push({ member, entry });
    }
  } catch (cause) {
    zip.close();
    throw asUnreadable(file, cause);
  }
  const byName = new Map(entries.map((each) => [partKey(each.member.name), each.entry]));

  async function* stream(name: string): AsyncGenerator<Uint8Array> {
    const entry = byName.get(partKey(name));
    if (entry === undefined) throw damaged(file);
    if (entry.isEncrypted()) throw passwordProtected(file);
    let size = 0;
    let checksum = 0;
    try {
      const inflated = await zip.openReadStreamPromise(entry);
      for await (const chunk of inflated as AsyncIterable<Buffer>) {
        size += chunk.length;
        budget.inflated += chunk.length;
        if (budget.inflated > limits.inflatedBytes) {
          const size = Math.floor(limits.inflatedBytes / 1024 / 1024);
          throw overLimit(file, `解压后大于 ${size} MB`, `more than ${size} MB when inflated`);
        }
        if (size > RATIO_FROM_BYTES && size > entry.compressedSize * limits.ratio)
          throw overLimit(file, '压缩比异常，疑为压缩炸弹', 'suspicious compression ratio, perhaps a zip bomb');
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (cause) {
      throw asUnreadable(file, cause);
    }
    if (checksum !== entry.crc32) throw damaged(file);
  }

  return {
    members: entries.map((each) => each.member),
    has: (name) => byName.has(partKey(name)),
    stream,
    async bytes(name) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream(name)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    close: () => zip.close(),
  };
}

/** Part names are compared without regard to case, leading slash or a Windows writer's backslashes. */
function partKey(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
