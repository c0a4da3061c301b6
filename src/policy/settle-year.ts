import { type Fact, Lineage, makeFact } from '../fact/index.ts';
import { JipingError, type Problem, problem, type Text, text } from '../problem/index.ts';
import { contains, Exact, MONEY_IN_YUAN, toFixed, YUAN } from '../quantity/index.ts';
import { type DueEstimate, type EstimateInput, estimateDue, type GroupDue } from './estimate-due.ts';
import { type GroupId, groupName } from './insured-group.ts';
import type { Payment, SettlementNotice, StatedAmount } from './money-tables.ts';
import { type LevelId, levelName } from './paying-level.ts';
import type { PolicyRules } from './policy-rules.ts';
import { shareLadder } from './share-ladder.ts';

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

/** One row: 上级核定 | 本级测算 | 差额 | 差额原因. */
export interface SettlementLine {
  readonly group: GroupId | 'total';
  readonly name: string;
  readonly approved?: { readonly heads?: Exact; readonly amount: StatedAmount; readonly fact: Fact };
  readonly own: { readonly heads: Exact; readonly amount: Exact; readonly fact: Fact };
  /** 核定 − 测算, 元; absent where the notice has no such row. */
  readonly difference?: { readonly amount: Exact; readonly fact: Fact };
  readonly reasons: readonly Text[];
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
  const inputs = [dueFact.id, paid.fact.id];
  if (!carryOver.isZero) inputs.push(addCarryOver(input, carryOver, lineage).id);
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

function settlementLines(
  rules: PolicyRules,
  input: SettleInput,
  estimate: DueEstimate,
  level: LevelId,
  lineage: Lineage,
): readonly SettlementLine[] {
  const rows = input.notice?.rows ?? [];
  const grouped = rows.filter((row) => row.group !== 'total');
  const lines: SettlementLine[] = [];
  for (const group of estimate.groups) {
    const own = group.levels.find((entry) => entry.level === level);
    if (own === undefined) continue;
    const approved = approvedOf(grouped, group.group, group.name, input, lineage);
    lines.push(
      makeLine(
        rules,
        input,
        group.group,
        group.name,
        approved,
        { heads: group.heads, amount: own.due, fact: own.fact },
        {
          group,
          level,
          lineage,
        },
      ),
    );
  }
  for (const row of grouped) {
    if (row.group === 'total' || lines.some((line) => line.group === row.group)) continue;
    const name = groupName(row.group, rules.aidedKindNames());
    const approved = approvedOf(grouped, row.group, name, input, lineage);
    const zero = lineage.add(
      makeFact({
        concept: `subsidy.due.${row.group}.${level}`,
        label: `${levelName(level)}应担补助（${name}）`,
        value: { kind: 'number', value: Exact.zero, unit: YUAN },
        period: String(input.years.budget.year),
        place: input.region.name,
        origin: { kind: 'computed', formula: '本级人数表没有这一人群，或本级不承担', inputs: [], rules: [] },
      }),
    );
    lines.push(
      makeLine(
        rules,
        input,
        row.group,
        name,
        approved,
        { heads: Exact.zero, amount: Exact.zero, fact: zero },
        {
          level,
          lineage,
        },
      ),
    );
  }
  const totalDue = estimate.levels.find((entry) => entry.level === level);
  if (totalDue === undefined) throw new JipingError('internal', text('没有本级合计', 'no total of the level'));
  const heads = Exact.sum(
    estimate.groups.filter((group) => group.levels.some((entry) => entry.level === level)).map((group) => group.heads),
  );
  const approved = approvedTotal(input, lines, lineage);
  const total = makeLine(
    rules,
    input,
    'total',
    '合计',
    approved,
    { heads, amount: totalDue.due, fact: totalDue.fact },
    {
      level,
      lineage,
      ...uniformGroup(estimate, level, grouped.length > 0),
    },
  );
  return [...lines, total];
}

/** A total can be explained by heads and share where one share holds for everybody and no group is stated. */
function uniformGroup(estimate: DueEstimate, level: LevelId, divided: boolean): { readonly group?: GroupDue } {
  const paying = estimate.groups.filter((group) => group.levels.some((entry) => entry.level === level));
  const shareIn = (group: GroupDue | undefined): Exact | undefined =>
    group?.levels.find((entry) => entry.level === level)?.share;
  const [first] = paying;
  const share = shareIn(first);
  if (first === undefined || share === undefined) return {};
  const uniform = paying.every((group) => shareIn(group)?.eq(share) === true);
  return uniform && (!divided || paying.length === 1) ? { group: first } : {};
}

type Approved = NonNullable<SettlementLine['approved']>;

function approvedOf(
  rows: NonNullable<SettleInput['notice']>['rows'],
  group: GroupId,
  name: string,
  input: SettleInput,
  lineage: Lineage,
): Approved | undefined {
  const row = rows.find((candidate) => candidate.group === group);
  if (row === undefined) return undefined;
  return {
    ...(row.heads === undefined ? {} : { heads: row.heads }),
    amount: row.amount,
    fact: lineage.add(approvedFact(`subsidy.approved.${group}`, `上级核定金额（${name}）`, row, input)),
  };
}

function approvedTotal(input: SettleInput, lines: readonly SettlementLine[], lineage: Lineage): Approved | undefined {
  const rows = input.notice?.rows ?? [];
  const row = rows.find((candidate) => candidate.group === 'total');
  if (row !== undefined)
    return {
      ...(row.heads === undefined ? {} : { heads: row.heads }),
      amount: row.amount,
      fact: lineage.add(approvedFact('subsidy.approved.total', '上级核定金额合计', row, input)),
    };
  const parts = lines.flatMap((line) => line.approved ?? []);
  if (parts.length === 0) return undefined;
  const sum = Exact.sum(parts.map((part) => part.amount.yuan));
  const bounds = parts.map((part) => part.amount.interval);
  return {
    ...(parts.every((part) => part.heads !== undefined)
      ? { heads: Exact.sum(parts.map((part) => part.heads ?? Exact.zero)) }
      : {}),
    amount: {
      yuan: sum,
      interval: {
        low: Exact.sum(bounds.map((bound) => bound.low)),
        high: Exact.sum(bounds.map((bound) => bound.high)),
        lowClosed: bounds.every((bound) => bound.lowClosed),
        highClosed: bounds.every((bound) => bound.highClosed),
      },
      text: yuan(sum),
    },
    fact: lineage.add(
      makeFact({
        concept: 'subsidy.approved.total',
        label: '上级核定金额合计',
        value: { kind: 'number', value: sum, unit: YUAN },
        period: String(input.years.budget.year),
        place: input.region.name,
        origin: {
          kind: 'computed',
          formula: '各人群核定金额之和',
          inputs: parts.map((part) => part.fact.id),
          rules: [],
        },
      }),
    ),
  };
}

function approvedFact(
  concept: string,
  label: string,
  row: NonNullable<SettleInput['notice']>['rows'][number],
  input: SettleInput,
): Fact {
  return makeFact({
    concept,
    label,
    value: { kind: 'number', value: row.amount.yuan, unit: YUAN },
    period: String(input.years.budget.year),
    place: input.region.name,
    origin: {
      kind: 'entered',
      file: row.place.file,
      version: row.place.version,
      sheet: '',
      cell: `第 ${row.place.row} 行`,
      ...(input.notice?.date === undefined ? {} : { at: input.notice.date }),
      evidence: input.notice?.document === undefined ? [] : [input.notice.document],
    },
  });
}

function makeLine(
  rules: PolicyRules,
  input: SettleInput,
  group: GroupId | 'total',
  name: string,
  approved: Approved | undefined,
  own: SettlementLine['own'],
  context: { readonly group?: GroupDue; readonly level: LevelId; readonly lineage: Lineage },
): SettlementLine {
  if (approved === undefined)
    return {
      group,
      name,
      own,
      reasons:
        input.notice === undefined ? [] : [text('清算通知没有分列此人群', 'the notice has no row for this group')],
    };
  const amount = approved.amount.yuan.sub(own.amount);
  const fact = context.lineage.add(
    makeFact({
      concept: `subsidy.difference.${group}`,
      label: `核定与测算差额（${name}）`,
      value: { kind: 'number', value: amount, unit: YUAN },
      period: String(input.years.budget.year),
      place: input.region.name,
      origin: {
        kind: 'computed',
        formula: '上级核定金额 − 本级测算金额',
        inputs: [approved.fact.id, own.fact.id],
        rules: [],
      },
    }),
  );
  return {
    group,
    name,
    approved,
    own,
    difference: { amount, fact },
    reasons: reasonsFor(rules, input, approved, own, context),
  };
}

/** Why approved and own amounts differ, as far as the numbers tell; nothing is guessed beyond them. */
function reasonsFor(
  rules: PolicyRules,
  input: SettleInput,
  approved: Approved,
  own: SettlementLine['own'],
  context: { readonly group?: GroupDue; readonly level: LevelId },
): readonly Text[] {
  const { interval } = approved.amount;
  const reasons: Text[] = [];
  if (contains(interval, own.amount))
    return [
      approved.amount.yuan.eq(own.amount)
        ? text('一致', 'equal')
        : text('一致（核定金额按万元取整）', 'equal within the rounding of the notice'),
    ];
  const share = context.group?.levels.find((entry) => entry.level === context.level)?.share;
  if (share === undefined)
    return [
      (input.notice?.rows.length ?? 0) > 1
        ? text('各人群差额之和', 'the sum of the differences above')
        : text('通知未分人群，各人群份额不同，差额无法分解', 'the notice is not divided by group and shares differ'),
    ];
  if (approved.heads !== undefined && !approved.heads.eq(own.heads)) {
    const more = approved.heads.sub(own.heads);
    reasons.push(
      text(
        `人数：核定 ${approved.heads} 人，本级 ${own.heads} 人，相差 ${more} 人 × ${yuan(share)} = ${yuan(more.mul(share))} 元`,
        `heads: ${approved.heads} approved, ${own.heads} ours, ${more} × ${yuan(share)} = ${yuan(more.mul(share))}`,
      ),
    );
  }
  const heads = approved.heads ?? own.heads;
  if (contains(interval, heads.mul(share))) return reasons;
  const rest = approved.amount.yuan.sub(heads.mul(share));
  const step = shareLadder(
    rules,
    input.region,
    context.group?.group ?? 'residents',
    context.level,
    input.className,
  ).find((candidate) => contains(interval, heads.mul(candidate.share)));
  if (step !== undefined)
    reasons.push(
      text(
        `标准：核定按 ${step.year} 年标准的 ${yuan(step.share)} 元/人，本级按 ${yuan(share)} 元/人，差 ${yuan(rest)} 元`,
        `standard: the notice uses ${yuan(step.share)} (${step.year}), we use ${yuan(share)}: ${yuan(rest)}`,
      ),
    );
  else {
    const rate = heads.isZero ? undefined : yuan(approved.amount.yuan.div(heads));
    reasons.push(
      text(
        `其余 ${yuan(rest)} 元不能由人数和各年标准解释${rate === undefined ? '' : `（合每人 ${rate} 元，不是任何年度的份额）`}：请上级提供分人群人数、标准和结转`,
        `${yuan(rest)} yuan is explained by no heads and no year's share${rate === undefined ? '' : ` (${rate} per head)`}; ask for heads, standards and carry-over by group`,
      ),
    );
  }
  return reasons;
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
