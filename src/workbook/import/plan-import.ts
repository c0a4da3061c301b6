import type { SheetRecords } from '../../ledger/index.ts';
import { type Problem, problem, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { CellValue } from '../read/found-column.ts';
import { valueKey } from '../read/value-key.ts';
import { type ImportKind, keyNamed, targetSchema } from './import-kind.ts';
import type { ExportRow } from './read-export.ts';

export interface ColumnTotal {
  readonly column: string;
  readonly unit: string;
  /** Sums over the file, over what is new, and over what the book already has. */
  readonly file: Exact;
  readonly added: Exact;
  readonly present: Exact;
}

export interface ImportPlan {
  readonly added: readonly ExportRow[];
  readonly present: number;
  readonly totals: readonly ColumnTotal[];
  readonly problems: readonly Problem[];
}

/** Rows listed one by one before the rest are counted. */
const LISTED = 50;

/**
 * What of an export the sheet does not have yet. Rows are known again by the kind's key; of rows that are equal in
 * it (one voucher, two lines of the same amount) as many are added as are missing. Nothing in the book is changed.
 */
export function planImport(kind: ImportKind, rows: readonly ExportRow[], book: SheetRecords): ImportPlan {
  const keys = kind.key.map((name) => keyNamed(kind, name));
  const identity = (values: Readonly<Record<string, unknown>>): string =>
    keys.map((key) => (values[key] === undefined ? '' : valueKey(values[key]))).join('\u0000');
  const figures = Object.entries(targetSchema(kind).columns)
    .filter(([key, { type }]) => (type === 'number' || type === 'money') && !keys.includes(key))
    .map(([key, { name }]) => ({ key, name }));
  const there = new Map<string, Known[]>();
  const numberKey = kind.number === undefined ? undefined : keyNamed(kind, kind.number);
  const numbers = new Map<string, number>();
  for (const record of book.records) {
    const values = record as Known;
    const id = identity(values);
    const same = there.get(id);
    if (same === undefined) there.set(id, [values]);
    else same.push(values);
    const number = numberKey === undefined ? undefined : values[numberKey];
    if (number !== undefined) numbers.set(valueKey(number), values.row);
  }
  const added: ExportRow[] = [];
  const present: ExportRow[] = [];
  const problems: Problem[] = [];
  let differing = 0;
  let changed = 0;
  for (const row of rows) {
    const same = there.get(identity(row.values));
    if (same !== undefined && same.length > 0) {
      present.push(row);
      const equal = same.findIndex((known) => changedFigures(figures, known, row).length === 0);
      const [known] = same.splice(Math.max(equal, 0), 1);
      if (equal >= 0 || known === undefined) continue;
      changed += 1;
      if (changed <= LISTED)
        problems.push(knownRowDiffers(book.sheet, known.row, row, changedFigures(figures, known, row)));
      continue;
    }
    added.push(row);
    const number = numberKey === undefined ? undefined : row.values[numberKey];
    const known = number === undefined ? undefined : numbers.get(valueKey(number));
    if (known === undefined) continue;
    differing += 1;
    if (differing <= LISTED)
      problems.push(
        problem(
          'number-with-other-figures',
          'warning',
          text(
            `${row.origin}：${kind.number ?? ''}在工作簿第 ${known} 行已有，日期或金额不同，按另一笔加入；如果是更正，请删去其中一行。`,
            `“${row.origin}”: its number already stands in row ${known} with another date or amount; it was added as another entry. If it is a correction, delete one of them.`,
          ),
          { sheet: book.sheet, row: known },
        ),
      );
  }
  if (differing > LISTED)
    problems.push(
      problem(
        'number-with-other-figures',
        'warning',
        text(`还有 ${differing - LISTED} 行同样的情况。`, `${differing - LISTED} more rows of this kind.`),
        { sheet: book.sheet },
      ),
    );
  if (changed > LISTED)
    problems.push(
      problem(
        'known-row-differs',
        'warning',
        text(
          `还有 ${changed - LISTED} 行工作簿已有而数字不同。`,
          `${changed - LISTED} more rows already there with other figures.`,
        ),
        { sheet: book.sheet },
      ),
    );
  return { added, present: present.length, totals: totalsOf(kind, rows, added, present), problems };
}

type Known = Readonly<Record<string, unknown>> & { readonly row: number };

interface ChangedFigure {
  readonly name: string;
  readonly known: Exact;
  readonly now: Exact;
}

/** Figures that both the book's row and the export's row give, and give differently. */
function changedFigures(
  figures: readonly { readonly key: string; readonly name: string }[],
  record: Known,
  row: ExportRow,
): readonly ChangedFigure[] {
  return figures.flatMap(({ key, name }) => {
    const known = record[key];
    const now = row.values[key];
    return known instanceof Exact && now instanceof Exact && !known.eq(now) ? [{ name, known, now }] : [];
  });
}

function knownRowDiffers(sheet: string, at: number, row: ExportRow, changed: readonly ChangedFigure[]): Problem {
  const zh = changed.map(({ name, known, now }) => `${name}由 ${known.toString()} 变为 ${now.toString()}`).join('，');
  const en = changed
    .map(({ name, known, now }) => `“${name}” was ${known.toString()} and is ${now.toString()}`)
    .join(', ');
  return problem(
    'known-row-differs',
    'warning',
    text(
      `${row.origin}：工作簿第 ${at} 行已有，${zh}；没有改动，如果是更正，请改工作簿。`,
      `“${row.origin}”: already in row ${at}, but ${en}; nothing was changed. If it is a correction, change the book.`,
    ),
    { sheet, row: at },
  );
}

function totalsOf(
  kind: ImportKind,
  all: readonly ExportRow[],
  added: readonly ExportRow[],
  present: readonly ExportRow[],
): readonly ColumnTotal[] {
  return Object.entries(targetSchema(kind).columns)
    .filter(
      ([key, column]) =>
        column.type === 'money' || (column.unit === '人' && all.some((row) => row.values[key] !== undefined)),
    )
    .map(([key, column]) => ({
      column: column.name,
      unit: column.unit ?? '',
      file: sumOf(all, key),
      added: sumOf(added, key),
      present: sumOf(present, key),
    }));
}

function sumOf(rows: readonly ExportRow[], key: string): Exact {
  return Exact.sum(rows.flatMap((row) => (isExact(row.values[key]) ? [row.values[key]] : [])));
}

function isExact(value: CellValue | undefined): value is Exact {
  return value instanceof Exact;
}
