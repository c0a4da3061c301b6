import { cellOf, type ProjectBook, type TableRecord } from '../../ledger/index.ts';
import { DAY, Exact } from '../../quantity/index.ts';
import { daysBetween } from '../calendar.ts';
import type { Lateness } from '../evaluation.ts';
import { type FactBook, figure, numberValue } from '../facts.ts';
import { placeOf } from '../place-of.ts';

type Money = TableRecord<'money'>;
type DateKey = 'date' | 'dueDate';

/**
 * Days late: for every money line with an 应到日期, from that day to the day it came; and for every 用款计划批复
 * without one, from the matching 用款计划申请 (same source, same order) to the approval.
 */
export function latenessOf(book: ProjectBook, facts: FactBook): readonly Lateness[] {
  const { records } = book.tables.money;
  const approvals = new Map(pairs(records).map(([applied, approved]) => [approved, applied]));
  return records.flatMap((record) => {
    const { date: came, dueDate: due, kind = '', source = '' } = record;
    if (came === undefined) return [];
    const name = `${source}${kind}${record.document === undefined ? '' : `（${record.document}）`}`;
    if (due !== undefined)
      return [days(book, facts, { what: name, due, came, dueAt: [record, 'dueDate'], cameAt: record })];
    const applied = approvals.get(record);
    if (applied?.date === undefined) return [];
    const what = `${name}（${applied.date}申请）`;
    return [days(book, facts, { what, due: applied.date, came, dueAt: [applied, 'date'], cameAt: record })];
  });
}

/** The n-th application of a source with the n-th approval of that source. */
function pairs(records: readonly Money[]): readonly (readonly [Money, Money])[] {
  const sources = [...new Set(records.map((record) => record.source))];
  return sources.flatMap((source) => {
    const of = (kind: string) => records.filter((record) => record.source === source && record.kind === kind);
    const approved = of('用款计划批复');
    return of('用款计划申请').flatMap((application, index) => {
      const approval = approved[index];
      return approval === undefined ? [] : [[application, approval] as const];
    });
  });
}

interface Wait {
  readonly what: string;
  readonly due: string;
  readonly came: string;
  readonly dueAt: readonly [Money, DateKey];
  readonly cameAt: Money;
}

function days(book: ProjectBook, facts: FactBook, wait: Wait): Lateness {
  const sheet = book.tables.money;
  const entered = (record: Money, key: DateKey, label: string, value: string) =>
    facts.entered(
      { concept: `budget.line.${record.row}.${key}`, label },
      { kind: 'date', value },
      {
        sheet: sheet.sheet,
        cell: cellOf(sheet, record, key),
        evidence: record.evidence ?? [],
      },
    ).id;
  const [dueRecord, dueKey] = wait.dueAt;
  const inputs = [
    entered(dueRecord, dueKey, `${wait.what}应到日期`, wait.due),
    entered(wait.cameAt, 'date', `${wait.what}日期`, wait.came),
  ];
  const value = Exact.of(daysBetween(wait.due, wait.came));
  const fact = facts.computed(
    { concept: `budget.line.${wait.cameAt.row}.lateness`, label: `${wait.what}迟延天数` },
    numberValue(value, DAY),
    { formula: '日期 − 应到日期', inputs },
  );
  const where = placeOf(sheet, wait.cameAt, 'date');
  return { what: wait.what, due: wait.due, came: wait.came, days: figure(fact, value, DAY), where };
}
