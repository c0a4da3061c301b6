import { type Fact, Lineage, makeFact } from '../fact/index.ts';
import { JipingError, type Problem, problem, text } from '../problem/index.ts';
import { contains, Exact, MONEY_IN_YUAN, toFixed, YUAN } from '../quantity/index.ts';
import { type DueEstimate, type EstimateInput, estimateDue } from './estimate-due.ts';
import type { Payment, SettlementNotice } from './money-tables.ts';
import { type LevelId, levelName } from './paying-level.ts';
import type { PolicyRules } from './policy-rules.ts';
import { type SettlementLine, settlementLines } from './settlement-lines.ts';

export interface SettleInput extends EstimateInput {
  /** The level that settles (本级); absent = the last paying level of the first group. */
  readonly level?: LevelId | undefined;
  readonly payments: readonly Payment[];
  readonly notice?: SettlementNotice | undefined;
  /** From earlier years, 元: positive = still owed, negative = paid too much. */
  readonly carryOver?: Exact | undefined;
  /** What happens with an excess: paid back, or set against the next year. */
  readonly excess?: 'refund' | 'offset' | undefined;
}

export interface LevelBalance {
  readonly level: LevelId;
  readonly name: string;
  readonly due: Exact;
  readonly paid: Exact;
  readonly balance: Exact;
}

/** `settled` nothing open; `supplement` 补缴; `refund` 退回; `offset` 抵扣下年. */
export type SettlementOutcome = 'settled' | 'supplement' | 'refund' | 'offset';

export interface Settlement {
  /** 结算单 only with the superior's notice; without it this is a 测算表. */
  readonly paper: 'settlement' | 'estimate';
  readonly level: LevelId;
  readonly levelName: string;
  readonly estimate: DueEstimate;
  readonly notice?: SettlementNotice;
  readonly lines: readonly SettlementLine[];
  /** The superior's amount where there is a notice, otherwise our own. */
  readonly due: Exact;
  readonly dueFact: Fact;
  readonly carryOver: Exact;
  readonly carryOverFact: Fact;
  readonly prepaid: Exact;
  readonly prepaidFact: Fact;
  /** due + carry-over − prepaid, 元. */
  readonly balance: Exact;
  readonly balanceFact: Fact;
  readonly outcome: SettlementOutcome;
  readonly levels: readonly LevelBalance[];
  readonly payments: readonly Payment[];
  readonly facts: readonly Fact[];
  readonly problems: readonly Problem[];
}

const yuan = (value: Exact): string => toFixed(value, MONEY_IN_YUAN);

/**
 * Settles one budget year for one level: what the superior approved beside what we compute, why they differ, what was
 * paid, what remains (多退少补).
 * @throws JipingError `usage` when the notice is of another budget year, and as `estimateDue`.
 */
export function settleYear(rules: PolicyRules, input: SettleInput): Settlement {
  const estimate = estimateDue(rules, input);
  const level = input.level ?? estimate.groups[0]?.levels.at(-1)?.level ?? 'county';
  if (!estimate.levels.some((entry) => entry.level === level))
    throw new JipingError(
      'usage',
      text(`${levelName(level)}不承担这些人群的补助`, `${level} pays for none of these groups`),
    );
  checkNoticeYear(input);
  const lineage = new Lineage();
  for (const fact of estimate.facts) lineage.add(fact);
  const lines = settlementLines(rules, input, estimate, level, lineage);
  const total = lines.at(-1);
  if (total === undefined) throw new JipingError('internal', text('结算没有合计行', 'no total line'));
  const due = total.approved?.amount.yuan ?? total.own.amount;
  const dueFact = total.approved?.fact ?? total.own.fact;
  const carryOver = input.carryOver ?? Exact.zero;
  const paid = addPaymentFacts(input, level, lineage);
  const carryOverFact = addCarryOver(input, carryOver, lineage);
  const inputs = [dueFact.id, carryOverFact.id, paid.fact.id];
  const balance = due.add(carryOver).sub(paid.total);
  const balanceFact = lineage.add(
    makeFact({
      concept: `subsidy.settlement.balance.${level}`,
      label: '结算差额（正数补缴，负数退回或抵扣）',
      value: { kind: 'number', value: balance, unit: YUAN },
      period: String(input.years.budget.year),
      place: input.region.name,
      origin: { kind: 'computed', formula: '应担金额 + 以前年度结转 − 已拨金额', inputs, rules: [] },
    }),
  );
  return {
    paper: input.notice === undefined ? 'estimate' : 'settlement',
    level,
    levelName: estimate.levels.find((entry) => entry.level === level)?.name ?? levelName(level),
    estimate,
    ...(input.notice === undefined ? {} : { notice: input.notice }),
    lines,
    due,
    dueFact,
    carryOver,
    carryOverFact,
    prepaid: paid.total,
    prepaidFact: paid.fact,
    balance,
    balanceFact,
    outcome: balance.isZero ? 'settled' : balance.sign > 0 ? 'supplement' : (input.excess ?? 'refund'),
    levels: levelBalances(estimate, input.payments),
    payments: input.payments,
    facts: lineage.all(),
    problems: [...estimate.problems, ...paymentProblems(input), ...differenceProblems(lines, input)],
  };
}

function checkNoticeYear(input: SettleInput): void {
  const said = input.notice?.budgetYear;
  if (said !== undefined && said !== input.years.budget.year)
    throw new JipingError(
      'usage',
      text(
        `清算通知是 ${said} 年度的，不能用来结算 ${input.years.budget.year} 年度`,
        `the notice settles budget year ${said}, not ${input.years.budget.year}`,
      ),
    );
}

function addPaymentFacts(
  input: SettleInput,
  level: LevelId,
  lineage: Lineage,
): { readonly total: Exact; readonly fact: Fact } {
  const own = input.payments.filter((payment) => payment.level === level);
  const facts = own.map((payment) =>
    lineage.add(
      makeFact({
        concept: `subsidy.payment.${level}`,
        label: `${levelName(level)}拨款`,
        value: { kind: 'number', value: payment.amount.yuan, unit: YUAN },
        period: payment.date,
        place: input.region.name,
        origin: {
          kind: 'entered',
          file: payment.place.file,
          version: payment.place.version,
          sheet: '',
          cell: `第 ${payment.place.row} 行`,
          at: payment.date,
          evidence: payment.document === undefined ? [] : [payment.document],
        },
      }),
    ),
  );
  const total = Exact.sum(own.map((payment) => payment.amount.yuan));
  const fact = lineage.add(
    makeFact({
      concept: `subsidy.prepaid.${level}`,
      label: `${levelName(level)}已拨金额`,
      value: { kind: 'number', value: total, unit: YUAN },
      period: String(input.years.budget.year),
      place: input.region.name,
      origin: { kind: 'computed', formula: '各笔拨款之和', inputs: facts.map((entry) => entry.id), rules: [] },
    }),
  );
  return { total, fact };
}

function addCarryOver(input: SettleInput, carryOver: Exact, lineage: Lineage): Fact {
  return lineage.add(
    makeFact({
      concept: 'subsidy.carry-over',
      label: '以前年度结转（正数欠缴，负数多缴）',
      value: { kind: 'number', value: carryOver, unit: YUAN },
      period: String(input.years.budget.year - 1),
      place: input.region.name,
      origin: { kind: 'entered', file: '命令行', version: '', sheet: '', cell: '--carry-over', evidence: [] },
    }),
  );
}

function levelBalances(estimate: DueEstimate, payments: readonly Payment[]): readonly LevelBalance[] {
  return estimate.levels.map(({ level, name, due }) => {
    const paid = Exact.sum(payments.filter((payment) => payment.level === level).map((payment) => payment.amount.yuan));
    return { level, name, due, paid, balance: due.sub(paid) };
  });
}

function paymentProblems(input: SettleInput): readonly Problem[] {
  const { year } = input.years.budget;
  return input.payments.flatMap((payment): Problem[] => {
    if (payment.date.startsWith(`${year}-`)) return [];
    const where = { file: payment.place.file, row: payment.place.row };
    return [
      payment.date < `${year}-01-01`
        ? problem(
            'payment-before-budget-year',
            'warning',
            text(
              `${payment.date} 的拨款早于 ${year} 预算年度：若属提前下达请核对文号，若属上年补缴应计入上年`,
              `a payment of ${payment.date} precedes budget year ${year}`,
            ),
            where,
          )
        : problem(
            'payment-after-budget-year',
            'warning',
            text(
              `${payment.date} 的拨款晚于 ${year} 预算年度：跨年补缴，请核对是否列入 ${year + 1} 年预算`,
              `a payment of ${payment.date} is after budget year ${year}`,
            ),
            where,
          ),
    ];
  });
}

function differenceProblems(lines: readonly SettlementLine[], input: SettleInput): readonly Problem[] {
  if (input.notice === undefined)
    return [
      problem(
        'notice-missing',
        'notice',
        text(
          '没有上级清算通知：本表只是本级测算，不是结算单',
          'no settlement notice: this is our estimate, not a settlement',
        ),
      ),
    ];
  const total = lines.at(-1);
  const found: Problem[] = [];
  if (input.notice.document === undefined)
    found.push(
      problem(
        'notice-without-document',
        'warning',
        text('清算通知没有文号', 'the settlement notice has no document number'),
      ),
    );
  if (total?.approved !== undefined && !contains(total.approved.amount.interval, total.own.amount))
    found.push(
      problem(
        'settlement-differs',
        'error',
        text(
          `上级核定 ${yuan(total.approved.amount.yuan)} 元，本级测算 ${yuan(total.own.amount)} 元，差 ${yuan(total.approved.amount.yuan.sub(total.own.amount))} 元`,
          `approved ${yuan(total.approved.amount.yuan)}, ours ${yuan(total.own.amount)}`,
        ),
      ),
    );
  return found;
}
