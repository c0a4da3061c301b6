import { cellOf, type ProjectBook } from '../../ledger/index.ts';
import { DAY, Exact } from '../../quantity/index.ts';
import { daysBetween } from '../calendar.ts';
import type { Lateness } from '../evaluation.ts';
import { type FactBook, figure, numberValue } from '../facts.ts';

/** Days from the due date to the day the money or its approval came, for every money line that has both dates. */
export function latenessOf(book: ProjectBook, facts: FactBook): readonly Lateness[] {
  const sheet = book.tables.money;
  return sheet.records.flatMap((record) => {
    const { date: came, dueDate: due, kind = '', source = '' } = record;
    if (came === undefined || due === undefined) return [];
    const what = `${source}${kind}${record.document === undefined ? '' : `（${record.document}）`}`;
    const entered = (key: 'date' | 'dueDate', label: string, value: string) =>
      facts.entered(
        { concept: `budget.line.${record.row}.${key}`, label },
        { kind: 'date', value },
        {
          sheet: sheet.sheet,
          cell: cellOf(sheet, record, key),
          evidence: record.evidence ?? [],
        },
      );
    const inputs = [entered('dueDate', `${what}应到日期`, due).id, entered('date', `${what}日期`, came).id];
    const days = Exact.of(daysBetween(due, came));
    const fact = facts.computed(
      { concept: `budget.line.${record.row}.lateness`, label: `${what}迟延天数` },
      numberValue(days, DAY),
      { formula: '日期 − 应到日期', inputs },
    );
    return [{ what, due, came, days: figure(fact, days, DAY) }];
  });
}
