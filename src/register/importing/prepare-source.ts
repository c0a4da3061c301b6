import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  cellDate,
  DEFAULT_LIMITS,
  displayText,
  fileSize,
  openSpreadsheet,
  openZip,
  parseDelimited,
  type SheetRow,
} from '../../document/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { hideNumbers } from '../dataset/mask.ts';
import { headingScore } from './match-headings.ts';

export type SourceEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'workbook' | 'parquet';

/** A foreign table made ready for the database: UTF-8 CSV (or Parquet), its heading found. */
export interface PreparedSource {
  /** Of the file as it was given. */
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: SourceEncoding;
  /** The file the database reads: the original if it is plain UTF-8, else one in the scratch folder. */
  readonly path: string;
  readonly delimiter: string;
  /** Physical lines above the first row of data. */
  readonly skip: number;
  readonly headings: readonly string[];
  /** 1-based row of the heading in the file as people see it. */
  readonly headingRow: number;
  readonly sheet?: string;
  readonly member?: string;
}

const LIMITS = { ...DEFAULT_LIMITS, fileBytes: 64 * 2 ** 30, inflatedBytes: 64 * 2 ** 30 };
const HEAD_BYTES = 256 * 1024;
const CHUNK_BYTES = 1 << 20;
/** A heading stands within the first rows, under a title and a date at most. */
const HEAD_ROWS = 12;

/**
 * Reads as much of a source as is needed to hand it to the database. Runs in the database process, because foreign
 * files are not trusted.
 * @throws JipingError `unreadable`, `not-found`
 */
export async function prepareSource(path: string, file: string, scratch: string): Promise<PreparedSource> {
  const size = await fileSize(path, file);
  if (size === 0)
    throw new JipingError(
      'unreadable',
      text('文件是空的（0 字节）；请重新获取。', 'the file is empty; get it again.'),
      { file },
    );
  const start = await firstBytes(path, 8);
  const signature = Buffer.from(start).toString('latin1');
  const scan = await scanBytes(path);
  const base = { sha256: scan.sha256, bytes: size };
  if (signature.startsWith('PAR1'))
    return { ...base, encoding: 'parquet', path, delimiter: '', skip: 0, headings: [], headingRow: 0 };
  if (signature.startsWith('PK')) {
    const member = await soleMember(path, file);
    if (member === undefined) return { ...base, ...(await fromWorkbook(path, file, scratch)) };
    const inner = await unpack(path, file, member, scratch);
    const prepared = await prepareSource(inner, hideNumbers(member.slice(member.lastIndexOf('/') + 1)), scratch);
    return { ...prepared, ...base, member };
  }
  if (signature.startsWith('\u00d0\u00cf\u0011\u00e0') || /\.(xls|et)$/i.test(file))
    return { ...base, ...(await fromWorkbook(path, file, scratch)) };
  return { ...base, ...(await fromText(path, file, scratch, scan)) };
}

interface Scan {
  readonly sha256: string;
  readonly utf8: boolean;
  readonly head: Buffer;
}

/** One pass: digest and whether every byte is UTF-8 (a character cut by a chunk's end is carried over). */
async function scanBytes(path: string): Promise<Scan> {
  const hash = createHash('sha256');
  const head = Buffer.from(await firstBytes(path, HEAD_BYTES));
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let utf8 = true;
  let carried = 0;
  const handle = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, carried, CHUNK_BYTES - carried);
      if (bytesRead === 0) break;
      const end = carried + bytesRead;
      hash.update(buffer.subarray(carried, end));
      carried = 0;
      if (!utf8) continue;
      const cut = lastCharacterStart(buffer.subarray(0, end));
      utf8 = isUtf8(buffer.subarray(0, cut));
      carried = buffer.copy(buffer, 0, cut, end);
    }
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest('hex'), utf8: utf8 && isUtf8(buffer.subarray(0, carried)), head };
}

function lastCharacterStart(bytes: Buffer): number {
  for (let back = 1; back <= 4 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length - back + 1;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

function encodingOf(scan: Scan): SourceEncoding {
  const { head } = scan;
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  let even = 0;
  let odd = 0;
  for (let index = 0; index < Math.min(head.length, 4096); index += 1)
    if (head[index] === 0) {
      if (index % 2 === 0) even += 1;
      else odd += 1;
    }
  if (odd > even) return 'utf-16le';
  if (even > 0) return 'utf-16be';
  return scan.utf8 ? 'utf-8' : 'gb18030';
}

type Table = Omit<PreparedSource, 'sha256' | 'bytes'>;

async function fromText(path: string, file: string, scratch: string, scan: Scan): Promise<Table> {
  const encoding = encodingOf(scan);
  const readable = encoding === 'utf-8' ? path : await transcode(path, file, encoding as TextEncodingName, scratch);
  const head = await firstBytes(readable, HEAD_BYTES);
  let words = new TextDecoder('utf-8').decode(head);
  if (words.length > 0 && head.length === HEAD_BYTES) words = words.slice(0, words.lastIndexOf('\n') + 1);
  if (/^\s*</.test(words))
    throw new JipingError(
      'unreadable',
      text(
        '这是网页，不是表格数据；请从系统导出 CSV 或 Excel。',
        'this is a web page, not a table; export CSV or Excel.',
      ),
      { file },
    );
  return { encoding, path: readable, ...findHeading(words.replaceAll('\r\n', '\n'), file) };
}

type TextEncodingName = 'utf-16le' | 'utf-16be' | 'gb18030';

async function transcode(path: string, file: string, encoding: TextEncodingName, scratch: string): Promise<string> {
  const target = join(scratch, 'source.csv');
  const decoder = new TextDecoder(encoding, { fatal: true });
  async function* words(): AsyncGenerator<string> {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
      yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  }
  try {
    await writeScratch(target, words());
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new JipingError(
      'unreadable',
      text(
        '文字编码有误：既不是 UTF-8，也不全是 GB18030；请用原系统重新导出，或另存为 UTF-8 后再导入。没有导入任何行。',
        'the character encoding is broken: neither UTF-8 nor wholly GB18030; export it again or save it as UTF-8. Nothing was imported.',
      ),
      { file },
      { cause },
    );
  }
  return target;
}

/** A file of the scratch folder from its pieces. A disk that fills up is an error here, not a stream that never ends. */
function writeScratch(target: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  return pipeline(Readable.from(pieces), createWriteStream(target, { mode: 0o600 }));
}

/** A copy in which every line ends in LF: exports pasted together mix the kinds. */
export async function unifyLineEnds(path: string, scratch: string): Promise<string> {
  const target = join(scratch, 'lines.csv');
  const decoder = new TextDecoder('utf-8');
  async function* lines(): AsyncGenerator<string> {
    let held = '';
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      const words = held + decoder.decode(chunk, { stream: true });
      held = words.endsWith('\r') ? '\r' : '';
      const whole = held === '' ? words : words.slice(0, -1);
      yield whole.replaceAll(/\r\n?/g, '\n');
    }
    if (held !== '') yield '\n';
  }
  await writeScratch(target, lines());
  return target;
}

/** Finds the row of headings and how many physical lines stand above the data. */
function findHeading(words: string, file: string): Pick<Table, 'delimiter' | 'skip' | 'headings' | 'headingRow'> {
  const text8 = words.replace(/^\uFEFF/, '');
  const lines = text8.split('\n').slice(0, HEAD_ROWS);
  let best: { line: number; headings: string[]; score: number; delimiter: string } | undefined;
  for (const delimiter of [',', '\t', ';', '|'])
    for (const [line, content] of lines.entries()) {
      const headings = (parseDelimited(content, delimiter)[0] ?? []).map((cell) => cell.trim());
      const score = headingScore(headings);
      if (score > (best?.score ?? 1)) best = { line, headings, score, delimiter };
    }
  if (best === undefined) throw noHeading(file);
  return { delimiter: best.delimiter, skip: best.line + 1, headings: best.headings, headingRow: best.line + 1 };
}

function noHeading(file: string): JipingError {
  return new JipingError(
    'unreadable',
    text(
      `前 ${HEAD_ROWS} 行里没有找到表头（至少要有两个认得的列名，如 姓名、身份证号）；请检查文件，或用 --mapping 说明列名。`,
      `no heading found in the first ${HEAD_ROWS} rows (at least two known column names are needed); check the file or give --mapping.`,
    ),
    { file },
  );
}

/** The one sheet that has a heading, as CSV in the scratch folder. Dates are written as YYYY-MM-DD. */
async function fromWorkbook(path: string, file: string, scratch: string): Promise<Table> {
  const book = await openSpreadsheet(path, { file, limits: LIMITS });
  const target = join(scratch, 'source.csv');
  try {
    for (const sheet of book.sheets) {
      const rows = sheet.rows()[Symbol.asyncIterator]();
      const found = await headingOf(rows);
      if (found === undefined) continue;
      const { headings, headingRow } = found;
      async function* lines(): AsyncGenerator<string> {
        let pending = '';
        for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
          const cells = wordsOf(next.value);
          pending += csvLine(headings.map((_, index) => cells[index] ?? ''));
          if (pending.length <= 1 << 18) continue;
          yield pending;
          pending = '';
        }
        yield pending;
      }
      await writeScratch(target, lines());
      return { encoding: 'workbook', path: target, delimiter: ',', skip: 0, headings, headingRow, sheet: sheet.name };
    }
    throw noHeading(file);
  } finally {
    book.close();
  }
}

/** Reads rows up to the heading. */
async function headingOf(
  rows: AsyncIterator<SheetRow>,
): Promise<{ readonly headings: string[]; readonly headingRow: number } | undefined> {
  for (let seen = 0; seen <= HEAD_ROWS; seen += 1) {
    const next = await rows.next();
    if (next.done === true) return undefined;
    const headings = Array.from(wordsOf(next.value), (cell) => (cell ?? '').trim());
    if (headingScore(headings) >= 2) return { headings, headingRow: next.value.row };
  }
  return undefined;
}

function wordsOf(row: SheetRow): string[] {
  const cells: string[] = [];
  for (const cell of row.cells)
    cells[cell.column - 1] =
      cell.type === 'n' ? (cellDate(cell) ?? (cell.format === 'General' ? cell.raw : displayText(cell))) : cell.raw;
  return cells;
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}

/** The one table inside a zip that is not itself a workbook; undefined for a workbook. */
async function soleMember(path: string, file: string): Promise<string | undefined> {
  const zip = await openZip(path, file, LIMITS);
  try {
    const names = zip.members.map((member) => member.name).filter((name) => !/(^|\/)(__MACOSX\/|\.)|\/$/.test(name));
    if (names.some((name) => /^\[content_types\]\.xml$|^mimetype$/i.test(name))) return undefined;
    const tables = names.filter((name) => /\.(csv|txt|tsv|xlsx?|et|parquet)$/i.test(name));
    const [only] = tables;
    if (only === undefined || tables.length > 1)
      throw new JipingError(
        'unreadable',
        text(
          `压缩包里有 ${tables.length} 个表格，这里一次只导入一个；请解压后逐个导入。`,
          `the archive holds ${tables.length} tables; unpack it and import them one by one.`,
        ),
        { file },
      );
    return only;
  } finally {
    zip.close();
  }
}

async function unpack(path: string, file: string, member: string, scratch: string): Promise<string> {
  const zip = await openZip(path, file, LIMITS);
  const target = join(scratch, `member${/\.[a-z]+$/i.exec(member)?.[0] ?? ''}`);
  try {
    await writeScratch(target, zip.stream(member));
  } finally {
    zip.close();
  }
  return target;
}

async function firstBytes(path: string, length: number): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
