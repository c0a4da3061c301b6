import type { ReadLimits } from '../safety/limits.ts';
import { type Attributes, feedXml, isOn, type XmlListener } from '../safety/parse-xml.ts';
import { damaged, overLimit } from '../safety/unreadable.ts';
import {
  columnName,
  type DateSystem,
  MAX_COLUMNS,
  MAX_ROWS,
  parseAddress,
  parseRange,
  type SheetCell,
  type SheetLayout,
  type SheetRange,
  type SheetRow,
  type StoredType,
} from './cell.ts';
import { unescapeXstring } from './ooxml-parts.ts';

export interface WorksheetContext {
  readonly file: string;
  readonly limits: ReadLimits;
  readonly dateSystem: DateSystem;
  readonly sharedStrings: readonly string[];
  readonly formats: readonly string[];
}

/** Reads the rows of one worksheet part as they come; returns what stands around them. */
export async function* readWorksheet(
  chunks: AsyncIterable<Uint8Array>,
  context: WorksheetContext,
): AsyncGenerator<SheetRow, SheetLayout> {
  const reader = worksheetListener(context);
  const feed = feedXml(reader.listener, context.file, context.limits);
  for await (const chunk of chunks) {
    feed.write(chunk);
    if (reader.ready.length > 0) yield* reader.ready.splice(0);
  }
  feed.end();
  yield* reader.ready.splice(0);
  return reader.layout;
}

interface WorksheetReader {
  readonly listener: XmlListener;
  readonly ready: SheetRow[];
  readonly layout: SheetLayout;
}

const STORED_TYPES = new Set<string>(['s', 'inlineStr', 'str', 'n', 'b', 'e', 'd'] satisfies StoredType[]);
const MAX_MERGES = 1_000_000;

function worksheetListener(context: WorksheetContext): WorksheetReader {
  const { file, dateSystem, sharedStrings, formats } = context;
  const ready: SheetRow[] = [];
  const merges: SheetRange[] = [];
  const hiddenColumns: { first: number; last: number }[] = [];
  const pageTexts: string[] = [];
  const sharedFormulas = new Map<string, string>();
  let row = 0;
  let column = 0;
  let rowHidden = false;
  let cells: SheetCell[] = [];
  let inSheetData = false;
  let inHeaderFooter = false;
  let type: StoredType = 'n';
  let style = 0;
  let value: string | undefined;
  let inline: string | undefined;
  let formula: string | undefined;
  let sharedIndex: string | undefined;
  let collecting = false;
  let phonetic = 0;
  let words = '';

  const openRow = (attributes: Attributes): void => {
    row = attributes.r === undefined ? row + 1 : Number(attributes.r);
    if (!Number.isInteger(row) || row < 1) throw damaged(file);
    if (row > MAX_ROWS) throw overLimit(file, `工作表多于 ${MAX_ROWS} 行`, `a sheet of more than ${MAX_ROWS} rows`);
    column = 0;
    rowHidden = isOn(attributes.hidden);
    cells = [];
  };
  const openCell = (attributes: Attributes): void => {
    const address = attributes.r === undefined ? undefined : parseAddress(attributes.r);
    if (attributes.r !== undefined && address === undefined) throw damaged(file);
    column = address?.column ?? column + 1;
    if (column > MAX_COLUMNS) throw damaged(file);
    const stored = attributes.t ?? 'n';
    type = STORED_TYPES.has(stored) ? (stored as StoredType) : 'n';
    style = attributes.s === undefined ? 0 : Number(attributes.s);
    value = undefined;
    inline = undefined;
    formula = undefined;
    sharedIndex = undefined;
  };
  const closeCell = (): void => {
    if (sharedIndex !== undefined) {
      if (formula !== undefined && formula !== '') sharedFormulas.set(sharedIndex, formula);
      else formula = sharedFormulas.get(sharedIndex) ?? '';
    }
    const raw = cellWords();
    if (raw === undefined && formula === undefined) return;
    const format = formats[style] ?? 'General';
    const cell = { address: columnName(column) + row, row, column, type, raw: raw ?? '', format, dateSystem };
    cells.push(formula === undefined ? cell : { ...cell, formula });
  };
  const cellWords = (): string | undefined => {
    if (type === 's') {
      if (value === undefined) return undefined;
      const string = sharedStrings[Number(value)];
      if (string === undefined) throw damaged(file);
      return string;
    }
    if (inline !== undefined) {
      // Some writers put `is` into cells that are not declared inlineStr.
      if (type === 'n') type = 'inlineStr';
      return unescapeXstring(inline);
    }
    if (value === undefined) return undefined;
    if (type === 'str' || type === 'inlineStr') return unescapeXstring(value);
    const trimmed = value.trim();
    return trimmed === '' ? undefined : trimmed;
  };

  const listener: XmlListener = {
    open(name, attributes) {
      if (inSheetData) {
        if (name === 'c') openCell(attributes);
        else if (name === 'row') openRow(attributes);
        else if (name === 'v') {
          collecting = true;
          words = '';
        } else if (name === 't') {
          collecting = phonetic === 0;
          words = '';
        } else if (name === 'f') {
          collecting = true;
          words = '';
          if (attributes.t === 'shared') sharedIndex = attributes.si;
        } else if (name === 'rPh') phonetic += 1;
      } else if (name === 'sheetData') inSheetData = true;
      else if (name === 'mergeCell') {
        const range = parseRange(attributes.ref ?? '');
        if (range !== undefined && merges.length < MAX_MERGES) merges.push(range);
      } else if (name === 'col' && isOn(attributes.hidden)) {
        hiddenColumns.push({ first: Number(attributes.min), last: Number(attributes.max) });
      } else if (name === 'headerFooter') inHeaderFooter = true;
      else if (inHeaderFooter) {
        collecting = true;
        words = '';
      }
    },
    close(name) {
      if (inSheetData) {
        if (name === 'c') closeCell();
        else if (name === 'row') {
          if (cells.length > 0) ready.push({ row, hidden: rowHidden, cells: inOrder(cells) });
        } else if (name === 'v') {
          value = words;
          collecting = false;
        } else if (name === 't') {
          if (collecting) inline = (inline ?? '') + words;
          collecting = false;
        } else if (name === 'f') {
          formula = words;
          collecting = false;
        } else if (name === 'rPh') phonetic -= 1;
        else if (name === 'sheetData') inSheetData = false;
      } else if (name === 'headerFooter') inHeaderFooter = false;
      else if (inHeaderFooter) {
        collecting = false;
        const printed = pageText(words);
        if (printed !== '') pageTexts.push(printed);
      }
    },
    text(text) {
      if (collecting) words += text;
    },
  };
  return { listener, ready, layout: { merges, hiddenColumns, pageTexts } };
}

function inOrder(cells: SheetCell[]): SheetCell[] {
  for (let index = 1; index < cells.length; index += 1) {
    if ((cells[index]?.column ?? 0) <= (cells[index - 1]?.column ?? 0))
      return cells.sort((a, b) => a.column - b.column);
  }
  return cells;
}

/** The words of a page header such as `&L&"宋体,常规"&10第&P页`. */
function pageText(code: string): string {
  return code
    .replace(/&"[^"]*"|&\d{1,3}|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}/g, '')
    .replace(/&[LCR]/g, ' ')
    .replace(/&&|&[A-Za-z]/g, (each) => (each === '&&' ? '&' : ''))
    .trim();
}
