import { blockBy, pairCount } from '../blocking/block-rules.ts';
import type { LinkModel } from '../model/link-model.ts';
import type { Records } from '../records/prepare-records.ts';
import { levelAt, type PatternSpace } from './pattern-space.ts';
import type { LevelShares } from './sample-levels.ts';
import { repeatedEvidence, significant, type TrainedModel } from './trained-model.ts';

const MOST_ROUNDS = 300;
const SMALLEST_CHANGE = 1e-5;
/** The starting m counts as much as so many true pairs. */
const PSEUDO_MATCHES = 5;
/** A level not seen in the sample is taken as seen this often. */
const UNSEEN = 0.1;
/** At least this part of the chance agreements is not explained by true pairs. */
const LEAST_PART = 0.002;

interface Observed {
  readonly pattern: number;
  readonly count: number;
  readonly levels: readonly number[];
}

/**
 * EM over the counts of agreement patterns. u comes from random pairs, less what true pairs put there; m and the prior
 * are estimated; pairs no blocking rule formed count as different persons. The posterior of a pair does not depend on
 * which rule formed it, so prior and u are those of all pairs, not of the blocked ones.
 */
export function trainModel(
  model: LinkModel,
  records: Records,
  space: PatternSpace,
  counts: Int32Array,
  sampled: readonly LevelShares[],
): TrainedModel {
  const columns = records.columns;
  const allPairs = pairCount(records.mode, records.leftCount, records.count - records.leftCount);
  const observed: Observed[] = [];
  let comparedPairs = 0;
  counts.forEach((count, pattern) => {
    if (count === 0) return;
    comparedPairs += count;
    observed.push({ pattern, count, levels: columns.map((_, column) => levelAt(space, pattern, column)) });
  });
  const repeated = repeatedEvidence(records);
  const start = columns.map((column) => {
    const sum = column.levels.reduce((total, level) => total + level.initialM, 0);
    return [0, ...column.levels.map((level) => level.initialM / sum)];
  });
  let m = start.map((levels) => [...levels]);
  let prior = typeof model.prior === 'number' ? model.prior : priorFromRules(model, records, sampled, allPairs);
  const fixed = typeof model.prior === 'number';
  let u = sampled.map((shares, column) => unmatched(shares, m[column] ?? [], prior));
  let expected: number[][] = start.map((levels) => levels.map(() => 0));
  let matches = 0;
  const alike = siblingsStart(records);
  let r = alike.map((levels) => [...levels]);
  let siblings = alike.length === 0 ? 0 : prior * SIBLINGS_PER_MATCH;
  let rounds = 0;
  let change = 1;
  while (rounds < MOST_ROUNDS && change > SMALLEST_CHANGE) {
    rounds += 1;
    const toWeights = (shares: readonly (readonly number[])[]) =>
      shares.map((levels, column) =>
        levels.map((value, level) => (level === 0 ? 0 : Math.log2(value / (u[column]?.[level] ?? 1)))),
      );
    const matchWeights = toWeights(m);
    const siblingWeights = toWeights(r);
    const strangers = 1 - prior - siblings;
    expected = start.map((levels) => levels.map(() => 0));
    const alikeSums = start.map((levels) => levels.map(() => 0));
    matches = 0;
    let pairsAlike = 0;
    for (const { count, levels } of observed) {
      const implied = repeated?.implied[levels[repeated.identity] ?? 0] === true ? repeated.date : -1;
      const weigh = (odds: number, weights: readonly (readonly number[])[]): number => {
        let sum = odds;
        for (let column = 0; column < levels.length; column += 1) {
          const level = levels[column] as number;
          const add = weights[column]?.[level] ?? 0;
          sum += column !== implied ? add : level === 1 ? 0 : Math.min(0, add);
        }
        return 2 ** sum;
      };
      const asMatch = weigh(Math.log2(prior / strangers), matchWeights);
      const asSibling = siblings === 0 ? 0 : weigh(Math.log2(siblings / strangers), siblingWeights);
      const share = (count * asMatch) / (1 + asMatch + asSibling);
      const shareAlike = (count * asSibling) / (1 + asMatch + asSibling);
      matches += share;
      pairsAlike += shareAlike;
      for (let column = 0; column < levels.length; column += 1) {
        const level = levels[column] as number;
        const sums = expected[column] as number[];
        sums[level] = (sums[level] as number) + share;
        const others = alikeSums[column] as number[];
        others[level] = (others[level] as number) + shareAlike;
      }
    }
    r = alike.map((levels, column) =>
      mixed(alikeSums[column] ?? [], levels, PSEUDO_SIBLINGS).map((share, level) =>
        (levels[level] as number) < FIXED_BELOW ? (levels[level] as number) : share,
      ),
    );
    if (siblings > 0) siblings = clampPrior((pairsAlike + 0.1) / allPairs, allPairs);
    const next = expected.map((sums, column) =>
      columns[column]?.model.fixed === true ? (start[column] ?? []) : mixed(sums, start[column] ?? [], PSEUDO_MATCHES),
    );
    change = 0;
    next.forEach((levels, column) => {
      levels.forEach((value, level) => {
        change = Math.max(change, Math.abs(value - (m[column]?.[level] ?? 0)));
      });
    });
    m = next;
    if (!fixed) prior = clampPrior(matches / allPairs, allPairs);
    u = sampled.map((shares, column) => unmatched(shares, m[column] ?? [], prior));
  }
  const levelsNeverSeen = columns.flatMap((column, index) =>
    column.levels
      .filter((_, level) => (expected[index]?.[level + 1] ?? 0) < 0.5)
      .map((level) => `${column.model.column}.${level.name}`),
  );
  return {
    prior: significant(prior),
    columns: columns.map((column, index) => ({
      column: column.model.column,
      kind: column.model.kind,
      levels: column.levels.map((level, at) => ({
        name: level.name,
        m: significant(m[index]?.[at + 1] ?? 0),
        u: significant(u[index]?.[at + 1] ?? 0),
      })),
    })),
    siblings:
      siblings === 0
        ? undefined
        : { prior: significant(siblings), levels: r.map((levels) => levels.slice(1).map(significant)) },
    training: {
      converged: change <= SMALLEST_CHANGE,
      iterations: rounds,
      lastChange: significant(change),
      comparedPairs,
      allPairs,
      expectedMatches: Math.round(matches),
      seed: model.seed,
      sampledPairs: Math.min(allPairs, model.sample),
      levelsNeverSeen,
      priorFrom: fixed ? 'given' : 'rules-and-em',
    },
  };
}

/** Shares from expected counts, the starting shares counting as `pseudo` pairs. */
function mixed(sums: readonly number[], start: readonly number[], pseudo: number): number[] {
  const total = sums.reduce((sum, value, level) => (level === 0 ? sum : sum + value), 0);
  return sums.map((value, level) => (level === 0 ? 0 : (value + pseudo * (start[level] ?? 0)) / (total + pseudo)));
}

/** Before any data: one pair of siblings for so many true pairs. */
const SIBLINGS_PER_MATCH = 0.01;
const PSEUDO_SIBLINGS = 10;
/** Shares of siblings that start lower are facts of arithmetic, not of the data: EM leaves them. */
const FIXED_BELOW = 1e-4;

const SIBLING_LEVELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // A slip that leaves two persons' numbers one digit apart is as rare as it sounds.
  'identity-number': {
    'two-valid-same-birth': 0.85,
    'birth-date': 0.1,
    different: 0.03,
    'two-valid': 0.01,
    equal: 1e-5,
    upgraded: 1e-5,
    'check-digit': 1e-5,
    'one-digit': 1e-5,
    transposed: 1e-5,
  },
  'chinese-name': { surname: 0.5, 'one-character': 0.4, different: 0.02, homophone: 0.02, 'near-homophone': 0.02 },
  date: { equal: 0.97 },
  'region-path': { equal: 0.9, within: 0.02, parent: 0.02 },
};

/**
 * Twins agree on everything but the number and part of the name. Without a class of their own EM takes them for true
 * pairs with errors. Only where numbers and dates are compared can they be told; otherwise none.
 */
function siblingsStart(records: Records): number[][] {
  const kinds = records.columns.map((column) => column.model.kind);
  if (!kinds.includes('identity-number') || !kinds.includes('chinese-name') || !kinds.includes('date')) return [];
  return records.columns.map((column) => {
    const likely = SIBLING_LEVELS[column.model.kind];
    const values = column.levels.map(
      (level) => likely?.[level.name] ?? (likely === undefined ? level.initialM : 0.002),
    );
    const sum = values.reduce((total, value) => total + value, 0);
    return [0, ...values.map((value) => value / sum)];
  });
}

/** u from the shares among random pairs, of which a `prior` part are true pairs spread as m says. */
function unmatched(shares: LevelShares, m: readonly number[], prior: number): number[] {
  const raw = Array.from(shares.shares, (share, level) => {
    if (level === 0) return 0;
    const least = Math.max(LEAST_PART * share, level === 1 ? 1e-12 : UNSEEN / Math.max(1, shares.drawn));
    return Math.max(least, share - prior * (m[level] ?? 0));
  });
  const sum = raw.reduce((total, value) => total + value, 0);
  return raw.map((value) => (sum === 0 ? 0 : value / sum));
}

function clampPrior(prior: number, allPairs: number): number {
  return Math.min(0.5, Math.max(prior, 1 / (10 * Math.max(1, allPairs))));
}

/**
 * The first prior: pairs that agree on a rule, over the recall the rule is thought to have. Without rules in the model:
 * each identity number alone, else the rarest columns together until chance agreement falls below one pair.
 */
function priorFromRules(model: LinkModel, records: Records, sampled: readonly LevelShares[], allPairs: number): number {
  const given = typeof model.prior === 'object' ? model.prior : undefined;
  const rules = given?.rules ?? [defaultRule(records, sampled, allPairs)];
  const most = Math.max(1, ...rules.map((rule) => blockBy(records, rule).pairs));
  return clampPrior(most / (given?.recall ?? 0.8) / allPairs, allPairs);
}

function defaultRule(records: Records, sampled: readonly LevelShares[], allPairs: number): readonly string[] {
  const identity = records.columns.find((column) => column.model.kind === 'identity-number');
  if (identity !== undefined) return [identity.model.column];
  const rarest = records.columns
    .map((column, index) => ({ name: column.model.column, equal: sampled[index]?.shares[1] ?? 1 }))
    .sort((a, b) => a.equal - b.equal);
  const rule: string[] = [];
  let chance = allPairs;
  for (const { name, equal } of rarest) {
    if (chance < 1) break;
    rule.push(name);
    chance *= Math.max(equal, 1e-9);
  }
  return rule;
}
