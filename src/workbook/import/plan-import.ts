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
  const there = new Map<string, number>();
  const numberKey = kind.number === undefined ? undefined : keyNamed(kind, kind.number);
  const numbers = new Map<string, number>();
  for (const record of book.records) {
    const values = record as Readonly<Record<string, unknown>> & { readonly row: number };
    const id = identity(values);
    there.set(id, (there.get(id) ?? 0) + 1);
    const number = numberKey === undefined ? undefined : values[numberKey];
    if (number !== undefined) numbers.set(valueKey(number), values.row);
  }
  const added: ExportRow[] = [];
  const present: ExportRow[] = [];
  const problems: Problem[] = [];
  let differing = 0;
  for (const row of rows) {
    const id = identity(row.values);
    const left = there.get(id) ?? 0;
    if (left > 0) {
      there.set(id, left - 1);
      present.push(row);
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
  return { added, present: present.length, totals: totalsOf(kind, rows, added, present), problems };
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
