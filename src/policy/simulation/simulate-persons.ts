import { JipingError, type Problem, problem, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { RuleTrace } from '../../rules/index.ts';
import { checkYears, explainShare, readingsOf, type ShareExplanation, unverifiedProblem } from '../explain-share.ts';
import { findGroup, type GroupId } from '../insured-group.ts';
import type { Region } from '../jurisdiction.ts';
import { LEVELS, type LevelId } from '../paying-level.ts';
import type { PolicyRules, RuleReading } from '../policy-rules.ts';
import { noticeCollectedFor, type SubsidyYears } from '../policy-years.ts';
import { AID_FUNDS, type AidFund } from '../premium-aid.ts';
import { personAmounts } from './person-amounts.ts';
import type { PersonDatabase } from './person-database.ts';
import type { PersonKind, WriteRequest } from './person-messages.ts';

export interface SimulateInput {
  readonly region: Region;
  readonly years: SubsidyYears;
  readonly className?: string | undefined;
  /** Also write every person's amounts. */
  readonly perPerson: boolean;
}

export interface Simulation {
  /** Persons that count: a known category and at least one month. */
  readonly persons: bigint;
  readonly notCovered: bigint;
  readonly groups: readonly { readonly group: GroupId; readonly persons: bigint }[];
  /** 元. */
  readonly levels: readonly { readonly level: LevelId; readonly due: Exact }[];
  readonly total: Exact;
  readonly aid: readonly { readonly fund: AidFund; readonly persons: bigint; readonly total: Exact }[];
  readonly written: bigint | undefined;
  readonly readings: readonly RuleReading[];
  readonly problems: readonly Problem[];
}

/**
 * Person by person over a register: persons alike in category, identities and months are counted by the database and
 * each kind is computed once by the same code that computes one person, so that totals cannot drift.
 * @throws JipingError as `explainShare` for the groups that occur
 */
export async function simulatePersons(
  rules: PolicyRules,
  input: SimulateInput,
  database: PersonDatabase,
): Promise<Simulation> {
  const trace = new RuleTrace();
  const problems: Problem[] = [...checkYears(rules, input.region, input.years)];
  const notice = noticeCollectedFor(input.years.coverage);
  const aidRules = rules.aid(input.region, notice);
  const individual = rules.individual(input.region, notice, trace)?.high;
  const aid = aidRules === undefined || individual === undefined ? undefined : { rules: aidRules, individual };
  const names = rules.aidedNames();
  const explained = new Map<GroupId, ShareExplanation>();
  const explain = (group: GroupId): ShareExplanation => {
    const known = explained.get(group);
    if (known !== undefined) return known;
    const { region, years, className } = input;
    const fresh = explainShare(
      rules,
      { region, group, budget: years.budget, standard: years.standard, className },
      undefined,
      trace,
    );
    explained.set(group, fresh);
    return fresh;
  };
  const dues = new Map<LevelId, bigint>();
  const groups = new Map<GroupId, bigint>();
  const funds = new Map<AidFund, { persons: bigint; total: bigint }>();
  const rows: { kind: PersonKind; amounts: ReturnType<typeof personAmounts> }[] = [];
  const unknown = { kinds: 0, persons: 0n, months: 0n, identities: 0n };
  let [persons, notCovered] = [0n, 0n];
  for (const kind of database.kinds) {
    const group = groupOf(kind.category, names);
    const months = kind.months;
    if (group === undefined || months === null || months < 0 || months > 12) {
      if (group === undefined) {
        unknown.kinds += 1;
        unknown.persons += kind.persons;
      } else unknown.months += kind.persons;
      continue;
    }
    const identities = kind.identities.split(/[|;；、,，\s]+/).filter((identity) => identity !== '');
    if (identities.some((identity) => !names.has(identity))) unknown.identities += kind.persons;
    const amounts = personAmounts(explain(group), months, identities, aid);
    rows.push({ kind, amounts });
    if (months === 0) {
      notCovered += kind.persons;
      continue;
    }
    persons += kind.persons;
    groups.set(group, (groups.get(group) ?? 0n) + kind.persons);
    for (const [level, fen] of amounts.levels) dues.set(level, (dues.get(level) ?? 0n) + fen * kind.persons);
    if (amounts.fund !== undefined) {
      const fund = funds.get(amounts.fund) ?? { persons: 0n, total: 0n };
      funds.set(amounts.fund, { persons: fund.persons + kind.persons, total: fund.total + amounts.aid * kind.persons });
    }
  }
  if (rows.length === 0)
    throw new JipingError(
      'unreadable',
      text('数据集里没有一行的类别可以认识', 'no row of the dataset has a known category'),
    );
  const levels = LEVELS.filter(
    (level) =>
      dues.has(level) || [...explained.values()].some((entry) => entry.shares.some((share) => share.level === level)),
  );
  const written = input.perPerson ? await database.write(writeRequest(rows, levels)) : undefined;
  const readings = readingsOf(trace);
  const yuan = (fen: bigint): Exact => Exact.ratio(fen, 100n);
  return {
    persons,
    notCovered,
    groups: [...groups].map(([group, count]) => ({ group, persons: count })),
    levels: levels.map((level) => ({ level, due: yuan(dues.get(level) ?? 0n) })),
    total: Exact.sum([...dues.values()].map(yuan)),
    aid: AID_FUNDS.flatMap((fund) => {
      const entry = funds.get(fund);
      return entry === undefined ? [] : [{ fund, persons: entry.persons, total: yuan(entry.total) }];
    }),
    written,
    readings,
    problems: [...problems, ...rowProblems(unknown), ...unverifiedProblem(readings)],
  };
}

function groupOf(category: string | null, names: ReadonlyMap<string, string>): GroupId | undefined {
  if (category === null) return undefined;
  try {
    return findGroup(category, names);
  } catch {
    return undefined;
  }
}

function writeRequest(
  rows: readonly { kind: PersonKind; amounts: ReturnType<typeof personAmounts> }[],
  levels: readonly LevelId[],
): Omit<WriteRequest, 'kind'> {
  return {
    levels,
    rows: rows.map(({ kind, amounts }) => ({
      category: kind.category,
      identities: kind.identities,
      months: kind.months,
      levels: levels.map((level) => amounts.levels.get(level) ?? 0n),
      aid: amounts.aid,
      fund: amounts.fund ?? null,
    })),
  };
}

/** Counts only: what stands in a wrong column may be a name or a number. */
function rowProblems(unknown: {
  kinds: number;
  persons: bigint;
  months: bigint;
  identities: bigint;
}): readonly Problem[] {
  const found: Problem[] = [];
  if (unknown.persons > 0n)
    found.push(
      problem(
        'category-unknown',
        'error',
        text(
          `${unknown.persons} 人的类别不认识（${unknown.kinds} 种写法），没有计入；大学生须按隶属关系分列`,
          `${unknown.persons} persons of ${unknown.kinds} unknown categories are left out; students must be divided by affiliation`,
        ),
      ),
    );
  if (unknown.months > 0n)
    found.push(
      problem(
        'months-invalid',
        'error',
        text(
          `${unknown.months} 人的参保月数不是 0 到 12 的整数，没有计入`,
          `${unknown.months} persons have no months of 0…12 and are left out`,
        ),
      ),
    );
  if (unknown.identities > 0n)
    found.push(
      problem(
        'identity-unknown',
        'warning',
        text(
          `${unknown.identities} 人有不认识的资助身份，该身份未资助`,
          `${unknown.identities} persons hold an identity no aid rule knows`,
        ),
      ),
    );
  return found;
}
