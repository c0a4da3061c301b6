import { type Fact, type Lineage, makeFact } from '../fact/index.ts';
import { JipingError, type Text, text } from '../problem/index.ts';
import { contains, Exact, MONEY_IN_YUAN, PERSON, toFixed, type Unit, YUAN } from '../quantity/index.ts';
import type { DueEstimate, GroupDue } from './estimate-due.ts';
import { type GroupId, groupName } from './insured-group.ts';
import type { NoticeRow, StatedAmount } from './money-tables.ts';
import { type LevelId, levelName } from './paying-level.ts';
import type { PolicyRules } from './policy-rules.ts';
import type { SettleInput } from './settle-year.ts';
import { shareLadder } from './share-ladder.ts';

const yuan = (value: Exact): string => toFixed(value, MONEY_IN_YUAN);

/** One row: 上级核定 | 本级测算 | 差额 | 差额原因. */
export interface SettlementLine {
  readonly group: GroupId | 'total';
  readonly name: string;
  readonly approved?: {
    readonly heads?: Exact;
    readonly headsFact?: Fact;
    readonly amount: StatedAmount;
    readonly fact: Fact;
  };
  readonly own: { readonly heads: Exact; readonly headsFact?: Fact; readonly amount: Exact; readonly fact: Fact };
  /** 核定 − 测算, 元; absent where the notice has no such row. */
  readonly difference?: { readonly amount: Exact; readonly fact: Fact };
  readonly reasons: readonly Text[];
}

/** The rows of the settlement, the total last: by group where the notice or our heads have one. */
export function settlementLines(
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
        { heads: group.heads, headsFact: group.headsFact, amount: own.due, fact: own.fact },
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
  const paying = estimate.groups.filter((group) => group.levels.some((entry) => entry.level === level));
  const heads = Exact.sum(paying.map((group) => group.heads));
  const headsFact = lineage.add(
    makeFact({
      concept: `subsidy.heads.${level}`,
      label: `${totalDue.name}负担人数合计`,
      value: { kind: 'number', value: heads, unit: PERSON },
      period: input.years.headsAsOf ?? String(input.years.budget.year),
      place: input.region.name,
      origin: {
        kind: 'computed',
        formula: '本级承担的各人群之和',
        inputs: paying.map((group) => group.headsFact.id),
        rules: [],
      },
    }),
  );
  const approved = approvedTotal(input, lines, lineage);
  const total = makeLine(
    rules,
    input,
    'total',
    '合计',
    approved,
    { heads, headsFact, amount: totalDue.due, fact: totalDue.fact },
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
  return row === undefined ? undefined : approvedRow(group, `（${name}）`, row, input, lineage);
}

function approvedRow(
  group: GroupId | 'total',
  suffix: string,
  row: NoticeRow,
  input: SettleInput,
  lineage: Lineage,
): Approved {
  const add = (concept: string, label: string, value: Exact, unit: Unit): Fact =>
    lineage.add(
      makeFact({
        concept: `subsidy.${concept}.${group}`,
        label: `${label}${suffix}`,
        value: { kind: 'number', value, unit },
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
      }),
    );
  return {
    ...(row.heads === undefined
      ? {}
      : { heads: row.heads, headsFact: add('approved-heads', '上级核定人数', row.heads, PERSON) }),
    amount: row.amount,
    fact: add('approved', '上级核定金额', row.amount.yuan, YUAN),
  };
}

function approvedTotal(input: SettleInput, lines: readonly SettlementLine[], lineage: Lineage): Approved | undefined {
  const rows = input.notice?.rows ?? [];
  const row = rows.find((candidate) => candidate.group === 'total');
  if (row !== undefined) return approvedRow('total', '合计', row, input, lineage);
  const parts = lines.flatMap((line) => line.approved ?? []);
  if (parts.length === 0) return undefined;
  const sum = Exact.sum(parts.map((part) => part.amount.yuan));
  const bounds = parts.map((part) => part.amount.interval);
  const headsFacts = parts.flatMap((part) => part.headsFact ?? []);
  const heads = Exact.sum(parts.map((part) => part.heads ?? Exact.zero));
  return {
    ...(headsFacts.length < parts.length
      ? {}
      : {
          heads,
          headsFact: lineage.add(
            makeFact({
              concept: 'subsidy.approved-heads.total',
              label: '上级核定人数合计',
              value: { kind: 'number', value: heads, unit: PERSON },
              period: String(input.years.budget.year),
              place: input.region.name,
              origin: {
                kind: 'computed',
                formula: '各人群核定人数之和',
                inputs: headsFacts.map((fact) => fact.id),
                rules: [],
              },
            }),
          ),
        }),
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
