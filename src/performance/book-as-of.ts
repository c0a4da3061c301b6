import type { ProjectBook, SheetRecords, TableKey } from '../ledger/index.ts';
import { periodEnd, periodStart } from './period.ts';

/** Ledgers of things that happened on a day; each has a column `date`. */
const DATED: readonly TableKey[] = [
  'money',
  'payments',
  'publicity',
  'materials',
  'trainings',
  'supervision',
  'inspections',
  'assistance',
  'progress',
  'bulletins',
];

/** Whether `asOf` (`YYYY-MM-DD`) lies within the book's period and before its last day; a book without one has no middle. */
export function isMidPeriod(book: ProjectBook, asOf: string): boolean {
  if (book.project.year === undefined && book.project.endDate === undefined) return false;
  return asOf >= periodStart(book) && asOf < periodEnd(book);
}

/** The book as it was on a day of its period: what the ledgers date later is left out, row numbers stay. */
export function bookAsOf(book: ProjectBook, asOf: string): ProjectBook {
  if (!isMidPeriod(book, asOf)) return book;
  const tables: Record<string, unknown> = { ...book.tables };
  for (const key of DATED) {
    const sheet = book.tables[key] as SheetRecords;
    const records = sheet.records.filter((record) => {
      const { date } = record as { readonly date?: unknown };
      return typeof date !== 'string' || date <= asOf;
    });
    tables[key] = { ...sheet, records };
  }
  const surveys = book.tables.surveys;
  tables.surveys = { ...surveys, records: surveys.records.filter(({ to = '' }) => to <= asOf) };
  return { ...book, tables: tables as ProjectBook['tables'] };
}
