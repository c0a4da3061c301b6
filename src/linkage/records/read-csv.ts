import { JipingError, text } from '../../problem/index.ts';
import { ByteDictionary } from './byte-dictionary.ts';

/** A column as small integers: `codes[row]` points into `values`, or is -1 for an empty cell. */
export interface CodedColumn {
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

export interface TextTable {
  readonly file: string;
  readonly rows: number;
  readonly header: readonly string[];
  readonly columns: ReadonlyMap<string, CodedColumn>;
}

const [COMMA, QUOTE, LF, CR, SPACE] = [44, 34, 10, 13, 32];

/**
 * Reads the wanted columns of a CSV text in UTF-8 bytes. Each distinct value is decoded once; cells are hashed as
 * bytes, so a million rows become integers without a million strings. The delimiter (comma, tab or semicolon) is taken
 * from the heading line. Outer spaces of a cell are dropped.
 * @throws JipingError `unreadable` for a missing or double column, an open quote, or a row longer than the heading.
 */
export function readCsv(bytes: Buffer, file: string, wanted: readonly string[]): TextTable {
  const { header, delimiter, next } = readHeader(bytes, file);
  const at = wanted.map((name) => {
    const index = header.indexOf(name);
    if (index < 0)
      throw new JipingError(
        'unreadable',
        text(`没有“${name}”列；现有：${header.join('、')}`, `no column “${name}”; there are: ${header.join(', ')}`),
        { file },
      );
    return index;
  });
  const width = header.length;
  const sinks: (ByteDictionary | undefined)[] = Array.from({ length: width }, () => undefined);
  at.forEach((index) => {
    sinks[index] ??= new ByteDictionary(bytes);
  });
  const used = sinks.filter((sink): sink is ByteDictionary => sink !== undefined);

  const size = bytes.length;
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
    for (const sink of used) sink.endRow(rows);
  }
  const columns = new Map<string, CodedColumn>();
  wanted.forEach((name, index) => {
    const sink = sinks[at[index] ?? 0];
    if (sink !== undefined && !columns.has(name)) columns.set(name, sink.finish());
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

function readHeader(bytes: Buffer, file: string): { header: string[]; delimiter: number; next: number } {
  let end = bytes.indexOf(LF);
  if (end < 0) end = bytes.length;
  const line = bytes
    .toString('utf8', 0, end)
    .replace(/^\uFEFF/u, '')
    .replace(/\r$/, '');
  const counts = [',', '\t', ';'].map((mark) => line.split(mark).length);
  const best = counts.indexOf(Math.max(...counts));
  const mark = [',', '\t', ';'][best] ?? ',';
  const header = line.split(mark).map((name) =>
    name
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
  return { header, delimiter: mark.charCodeAt(0) || COMMA, next: end + 1 };
}
