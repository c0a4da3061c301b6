import type { MoneyKind } from '../../ledger/index.ts';
import type { Where } from '../../problem/index.ts';
import { isTotalSource, moneyOf } from '../budget/money-figures.ts';
import type { BudgetRow, Figure } from '../evaluation.ts';
import { placeOf, placeOrSheet } from '../place-of.ts';
import type { Scoring } from '../scoring-context.ts';

/** The money block against itself: over-spending, adjustments without a reason, late money, unexplained rest. */
export function checkBudget(scoring: Scoring): void {
  const { problems, budget, book } = scoring;
  const sheet = book.tables.money;
  const { initial, adjusted, executed } = budget;
  const limit = adjusted ?? initial;
  if (executed !== undefined && limit !== undefined && executed.value.gt(limit.value))
    problems.add(
      'executed-over-budget',
      `全年执行数${executed.value.toString()}万元大于${adjusted === undefined ? '年初预算数' : '全年预算数'}${limit.value.toString()}万元`,
      'more was paid than budgeted',
      paidPlace(scoring),
    );
  for (const record of sheet.records) {
    const isChange = record.kind === '追加' || record.kind === '调减';
    const silent = (record.reason ?? '') === '' || (record.document ?? '') === '';
    if (isChange && silent)
      problems.add(
        'budget-adjusted-without-reason',
        `${record.kind ?? ''}${record.amount?.toString() ?? ''}万元没有写明${[...((record.reason ?? '') === '' ? ['事由'] : []), ...((record.document ?? '') === '' ? ['批准文号'] : [])].join('和')}`,
        'a budget change lacks its reason or its approval document',
        placeOf(sheet, record, (record.reason ?? '') === '' ? 'reason' : 'document'),
      );
  }
  const changed = initial !== undefined && adjusted !== undefined && !initial.value.eq(adjusted.value);
  const lines = sheet.records.some((record) => ['追加', '调减', '上年结转'].includes(record.kind ?? ''));
  if (changed && !lines)
    problems.add(
      'budget-adjusted-without-reason',
      `年初预算数${initial.value.toString()}万元与全年预算数${adjusted.value.toString()}万元不同，但没有登记调整的日期、事由和文号`,
      'the initial and the adjusted budget differ but no adjustment is entered',
      placeOrSheet(
        sheet,
        sheet.records.find((record) => record.kind === '全年预算数（汇总）'),
        'amount',
      ),
    );
  for (const late of budget.lateness)
    if (late.days.value.sign > 0)
      problems.add(
        'money-late',
        `${late.what}应于${late.due}到位，实际${late.came}，迟${late.days.value.toString()}天`,
        `due ${late.due}, came ${late.came}: ${late.days.value.toString()} days late`,
        late.where,
      );
  const rest = budget.destinations.find((destination) => destination.name === '去向未说明');
  if (rest !== undefined)
    problems.add(
      'destination-unexplained',
      rest.amount.value.sign > 0
        ? `年初预算有${rest.amount.value.toString()}万元去向未说明`
        : `已说明的去向比资金来源多${rest.amount.value.abs().toString()}万元`,
      'not every yuan of the budget has a destination',
      placeOrSheet(
        sheet,
        sheet.records.find((record) => record.kind === '年初预算'),
        'amount',
      ),
    );
  checkStatedSums(scoring);
}

/** Where the payments are stated: the sum in 资金, else the last line of the ledger. */
function paidPlace({ book }: Scoring): Where {
  const { money, payments } = book.tables;
  const stated = money.records.find((record) => record.kind === '支付（汇总）');
  return stated === undefined || payments.records.length > 0
    ? placeOrSheet(payments, payments.records.at(-1), 'amount')
    : placeOf(money, stated, 'amount');
}

/** A line marked （汇总） beside the lines it sums up must say the same. */
function checkStatedSums({ problems, budget, book, rules }: Scoring): void {
  const sheet = book.tables.money;
  const compare = (rule: string, kind: MoneyKind, name: string, figure: (row: BudgetRow) => Figure | undefined) => {
    for (const row of budget.rows) {
      const [line] = moneyOf(book, [kind], row.source);
      const computed = figure(row);
      if (line === undefined || computed === undefined || line.amount.eq(computed.value)) continue;
      problems.add(
        rule,
        `${row.source}${name}写${line.amount.toString()}万元，按各笔计算为${computed.value.toString()}万元`,
        `“${kind}”: stated ${line.amount.toString()}, the lines give ${computed.value.toString()}`,
        placeOf(sheet, line, 'amount'),
      );
    }
  };
  compare('adjusted-sum-differs', '全年预算数（汇总）', '全年预算数', (row) => row.adjusted);
  if (rules.fork().read('inPlaceKinds').length > 0)
    compare('in-place-sum-differs', '到位（汇总）', '到位资金', (row) => row.inPlace);
  for (const record of sheet.records) {
    const total = TOTALS.find((one) => one.kind === record.kind);
    if (total === undefined || record.source === undefined || !isTotalSource(record.source)) continue;
    const computed = budget[total.key];
    if (budget.rows.length === 0 || record.amount === undefined || computed?.value.eq(record.amount) !== false)
      continue;
    problems.add(
      'budget-total-differs',
      `${record.source}${record.kind ?? ''}写${record.amount.toString()}万元，各资金来源相加为${computed.value.toString()}万元`,
      `the stated total ${record.amount.toString()} is not the sum of the sources, ${computed.value.toString()}`,
      placeOf(sheet, record, 'amount'),
    );
  }
}

const TOTALS = [
  { kind: '年初预算', key: 'initial' },
  { kind: '全年预算数（汇总）', key: 'adjusted' },
  { kind: '到位（汇总）', key: 'inPlace' },
  { kind: '支付（汇总）', key: 'executed' },
] as const;
