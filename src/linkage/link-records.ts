import { JipingError, type Text, text } from '../problem/index.ts';
import { type Block, blockBy } from './blocking/block-rules.ts';
import { compareJobs } from './fellegi-sunter/compare-jobs.ts';
import { LinkThreads } from './fellegi-sunter/link-threads.ts';
import { type PatternSpace, patternSpace } from './fellegi-sunter/pattern-space.ts';
import { sampleJob } from './fellegi-sunter/sample-levels.ts';
import { addCounts, type ScoredPairs, scorePairs } from './fellegi-sunter/score-pairs.ts';
import { termWeights } from './fellegi-sunter/term-frequencies.ts';
import { trainModel } from './fellegi-sunter/train-model.ts';
import { type TrainedModel, type Weights, weightAt, weightsOf } from './fellegi-sunter/trained-model.ts';
import type { LinkModel } from './model/link-model.ts';
import type { Records } from './records/prepare-records.ts';

export interface LinkOptions {
  readonly threads: number;
  /** Pairs below this probability are not kept. */
  readonly minProbability: number;
  /** Values trained before; without, the model is trained on these records. */
  readonly trained?: TrainedModel;
  readonly progress?: (line: Text) => void;
}

/** Counts of one blocking rule, known before any pair is formed. */
export interface RuleCount {
  readonly columns: readonly string[];
  readonly pairs: number;
  readonly largestBlock: number;
}

export interface Linkage {
  readonly records: Records;
  readonly space: PatternSpace;
  readonly trained: TrainedModel;
  readonly weights: Weights;
  readonly terms: readonly (Int32Array | undefined)[];
  readonly rules: readonly RuleCount[];
  /** Distinct pairs formed and compared. */
  readonly comparedPairs: number;
  readonly patternCounts: Int32Array;
  readonly scored: ScoredPairs;
}

/** What the blocking rules would form, counted without forming it. Rules overlap: the sum is an upper bound. */
export function predictPairs(records: Records, model: LinkModel): readonly RuleCount[] {
  return model.blocking.map((columns) => toCount(blockBy(records, columns)));
}

/**
 * Blocks, compares, trains (unless trained values are given) and scores.
 * @throws JipingError `resource` if the rules would form more pairs than the model allows; names the worst rule.
 */
export async function linkRecords(model: LinkModel, records: Records, options: LinkOptions): Promise<Linkage> {
  const say = options.progress ?? (() => undefined);
  const space = patternSpace(records);
  const threads = new LinkThreads(records.count < WORTH_THREADS ? 1 : options.threads);
  try {
    const sampling =
      options.trained === undefined ? threads.sample(sampleJob(records, space, model.sample, model.seed)) : undefined;
    const blocks = model.blocking.map((columns) => blockBy(records, columns));
    const rules = blocks.map(toCount);
    refuseTooMany(model, rules);
    say(text('比较…', 'comparing…'));
    const parts = await threads.compare(compareJobs(records, space, blocks, threads.others + 1));
    const patternCounts = addCounts(space, parts);
    const comparedPairs = parts.reduce((sum, part) => sum + part.count, 0);
    say(text('训练…', 'training…'));
    const trained = options.trained ?? trainModel(model, records, space, patternCounts, (await sampling) ?? []);
    const weights = weightsOf(trained, records);
    const terms = termWeights(records, trained);
    say(text('打分…', 'scoring…'));
    const scored = scorePairs(records, space, weights, terms, parts, weightAt(options.minProbability));
    return { records, space, trained, weights, terms, rules, comparedPairs, patternCounts, scored };
  } finally {
    threads.close();
  }
}

/** With fewer records starting a thread takes longer than the work. */
const WORTH_THREADS = 20_000;

function toCount(block: Block): RuleCount {
  return { columns: block.columns, pairs: block.pairs, largestBlock: block.largest };
}

function refuseTooMany(model: LinkModel, rules: readonly RuleCount[]): void {
  const sum = rules.reduce((total, rule) => total + rule.pairs, 0);
  if (sum <= model.maxPairs) return;
  const worst = rules.reduce((most, rule) => (rule.pairs > most.pairs ? rule : most));
  const name = worst.columns.join(' + ');
  throw new JipingError(
    'resource',
    text(
      `分块规则将产生 ${sum} 对，超过上限 ${model.maxPairs}；最多的是规则“${name}”（${worst.pairs} 对，最大一块 ${worst.largestBlock} 对）。请给这条规则加一列，或在模型中提高 max_pairs`,
      `the blocking rules would form ${sum} pairs, more than ${model.maxPairs}; most by “${name}” (${worst.pairs} pairs, largest block ${worst.largestBlock}). Add a column to it, or raise max_pairs in the model`,
    ),
    { file: model.file, key: 'blocking' },
  );
}
