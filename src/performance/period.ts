import type { ProjectBook } from '../ledger/index.ts';

/** The budget year, four digits. */
export function periodYear(book: ProjectBook): string {
  return book.project.year?.value.toString() ?? '';
}

export function periodStart(book: ProjectBook): string {
  return book.project.startDate?.value ?? `${periodYear(book)}-01-01`;
}

/** Last day of the evaluated period, `YYYY-MM-DD`. */
export function periodEnd(book: ProjectBook): string {
  return book.project.endDate?.value ?? `${periodYear(book)}-12-31`;
}
