import { damaged, passwordProtected } from '../safety/unreadable.ts';

/** A paragraph of a Word 97–2003 file. */
export interface DocParagraph {
  readonly words: string;
  /** 0-based outline level of a heading; absent for body text. */
  readonly outline?: number;
  readonly inTable: boolean;
  /** Ends a cell of a table (of the outermost one, when tables are nested). */
  readonly endsCell: boolean;
  /** The mark at the end of a row; it holds no words. */
  readonly row?: DocRow;
}

/** The shape of a table row: `edges[i]` to `edges[i + 1]` is cell i, in twips. */
export interface DocRow {
  readonly edges: readonly number[];
  readonly cells: readonly { readonly joinsLeft: boolean; readonly continuesAbove: boolean }[];
}

export interface DocStories {
  readonly body: readonly DocParagraph[];
  readonly notes: readonly DocParagraph[];
  readonly headers: readonly DocParagraph[];
  readonly textBoxes: readonly DocParagraph[];
}

interface Piece {
  readonly firstCp: number;
  readonly lastCp: number;
  readonly offset: number;
  readonly wide: boolean;
}

/** Properties of a range of file offsets, sorted by `from`. */
interface Run<T> {
  readonly from: number;
  readonly to: number;
  readonly value: T;
}

interface ParagraphProperties {
  inTable: boolean;
  rowEnd: boolean;
  depth: number;
  outline: number | undefined;
  row: DocRow | undefined;
}

const SPRM = {
  inTable: 0x2416,
  rowEnd: 0x2417,
  depth: 0x6649,
  outline: 0x2640,
  hugePapx: 0x6646,
  hugePapx2: 0x6645,
  tableDefinition: 0xd608,
  tabs: 0xc615,
  vertMerge: 0xd62b,
  merge: 0x5624,
  deleted: 0x0800,
  hidden: 0x083c,
} as const;

/**
 * Reads the stories of a Word document from its streams ([MS-DOC]): pieces of text, paragraph and table properties,
 * and which runs are hidden or deleted.
 * @throws JipingError `unreadable` when encrypted or older than Word 97; RangeError on a damaged file
 */
export function readDocStories(
  main: Buffer,
  tables: readonly [Buffer, Buffer],
  data: Buffer,
  file: string,
): DocStories {
  const magic = main.readUInt16LE(0);
  const flags = main.readUInt16LE(0x0a);
  if ((flags & 0x0100) !== 0) throw passwordProtected(file);
  if (magic !== 0xa5ec || main.readUInt16LE(0x02) < 0xc1) throw damaged(file);
  const table = (flags & 0x0200) === 0 ? tables[0] : tables[1];
  const pieces = readPieces(main, table);
  const paragraphs = readRuns(main, table, 0x102, 13, (page, at) => paragraphProperties(page, at, data));
  const invisible = readRuns(main, table, 0xfa, 1, characterInvisible);
  const lengths = [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64, 0x68].map((at) => main.readUInt32LE(at));
  const starts: number[] = [];
  let start = 0;
  for (const length of lengths) {
    starts.push(start);
    start += length;
  }
  const story = (index: number): DocParagraph[] => {
    const first = starts[index] ?? 0;
    return storyParagraphs(main, pieces, paragraphs, invisible, first, first + (lengths[index] ?? 0));
  };
  return {
    body: story(0),
    notes: [...story(1), ...story(5)],
    headers: story(2),
    textBoxes: [...story(6), ...story(7)],
  };
}

function readPieces(main: Buffer, table: Buffer): Piece[] {
  let at = main.readUInt32LE(0x1a2);
  while (table.readUInt8(at) === 1) at += 3 + table.readUInt16LE(at + 1);
  const length = table.readUInt32LE(at + 1);
  const count = Math.floor((length - 4) / 12);
  const pieces: Piece[] = [];
  for (let index = 0; index < count; index += 1) {
    const firstCp = table.readUInt32LE(at + 5 + index * 4);
    const lastCp = table.readUInt32LE(at + 9 + index * 4);
    const place = table.readUInt32LE(at + 5 + (count + 1) * 4 + index * 8 + 2);
    const wide = (place & 0x40000000) === 0;
    const offset = wide ? place & 0x3fffffff : (place & 0x3fffffff) >>> 1;
    if (lastCp > firstCp && offset + (lastCp - firstCp) * (wide ? 2 : 1) <= main.length)
      pieces.push({ firstCp, lastCp, offset, wide });
  }
  return pieces;
}

/** The formatted disk pages listed at `fib` of the file information block; `stride` bytes describe each run. */
function readRuns<T>(
  main: Buffer,
  table: Buffer,
  fib: number,
  stride: number,
  read: (page: Buffer, at: number) => T | undefined,
): Run<T>[] {
  const list = main.readUInt32LE(fib);
  const count = Math.max(0, Math.floor((main.readUInt32LE(fib + 4) - 4) / 8));
  const runs: Run<T>[] = [];
  for (let index = 0; index < count; index += 1) {
    const number = table.readUInt32LE(list + (count + 1) * 4 + index * 4) & 0x3fffff;
    const page = main.subarray(number * 512, number * 512 + 512);
    const size = page.readUInt8(511);
    for (let run = 0; run < size; run += 1) {
      const from = page.readUInt32LE(run * 4);
      const to = page.readUInt32LE(run * 4 + 4);
      const at = page.readUInt8((size + 1) * 4 + run * stride) * 2;
      const value = at === 0 ? undefined : read(page, at);
      if (value !== undefined) runs.push({ from, to, value });
    }
  }
  return runs.sort((a, b) => a.from - b.from);
}

function findRun<T>(runs: readonly Run<T>[], offset: number): T | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run === undefined) return undefined;
    if (offset < run.from) high = middle - 1;
    else if (offset >= run.to) low = middle + 1;
    else return run.value;
  }
  return undefined;
}

function characterInvisible(page: Buffer, at: number): true | undefined {
  let invisible = false;
  eachSprm(page.subarray(at + 1, at + 1 + page.readUInt8(at)), (sprm, operand) => {
    if (sprm === SPRM.deleted || sprm === SPRM.hidden) invisible = operand[0] === 1;
  });
  return invisible ? true : undefined;
}

function paragraphProperties(page: Buffer, at: number, data: Buffer): ParagraphProperties {
  const words = page.readUInt8(at);
  const list =
    words === 0 ? page.subarray(at + 2, at + 2 + 2 * page.readUInt8(at + 1)) : page.subarray(at + 1, at + 2 * words);
  const style = list.length >= 2 ? list.readUInt16LE(0) : 0;
  const properties: ParagraphProperties = {
    inTable: false,
    rowEnd: false,
    depth: 1,
    // Styles 1 to 9 are Word's own headings.
    outline: style >= 1 && style <= 9 ? style - 1 : undefined,
    row: undefined,
  };
  applySprms(list.subarray(2), properties, data, 0);
  return properties;
}

function applySprms(list: Buffer, properties: ParagraphProperties, data: Buffer, nesting: number): void {
  eachSprm(list, (sprm, operand) => {
    switch (sprm) {
      case SPRM.inTable:
        properties.inTable = operand[0] === 1;
        break;
      case SPRM.rowEnd:
        properties.rowEnd = operand[0] === 1;
        break;
      case SPRM.depth:
        properties.depth = operand.readUInt32LE(0);
        break;
      case SPRM.outline:
        properties.outline = (operand[0] ?? 9) < 9 ? (operand[0] ?? 9) : undefined;
        break;
      case SPRM.hugePapx:
      case SPRM.hugePapx2: {
        const place = operand.readUInt32LE(0);
        if (nesting === 0 && place + 2 <= data.length)
          applySprms(data.subarray(place + 2, place + 2 + data.readUInt16LE(place)), properties, data, 1);
        break;
      }
      case SPRM.tableDefinition:
        properties.row = tableDefinition(operand);
        break;
      case SPRM.vertMerge:
        properties.row = withCell(properties.row, operand[0] ?? 0, { continuesAbove: operand[1] === 1 });
        break;
      case SPRM.merge:
        for (let cell = (operand[0] ?? 0) + 1; cell < (operand[1] ?? 0); cell += 1)
          properties.row = withCell(properties.row, cell, { joinsLeft: true });
        break;
    }
  });
}

function withCell(
  row: DocRow | undefined,
  index: number,
  change: Partial<DocRow['cells'][number]>,
): DocRow | undefined {
  if (row === undefined) return undefined;
  return { ...row, cells: row.cells.map((cell, at) => (at === index ? { ...cell, ...change } : cell)) };
}

function tableDefinition(operand: Buffer): DocRow {
  const count = operand.readUInt8(0);
  const edges = Array.from({ length: count + 1 }, (_, index) => operand.readInt16LE(1 + index * 2));
  const cells = Array.from({ length: count }, (_, index) => {
    const at = 1 + (count + 1) * 2 + index * 20;
    const flags = at + 2 <= operand.length ? operand.readUInt16LE(at) : 0;
    return { joinsLeft: (flags & 3) === 1, continuesAbove: ((flags >> 5) & 3) === 1 };
  });
  return { edges, cells };
}

const OPERAND_SIZES = [1, 1, 2, 4, 2, 2, 0, 3] as const;

function eachSprm(list: Buffer, visit: (sprm: number, operand: Buffer) => void): void {
  let at = 0;
  while (at + 3 <= list.length) {
    const sprm = list.readUInt16LE(at);
    at += 2;
    let size: number = OPERAND_SIZES[(sprm >> 13) as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7];
    if (sprm === SPRM.tableDefinition) {
      if (at + 2 > list.length) return;
      size = list.readUInt16LE(at) - 1;
      at += 2;
    } else if (sprm === SPRM.tabs && list[at] === 255) return;
    else if (size === 0) {
      size = list[at] ?? 0;
      at += 1;
    }
    if (size < 0 || at + size > list.length) return;
    visit(sprm, list.subarray(at, at + size));
    at += size;
  }
}

function storyParagraphs(
  main: Buffer,
  pieces: readonly Piece[],
  properties: readonly Run<ParagraphProperties>[],
  invisible: readonly Run<true>[],
  first: number,
  last: number,
): DocParagraph[] {
  const paragraphs: DocParagraph[] = [];
  const latin = new TextDecoder('windows-1252');
  let words = '';
  /** Field codes nest: words between 0x13 and 0x14 are instructions, those up to 0x15 the result. */
  const fields: boolean[] = [];
  for (const piece of pieces) {
    const from = Math.max(first, piece.firstCp);
    const to = Math.min(last, piece.lastCp);
    for (let cp = from; cp < to; cp += 1) {
      const offset = piece.offset + (cp - piece.firstCp) * (piece.wide ? 2 : 1);
      const code = piece.wide ? main.readUInt16LE(offset) : main.readUInt8(offset);
      if (code === 0x0d || code === 0x07 || code === 0x0c) {
        paragraphs.push(paragraph(words, code, findRun(properties, offset)));
        words = '';
      } else if (code === 0x13) fields.push(true);
      else if (code === 0x14) fields[fields.length - 1] = false;
      else if (code === 0x15) fields.pop();
      else if (!fields.includes(true) && findRun(invisible, offset) === undefined)
        words += piece.wide ? wideCharacter(code) : latinCharacter(code, latin);
    }
  }
  if (words.trim() !== '') paragraphs.push(paragraph(words, 0x0d, undefined));
  return paragraphs;
}

function paragraph(words: string, mark: number, properties: ParagraphProperties | undefined): DocParagraph {
  const inTable = properties?.inTable === true || mark === 0x07;
  return {
    words,
    inTable,
    endsCell: mark === 0x07 && properties?.rowEnd !== true,
    ...(properties?.outline === undefined ? {} : { outline: properties.outline }),
    ...(mark === 0x07 && properties?.rowEnd === true ? { row: properties.row ?? { edges: [], cells: [] } } : {}),
  };
}

function wideCharacter(code: number): string {
  if (code === 0x0b) return '\n';
  if (code === 0x1e) return '-';
  return code < 0x20 && code !== 0x09 ? '' : String.fromCharCode(code);
}

function latinCharacter(code: number, decoder: InstanceType<typeof TextDecoder>): string {
  return code < 0x80 ? wideCharacter(code) : decoder.decode(Uint8Array.of(code));
}
