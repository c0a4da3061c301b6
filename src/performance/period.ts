import type { ProjectBook } from '../ledger/index.ts';

/** The budget year, four digits. */
export function periodYear(book: ProjectBook): string {
  return book.project.year?.value.toString() ?? '';
}

export function periodStart(book: ProjectBook): string {
  return book.project.startDate?.value ?? `${periodYear(book) || '0000'}-01-01`;
}

/** Last day of the evaluated period, `YYYY-MM-DD`; a book without a year has no end to be late for. */
export function periodEnd(book: ProjectBook): string {
  return book.project.endDate?.value ?? `${periodYear(book) || '9999'}-12-31`;
}
