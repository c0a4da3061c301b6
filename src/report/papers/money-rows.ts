import type { BudgetRow } from '../../performance/index.ts';
import type { FormPart } from './form-schema.ts';

type MoneyPart = Extract<FormPart, { kind: 'money' }>;

/** One row of a money block below its sum: the label of the form and the source in it, if any. */
export interface MoneyLine {
  /** May hold {资金来源}. */
  readonly label: string;
  readonly row: BudgetRow | undefined;
}

/** The rows of the money block: one a source, or the form's own with the sources that belong there. */
export function moneyLines(part: MoneyPart, rows: readonly BudgetRow[]): readonly MoneyLine[] {
  const prescribed = part.lines;
  if (prescribed === undefined) return rows.map((row) => ({ label: part.source, row }));
  const rest = prescribed.findIndex((line) => line.match.length === 0);
  const home = (row: BudgetRow): number => {
    let best = { index: rest, length: 0 };
    for (const [index, line] of prescribed.entries())
      for (const word of line.match)
        if (row.source.includes(word) && word.length > best.length) best = { index, length: word.length };
    return best.index;
  };
  const homes = rows.map(home);
  const listed = prescribed.flatMap((line, index): readonly MoneyLine[] => {
    const own = rows.filter((_row, at) => homes[at] === index);
    if (own.length === 0) return [{ label: line.label, row: undefined }];
    return own.map((row) => ({ label: own.length > 1 ? `${line.label}（{资金来源}）` : line.label, row }));
  });
  // A form without a row for the rest still prints every source.
  const homeless = rows.filter((_row, at) => homes[at] === -1).map((row) => ({ label: part.source, row }));
  return [...listed, ...homeless];
}
