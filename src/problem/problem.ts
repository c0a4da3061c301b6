import type { Language, Text } from './text.ts';

/** `error` makes a command exit with 1; `warning` does so under --strict; `notice` never does. */
export type Severity = 'error' | 'warning' | 'notice';

/** Where a problem stands. Only the parts that are known are given; `row` is 1-based as the user sees it. */
export interface Where {
  readonly file?: string;
  readonly sheet?: string;
  readonly cell?: string;
  readonly row?: number;
  readonly page?: number;
  readonly line?: number;
  readonly key?: string;
}

/**
 * Something found in the user's material. Operations return problems beside their result instead of throwing
 * half-way, so that a clerk sees all faults of a book at once.
 */
export interface Problem {
  /** Stable kebab-case id of the rule or check that found it, e.g. `cell-not-a-number`. */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence: what is wrong and what to do. The place is in `where`, not repeated in the sentence. */
  readonly message: Text;
  readonly where: Where;
}

export function problem(rule: string, severity: Severity, message: Text, where: Where = {}): Problem {
  return { rule, severity, message, where };
}

/** "资金!C5" style rendering of a place; empty when nothing is known. */
export function printWhere(where: Where, language: Language = 'zh'): string {
  const [row, page, line] =
    language === 'zh'
      ? [(n: number) => `第${n}行`, (n: number) => `第${n}页`, (n: number) => `第${n}行`]
      : [(n: number) => `row ${n}`, (n: number) => `p. ${n}`, (n: number) => `line ${n}`];
  const parts: string[] = [];
  if (where.file !== undefined) parts.push(where.file);
  if (where.sheet !== undefined) parts.push(where.cell === undefined ? where.sheet : `${where.sheet}!${where.cell}`);
  else if (where.cell !== undefined) parts.push(where.cell);
  if (where.row !== undefined) parts.push(row(where.row));
  if (where.page !== undefined) parts.push(page(where.page));
  if (where.line !== undefined) parts.push(line(where.line));
  if (where.key !== undefined) parts.push(where.key);
  return parts.join(' ');
}
