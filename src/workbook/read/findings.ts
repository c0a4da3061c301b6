import { type Problem, problem, type Severity, type Text, text } from '../../problem/index.ts';

/** The same fault in one column is listed this often; the rest are counted, so that a bad 200,000-row sheet stays readable. */
const LISTED_PER_COLUMN = 100;

/** Collects the problems of one sheet, each at its cell, in the order found. */
export class SheetFindings {
  readonly #sheet: string;
  readonly #problems: Problem[] = [];
  readonly #counts = new Map<string, { rule: string; severity: Severity; column: string; count: number }>();

  #errors = 0;

  constructor(sheet: string) {
    this.#sheet = sheet;
  }

  /** How many faults of severity error were found so far. */
  get errors(): number {
    return this.#errors;
  }

  /** A problem of the sheet as a whole. */
  onSheet(rule: string, severity: Severity, message: Text): void {
    if (severity === 'error') this.#errors += 1;
    this.#problems.push(problem(rule, severity, message, { sheet: this.#sheet }));
  }

  onCell(rule: string, severity: Severity, message: Text, cell: string): void {
    if (severity === 'error') this.#errors += 1;
    const column = cell.replace(/\d+$/, '');
    const key = `${rule} ${severity} ${column}`;
    const known = this.#counts.get(key) ?? { rule, severity, column, count: 0 };
    known.count += 1;
    this.#counts.set(key, known);
    if (known.count <= LISTED_PER_COLUMN)
      this.#problems.push(problem(rule, severity, message, { sheet: this.#sheet, cell }));
  }

  all(): readonly Problem[] {
    const rest = [...this.#counts.values()]
      .filter((entry) => entry.count > LISTED_PER_COLUMN)
      .map((entry) =>
        problem(
          entry.rule,
          entry.severity,
          text(
            `${entry.column} 列还有 ${entry.count - LISTED_PER_COLUMN} 个同样的问题，没有逐个列出。`,
            `column ${entry.column} has ${entry.count - LISTED_PER_COLUMN} more faults of this kind, not listed one by one.`,
          ),
          { sheet: this.#sheet },
        ),
      );
    return [...this.#problems, ...rest];
  }
}
