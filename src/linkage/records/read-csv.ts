import { JipingError, text } from '../../problem/index.ts';
import { ByteDictionary, type DistinctValues } from './byte-dictionary.ts';

/** A column as small integers: `codes[row]` points into `distinct`, or is -1 for an empty cell. */
export interface CodedColumn {
  readonly codes: Int32Array;
  readonly distinct: DistinctValues;
}

export interface TextTable {
  readonly file: string;
  readonly rows: number;
  readonly header: readonly string[];
  /** Tables read together share each column's distinct values. */
  readonly columns: ReadonlyMap<string, CodedColumn>;
}

/** A CSV text in UTF-8 without mark, and the name faults call it by. */
export interface CsvSource {
  readonly bytes: Buffer;
  readonly file: string;
}

/** The text of a cell; empty where there is none. */
export function cellOf(table: TextTable, column: string, row: number): string {
  const coded = table.columns.get(column);
  const code = coded?.codes[row] ?? -1;
  return coded === undefined || code < 0 ? '' : coded.distinct.text(code);
}

const [QUOTE, LF, CR, SPACE] = [34, 10, 13, 32];

/** Reads the wanted columns of one CSV text. @throws JipingError `unreadable`, as {@link readCsvTables}. */
export function readCsv(bytes: Buffer, file: string, wanted: readonly string[]): TextTable {
  const [table] = readCsvTables([{ bytes, file }], wanted);
  if (table === undefined) throw new JipingError('internal', text('没有读到表', 'no table was read'), { file });
  return table;
}

/**
 * Reads the wanted columns of CSV texts. Cells are hashed as bytes, so a million rows become integers without a million
 * strings. The delimiter (comma, tab or semicolon) is taken from the heading line. Outer spaces of a cell are dropped.
 * @param identifier a column whose values differ from row to row, so that looking them up would be vain
 * @throws JipingError `unreadable` for a missing or double column, an open quote, or a row longer than the heading;
 *   `resource` beyond 2 GB of text.
 */
export function readCsvTables(
  sources: readonly CsvSource[],
  wanted: readonly string[],
  identifier?: string,
): readonly TextTable[] {
  const [only] = sources;
  const all =
    sources.length === 1 && only !== undefined ? only.bytes : Buffer.concat(sources.map(({ bytes }) => bytes));
  if (all.length >= 2 ** 31)
    throw new JipingError(
      'resource',
      text('表的文字超过 2 GB；请按地区分开连接', 'the tables hold more than 2 GB of text; link them by region'),
      { file: only?.file ?? '' },
    );
  const dictionaries = new Map(
    wanted.map((name) => [name, new ByteDictionary(all, all.length / 100, name === identifier)]),
  );
  let start = 0;
  return sources.map(({ bytes, file }) => {
    const table = readOne(all, start, start + bytes.length, file, wanted, dictionaries);
    start += bytes.length;
    return table;
  });
}

function readOne(
  bytes: Buffer,
  start: number,
  size: number,
  file: string,
  wanted: readonly string[],
  dictionaries: ReadonlyMap<string, ByteDictionary>,
): TextTable {
  const { header, delimiter, next } = readHeader(bytes, start, size, file);
  const width = header.length;
  const sinks: (ByteDictionary | undefined)[] = Array.from({ length: width }, () => undefined);
  const at = wanted.map((name) => {
    const index = header.indexOf(name);
    if (index < 0)
      throw new JipingError(
        'unreadable',
        text(`没有“${name}”列；现有：${header.join('、')}`, `no column “${name}”; there are: ${header.join(', ')}`),
        { file },
      );
    sinks[index] = dictionaries.get(name);
    return index;
  });
  let capacity = 1 << 14;
  let codes = wanted.map(() => new Int32Array(capacity));

  let position = next;
  let rows = 0;
  let line = 2;
  while (position < size) {
    if (bytes[position] === LF || bytes[position] === CR) {
      if (bytes[position] === LF) line += 1;
      position += 1;
      continue;
    }
    let column = 0;
    for (;;) {
      const sink = column < width ? sinks[column] : undefined;
      if (bytes[position] === QUOTE) {
        const end = closingQuote(bytes, position, file, line);
        if (sink !== undefined) {
          const plain = bytes.indexOf(QUOTE, position + 1) === end;
          if (plain) addTrimmed(sink, bytes, position + 1, end);
          else
            sink.addText(
              bytes
                .toString('utf8', position + 1, end)
                .replaceAll('""', '"')
                .trim(),
            );
        }
        position = end + 1;
        while (position < size && bytes[position] !== delimiter && bytes[position] !== LF && bytes[position] !== CR)
          position += 1;
      } else {
        const start = position;
        let byte = position < size ? bytes[position] : LF;
        while (byte !== delimiter && byte !== LF && byte !== CR) {
          position += 1;
          byte = position < size ? bytes[position] : LF;
        }
        if (sink !== undefined) addTrimmed(sink, bytes, start, position);
        else if (column >= width && position > start) throw tooLong(file, line);
      }
      column += 1;
      if (position < size && bytes[position] === delimiter) position += 1;
      else break;
    }
    rows += 1;
    if (rows > capacity) {
      capacity *= 2;
      codes = codes.map((column) => {
        const larger = new Int32Array(capacity);
        larger.set(column);
        return larger;
      });
    }
    for (let index = 0; index < at.length; index += 1)
      (codes[index] as Int32Array)[rows - 1] = (sinks[at[index] as number] as ByteDictionary).take();
  }
  const columns = new Map<string, CodedColumn>();
  wanted.forEach((name, index) => {
    const distinct = dictionaries.get(name);
    const column = codes[index];
    if (distinct !== undefined && column !== undefined) columns.set(name, { codes: column.slice(0, rows), distinct });
  });
  return { file, rows, header, columns };
}

function addTrimmed(sink: ByteDictionary, bytes: Buffer, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && bytes[start] === SPACE) start += 1;
  while (end > start && bytes[end - 1] === SPACE) end -= 1;
  sink.add(start, end);
}

function closingQuote(bytes: Buffer, open: number, file: string, line: number): number {
  let end = bytes.indexOf(QUOTE, open + 1);
  while (end >= 0 && bytes[end + 1] === QUOTE) end = bytes.indexOf(QUOTE, end + 2);
  if (end < 0) throw new JipingError('unreadable', text('引号没有结束', 'a quote is never closed'), { file, line });
  return end;
}

function tooLong(file: string, line: number): JipingError {
  return new JipingError('unreadable', text('这一行的单元格比表头多', 'this line has more cells than the heading'), {
    file,
    line,
  });
}

function readHeader(
  bytes: Buffer,
  start: number,
  size: number,
  file: string,
): { header: string[]; delimiter: number; next: number } {
  let end = bytes.indexOf(LF, start);
  if (end < 0 || end > size) end = size;
  const line = bytes
    .toString('utf8', start, end)
    .replace(/^\uFEFF/u, '')
    .replace(/\r$/, '');
  const marks = [',', '\t', ';'];
  const outside = line.replace(/"[^"]*"/g, '');
  const counts = marks.map((mark) => outside.split(mark).length);
  const mark = marks[counts.indexOf(Math.max(...counts))] ?? ',';
  const cells = line.match(new RegExp(`(?:^|${mark})(?:\\s*"(?:[^"]|"")*"\\s*|[^${mark}]*)`, 'g')) ?? [];
  const header = cells.map((cell, index) =>
    (index === 0 && !cell.startsWith(mark) ? cell : cell.slice(1))
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"')
      .trim(),
  );
  if (header.every((name) => name === ''))
    throw new JipingError('unreadable', text('文件没有表头', 'the file has no heading line'), { file });
  const twice = header.find((name, index) => name !== '' && header.indexOf(name) !== index);
  if (twice !== undefined)
    throw new JipingError('unreadable', text(`表头有两个“${twice}”`, `two columns are called “${twice}”`), { file });
  return { header, delimiter: mark.charCodeAt(0), next: end + 1 };
}
