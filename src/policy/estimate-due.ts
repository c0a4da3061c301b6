import { type Fact, Lineage, makeFact } from '../fact/index.ts';
import { JipingError, type Problem, problem, text } from '../problem/index.ts';
import { Exact, PERSON, YUAN } from '../quantity/index.ts';
import { RuleTrace } from '../rules/index.ts';
import { checkYears, explainShare, readingsOf, type ShareExplanation, unverifiedProblem } from './explain-share.ts';
import { type HeadsRow, netHeads } from './heads-table.ts';
import { aidedKind, type GroupId, groupName } from './insured-group.ts';
import type { Region } from './jurisdiction.ts';
import { LEVELS, type LevelId, levelName } from './paying-level.ts';
import type { PolicyRules, RuleReading } from './policy-rules.ts';
import type { SubsidyYears } from './policy-years.ts';
import { computePremiumAid, type PremiumAidSheet } from './premium-aid-sheet.ts';

export interface EstimateInput {
  readonly region: Region;
  readonly years: SubsidyYears;
  readonly heads: readonly HeadsRow[];
  /** Persons whose premium is paid but who stand in another row of `heads` (students); never enters the due. */
  readonly aid?: readonly HeadsRow[];
  readonly className?: string | undefined;
  readonly assumedStandard?: Exact | undefined;
  readonly assumedRatios?: ReadonlyMap<LevelId, Exact> | undefined;
}

export interface LevelDue {
  readonly level: LevelId;
  readonly name: string;
  /** 元/人. */
  readonly share: Exact;
  /** 元, exact. */
  readonly due: Exact;
  readonly fact: Fact;
}

export interface GroupDue {
  readonly group: GroupId;
  readonly name: string;
  /** Heads that count, after deductions. */
  readonly heads: Exact;
  readonly headsFact: Fact;
  readonly gross: Exact;
  readonly deductions: { readonly duplicates: Exact; readonly deaths: Exact; readonly elsewhere: Exact };
  readonly levels: readonly LevelDue[];
  readonly total: Exact;
  readonly totalFact: Fact;
  readonly explanation: ShareExplanation;
}

export interface LevelTotal {
  readonly level: LevelId;
  readonly name: string;
  readonly due: Exact;
  readonly fact: Fact;
}

/** What each level owes for a year, by group. */
export interface DueEstimate {
  readonly region: Region;
  readonly years: SubsidyYears;
  readonly standard: Exact;
  readonly standardFact: Fact;
  readonly groups: readonly GroupDue[];
  /** Levels from the top down. */
  readonly levels: readonly LevelTotal[];
  readonly heads: Exact;
  readonly headsFact: Fact;
  readonly total: Exact;
  readonly totalFact: Fact;
  /** Separate sheet; not in `total`. */
  readonly aid?: PremiumAidSheet;
  readonly readings: readonly RuleReading[];
  readonly facts: readonly Fact[];
  readonly problems: readonly Problem[];
}

/**
 * due(level) = Σ over groups of heads × share, exact.
 * @throws JipingError `usage` when years are mixed, `not-found`/`unsupported` when a rule is missing or not filled.
 */
export function estimateDue(rules: PolicyRules, input: EstimateInput): DueEstimate {
  if (input.heads.length === 0)
    throw new JipingError('usage', text('人数表里没有可用的行', 'the heads table has no usable row'));
  const lineage = new Lineage();
  const trace = new RuleTrace();
  const problems: Problem[] = [...checkYears(rules, input.region, input.years)];
  const kinds = rules.aidedKindNames();
  const groups = mergeGroups(input.heads).map((rows) => groupDue(rules, input, rows, kinds, lineage, trace));
  const place = input.region.name;
  const period = String(input.years.budget.year);
  const levels = LEVELS.flatMap((level): LevelTotal[] => {
    const parts = groups.flatMap((group) => group.levels.filter((entry) => entry.level === level));
    const [first] = parts;
    if (first === undefined) return [];
    const due = Exact.sum(parts.map((part) => part.due));
    const fact = lineage.add(
      makeFact({
        concept: `subsidy.due.${level}`,
        label: `${first.name}应担补助`,
        value: { kind: 'number', value: due, unit: YUAN },
        period,
        place,
        origin: { kind: 'computed', formula: '各人群应担之和', inputs: parts.map((part) => part.fact.id), rules: [] },
      }),
    );
    return [
      { level, name: parts.every((part) => part.name === first.name) ? first.name : levelName(level), due, fact },
    ];
  });
  const total = Exact.sum(groups.map((group) => group.total));
  if (!Exact.sum(levels.map((level) => level.due)).eq(total))
    throw new JipingError('internal', text('各级合计不等于总额', 'levels do not add up to the total'));
  const heads = Exact.sum(groups.map((group) => group.heads));
  const headsFact = lineage.add(
    makeFact({
      concept: 'subsidy.heads',
      label: '参保人数合计',
      value: { kind: 'number', value: heads, unit: PERSON },
      period: input.years.headsAsOf ?? period,
      place,
      origin: { kind: 'computed', formula: '各人群之和', inputs: groups.map((group) => group.headsFact.id), rules: [] },
    }),
  );
  const totalFact = lineage.add(
    makeFact({
      concept: 'subsidy.due.total',
      label: '财政补助总额',
      value: { kind: 'number', value: total, unit: YUAN },
      period,
      place,
      origin: { kind: 'computed', formula: '各级应担之和', inputs: levels.map((level) => level.fact.id), rules: [] },
    }),
  );
  const aid = computePremiumAid(
    rules,
    input.region,
    input.years.coverage,
    [...input.heads, ...(input.aid ?? [])],
    lineage,
    trace,
  );
  const first = groups[0];
  if (first === undefined) throw new JipingError('internal', text('没有人群', 'no group'));
  const readings = readingsOf(trace);
  return {
    region: input.region,
    years: input.years,
    standard: first.explanation.standard,
    standardFact: first.explanation.standardFact,
    groups,
    levels,
    heads,
    headsFact,
    total,
    totalFact,
    ...(aid === undefined ? {} : { aid }),
    readings,
    facts: lineage.all(),
    problems: [...problems, ...prorationProblems(groups), ...(aid?.problems ?? []), ...unverifiedProblem(readings)],
  };
}

/** A table of heads knows no months: under a monthly rule it counts everybody for the whole year. */
function prorationProblems(groups: readonly GroupDue[]): readonly Problem[] {
  if (groups.every((group) => group.explanation.plan.proration === 'NONE')) return [];
  return [
    problem(
      'monthly-proration',
      'warning',
      text(
        '所用规则按参保月数折算，人数表没有月数，此处按全年计；请用 simulate 对名册逐人计算',
        'the rule prorates by month, which a heads table does not hold; use simulate over the register',
      ),
    ),
  ];
}

/** Rows of one group become one line of the sheet, in order of first appearance. */
function mergeGroups(rows: readonly HeadsRow[]): readonly (readonly [HeadsRow, ...HeadsRow[]])[] {
  const byGroup = new Map<GroupId, [HeadsRow, ...HeadsRow[]]>();
  for (const row of rows) {
    if (/student|学生/.test(aidedKind(row.group) ?? ''))
      throw new JipingError(
        'unsupported',
        text(
          '大学生按隶属关系计入 students-* 各行；代缴个人部分写在 --aid 表中，不再计入应担补助',
          'students stand in the students-* rows; premiums paid for them belong in the --aid table',
        ),
        { file: row.place.file, row: row.place.row },
      );
    const known = byGroup.get(row.group);
    if (known === undefined) byGroup.set(row.group, [row]);
    else known.push(row);
  }
  return [...byGroup.values()];
}

function groupDue(
  rules: PolicyRules,
  input: EstimateInput,
  rows: readonly [HeadsRow, ...HeadsRow[]],
  kinds: ReadonlyMap<string, string>,
  lineage: Lineage,
  trace: RuleTrace,
): GroupDue {
  const { group } = rows[0];
  const { region, years } = input;
  const name = groupName(group, kinds);
  const explanation = explainShare(
    rules,
    {
      region,
      group,
      budget: years.budget,
      standard: years.standard,
      className: input.className,
      assumedStandard: input.assumedStandard,
      assumedRatios: input.assumedRatios,
    },
    lineage,
    trace,
  );
  const headsFact = addHeadsFacts(rows, name, input, lineage);
  const heads = Exact.sum(rows.map(netHeads));
  const levels = explanation.shares.map((share): LevelDue => {
    const due = heads.mul(share.amount);
    const fact = lineage.add(
      makeFact({
        concept: `subsidy.due.${group}.${share.level}`,
        label: `${share.name}应担补助（${name}）`,
        value: { kind: 'number', value: due, unit: YUAN },
        period: String(years.budget.year),
        place: region.name,
        origin: {
          kind: 'computed',
          formula: `${heads} × ${share.amount}`,
          inputs: [headsFact.id, share.fact.id],
          rules: [],
        },
      }),
    );
    return { level: share.level, name: share.name, share: share.amount, due, fact };
  });
  const total = heads.mul(explanation.standard);
  const sum = (pick: (row: HeadsRow) => Exact): Exact => Exact.sum(rows.map(pick));
  return {
    group,
    name,
    heads,
    headsFact,
    gross: sum((row) => row.heads),
    deductions: {
      duplicates: sum((row) => row.deductions.duplicates),
      deaths: sum((row) => row.deductions.deaths),
      elsewhere: sum((row) => row.deductions.elsewhere),
    },
    levels,
    total,
    totalFact: lineage.add(
      makeFact({
        concept: `subsidy.due.${group}.total`,
        label: `财政补助合计（${name}）`,
        value: { kind: 'number', value: total, unit: YUAN },
        period: String(years.budget.year),
        place: region.name,
        origin: { kind: 'computed', formula: '各级应担之和', inputs: levels.map((level) => level.fact.id), rules: [] },
      }),
    ),
    explanation,
  };
}

/** Entered facts of each row and its deductions, then the computed heads of the group. */
function addHeadsFacts(rows: readonly HeadsRow[], name: string, input: EstimateInput, lineage: Lineage): Fact {
  const inputs: string[] = [];
  const entered = (row: HeadsRow, part: string, label: string, value: Exact): void => {
    const fact = lineage.add(
      makeFact({
        concept: `subsidy.heads.${row.group}.${part}`,
        label: `${name}${label}`,
        value: { kind: 'number', value, unit: PERSON },
        period: input.years.headsAsOf ?? String(input.years.coverage.year),
        place: input.region.name,
        origin: {
          kind: 'entered',
          file: row.place.file,
          version: row.place.version,
          sheet: '',
          cell: `第 ${row.place.row} 行`,
          evidence: row.document === undefined ? [] : [row.document],
        },
      }),
    );
    inputs.push(fact.id);
  };
  for (const row of rows) {
    entered(row, 'gross', '参保人数', row.heads);
    if (!row.deductions.duplicates.isZero) entered(row, 'duplicates', '重复参保核减', row.deductions.duplicates);
    if (!row.deductions.deaths.isZero) entered(row, 'deaths', '年初前死亡核减', row.deductions.deaths);
    if (!row.deductions.elsewhere.isZero) entered(row, 'elsewhere', '异地参保核减', row.deductions.elsewhere);
  }
  const heads = Exact.sum(rows.map(netHeads));
  return lineage.add(
    makeFact({
      concept: `subsidy.heads.${rows[0]?.group ?? ''}`,
      label: `${name}计补人数`,
      value: { kind: 'number', value: heads, unit: PERSON },
      period: input.years.headsAsOf ?? String(input.years.coverage.year),
      place: input.region.name,
      origin: { kind: 'computed', formula: '参保人数 − 重复参保 − 年初前死亡 − 异地参保', inputs, rules: [] },
    }),
  );
}
