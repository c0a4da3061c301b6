import type { ProjectBook, TableKey } from '../../ledger/index.ts';
import { Exact } from '../../quantity/index.ts';

/** What a book says, without where it says it: comparable with the content it was written from. */
export function contentOf(book: ProjectBook): unknown {
  const project = Object.fromEntries(Object.entries(book.project).map(([key, field]) => [key, field?.value]));
  const tables = Object.fromEntries(
    (Object.keys(book.tables) as TableKey[])
      .map((key) => [key, book.tables[key].records.map(({ row: _row, ...entry }) => entry)] as const)
      .filter(([, records]) => records.length > 0),
  );
  return comparable({ project, tables });
}

/** Exact numbers as text, absent values dropped. */
export function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, item: unknown) => (item instanceof Exact ? item.toString() : item)));
}
