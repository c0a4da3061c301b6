import { JipingError, type Problem, problem, type Text, text } from '../problem/index.ts';
import { bestLinks } from './clusters/best-links.ts';
import { type Clusters, clusterRecords } from './clusters/cluster-records.ts';
import {
  type Decision,
  type PlacedDecisions,
  pairIndex,
  placeDecisions,
  thresholdFromDecisions,
} from './clusters/decisions.ts';
import type { ScoredPairs } from './fellegi-sunter/score-pairs.ts';
import { type TrainedModel, weightAt } from './fellegi-sunter/trained-model.ts';
import { type Linkage, linkRecords } from './link-records.ts';
import type { LinkModel } from './model/link-model.ts';
import { checkTrainedFits } from './model/trained-file.ts';
import { type PairMode, prepareRecords, type Records } from './records/prepare-records.ts';
import type { TextTable } from './records/read-csv.ts';

export interface LinkTablesOptions {
  readonly threads: number;
  readonly minProbability: number;
  /** Probability from which pairs are links. Absent: learnt from decisions if there are enough, else 0.9. */
  readonly threshold?: number | undefined;
  readonly trained?: TrainedModel | undefined;
  readonly decisions?: readonly Decision[] | undefined;
  /** Cluster ids of the left table's records, by identifier: then only pairs with a right record are formed. */
  readonly clustersBefore?: ReadonlyMap<string, string> | undefined;
  readonly progress?: (line: Text) => void;
}

export interface LinkOutcome {
  readonly linkage: Linkage;
  /** Scored pairs without those a person dismissed. */
  readonly pairs: ScoredPairs;
  readonly threshold: { readonly weight: number; readonly from: 'given' | 'decisions' | 'default' };
  /** Pairs at or over the threshold, confirmed ones included. */
  readonly links: number;
  readonly decisions: PlacedDecisions;
  readonly problems: readonly Problem[];
  /** Positions in `pairs` of the one-to-one links. */
  oneToOne(): Int32Array;
  clusters(): Clusters;
}

const DEFAULT_THRESHOLD = 0.9;

/**
 * Links two tables, the records of one, or new records into clustered ones: the whole of `jiping link` between reading
 * and writing. The same tables in any order of rows give the same outcome.
 */
export async function linkTables(
  model: LinkModel,
  tables: readonly TextTable[],
  options: LinkTablesOptions,
): Promise<LinkOutcome> {
  const mode: PairMode = tables.length === 1 ? 'dedupe' : options.clustersBefore === undefined ? 'link' : 'increment';
  const records = prepareRecords(model, tables, mode);
  if (mode === 'increment') refuseKnown(records, model);
  if (options.trained !== undefined) checkTrainedFits(options.trained, records, model.file);
  const linkage = await linkRecords(model, records, {
    threads: options.threads,
    minProbability: options.minProbability,
    ...(options.trained === undefined ? {} : { trained: options.trained }),
    ...(options.progress === undefined ? {} : { progress: options.progress }),
  });
  const decisions = placeDecisions(options.decisions ?? [], records);
  const find = pairIndex(linkage.scored, records);
  const threshold = chooseThreshold(options, decisions, linkage, find);
  const dismissed = new Set(decisions.dismissed.map(find));
  const pairs = without(linkage.scored, dismissed);
  const findKept = pairIndex(pairs, records);
  const confirmed = new Set(decisions.confirmed.map(findKept).filter((at) => at !== undefined));
  let links = 0;
  pairs.weight.forEach((weight, at) => {
    if (weight >= threshold.weight || confirmed.has(at)) links += 1;
  });
  const existing = new Map<number, string>();
  records.identifiers.forEach((identifier, record) => {
    const cluster = record < records.leftCount ? options.clustersBefore?.get(identifier) : undefined;
    if (cluster !== undefined) existing.set(record, cluster);
  });
  return {
    linkage,
    pairs,
    threshold,
    links,
    decisions,
    problems: findProblems(linkage, decisions, model, options.trained !== undefined),
    oneToOne: () => bestLinks(pairs, threshold.weight, confirmed),
    clusters: () => clusterRecords(recordNames(records), pairs, threshold.weight, { ...decisions, existing }),
  };
}

/** Names unique over both tables: `left:12`, `right:12`; the bare identifier within one. */
function recordNames(records: Records): readonly string[] {
  if (records.mode !== 'link') return records.identifiers;
  return records.identifiers.map((name, record) => `${record < records.leftCount ? 'left' : 'right'}:${name}`);
}

function refuseKnown(records: Records, model: LinkModel): void {
  const known = new Set(records.identifiers.slice(0, records.leftCount));
  if (!records.identifiers.slice(records.leftCount).some((identifier) => known.has(identifier))) return;
  throw new JipingError(
    'conflict',
    text(
      `新记录的“${model.uniqueId}”有的已在状态文件夹中；请只给新增的记录`,
      `some of the new records' “${model.uniqueId}” are in the state folder already; give only added records`,
    ),
  );
}

function chooseThreshold(
  options: LinkTablesOptions,
  decisions: PlacedDecisions,
  linkage: Linkage,
  find: (pair: readonly [number, number]) => number | undefined,
): LinkOutcome['threshold'] {
  if (options.threshold !== undefined) return { weight: weightAt(options.threshold), from: 'given' };
  const weigh = (match: boolean) => (pair: readonly [number, number]) => {
    const at = find(pair);
    return at === undefined ? [] : [{ weight: linkage.scored.weight[at] as number, match }];
  };
  const learnt = thresholdFromDecisions([
    ...decisions.confirmed.flatMap(weigh(true)),
    ...decisions.dismissed.flatMap(weigh(false)),
  ]);
  return learnt === undefined
    ? { weight: weightAt(DEFAULT_THRESHOLD), from: 'default' }
    : { weight: learnt, from: 'decisions' };
}

function without(scored: ScoredPairs, positions: ReadonlySet<number | undefined>): ScoredPairs {
  if (positions.size === 0) return scored;
  const keep = (array: Int32Array) => array.filter((_, at) => !positions.has(at));
  return { ...scored, left: keep(scored.left), right: keep(scored.right), weight: keep(scored.weight) };
}

function findProblems(
  linkage: Linkage,
  decisions: PlacedDecisions,
  model: LinkModel,
  trainedBefore: boolean,
): readonly Problem[] {
  const where = { file: model.file };
  const problems: Problem[] = [];
  const { training } = linkage.trained;
  if (!training.converged)
    problems.push(
      problem(
        'link-not-converged',
        'warning',
        text(
          `训练 ${training.iterations} 轮仍未收敛，结果请慎用；可减少级别或增加分块规则`,
          `training did not converge in ${training.iterations} rounds; use the result with care, give fewer levels or more blocking rules`,
        ),
        where,
      ),
    );
  if (linkage.comparedPairs === 0 && linkage.records.mode !== 'increment')
    problems.push(
      problem(
        'link-no-pairs',
        'warning',
        text('分块规则没有产生任何一对', 'the blocking rules form no pair at all'),
        where,
      ),
    );
  if (!trainedBefore && training.levelsNeverSeen.length > 0)
    problems.push(
      problem(
        'link-levels-never-seen',
        'notice',
        text(
          `训练中没有见到的级别（沿用初值）：${training.levelsNeverSeen.join('、')}`,
          `levels no true pair was seen on (starting values kept): ${training.levelsNeverSeen.join(', ')}`,
        ),
        where,
      ),
    );
  if (decisions.unknown > 0)
    problems.push(
      problem(
        'link-decision-unknown',
        'warning',
        text(
          `${decisions.unknown} 条人工判定的编号不在表中，未采用`,
          `${decisions.unknown} decisions name records that are not in the tables`,
        ),
        where,
      ),
    );
  return problems;
}
