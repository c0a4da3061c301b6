import { z } from 'zod';
import { JipingError, type Problem, problem, text } from '../../problem/index.ts';
import { choice, flag, integer, parseRuleFile, type RuleSource, words } from '../../rules/index.ts';
import { KIND_NAMES, KINDS, type KindName } from '../comparison/kinds.ts';

/** One column and how it is compared. */
export interface ComparisonModel {
  readonly column: string;
  readonly kind: KindName;
  /** Level names kept, for kinds with named levels; empty keeps all. */
  readonly levels: readonly string[];
  /** Thresholds, for the kinds that measure a distance. */
  readonly thresholds: readonly number[];
  readonly termFrequency: boolean;
  /**
   * True leaves the shares of true pairs on each level as the kind states them. For a column by which the pairs trained on
   * were chosen: they agree on it by choice and say nothing of how it errs.
   */
  readonly fixed: boolean;
}

/** Prior from rules: pairs that agree on one of the rules are taken as true, and as `recall` of all true pairs. */
export interface PriorRules {
  readonly rules: readonly (readonly string[])[];
  readonly recall: number;
}

export interface LinkModel {
  readonly file: string;
  readonly uniqueId: string;
  readonly comparisons: readonly ComparisonModel[];
  readonly blocking: readonly (readonly string[])[];
  /** Share of true pairs among all pairs; a number fixes it. */
  readonly prior: number | PriorRules | undefined;
  /** Record pairs drawn for u. */
  readonly sample: number;
  readonly seed: number;
  /** More predicted pairs than this are refused. */
  readonly maxPairs: number;
}

const number = () =>
  z.string().transform((value, context) => {
    const parsed = Number(value);
    if (value.trim() !== '' && Number.isFinite(parsed)) return parsed;
    context.addIssue({ code: 'custom', message: `应为数，现为“${value}”` });
    return z.NEVER;
  });
const rule = z.union([z.array(words()).min(1), words().transform((column) => [column])]);

const schema = z.looseObject({
  unique_id: words(),
  comparisons: z
    .array(
      z.looseObject({
        column: words(),
        kind: choice(KIND_NAMES),
        levels: z.array(words()).optional(),
        term_frequency: flag().optional(),
        fixed: flag().optional(),
      }),
    )
    .min(1),
  blocking: z.array(rule).min(1),
  prior: z.union([number(), z.looseObject({ rules: z.array(rule).min(1), recall: number().optional() })]).optional(),
  sample: integer().optional(),
  seed: integer().optional(),
  max_pairs: integer().optional(),
});

const KNOWN = ['unique_id', 'comparisons', 'blocking', 'prior', 'sample', 'seed', 'max_pairs'];
const KNOWN_IN_COMPARISON = ['column', 'kind', 'levels', 'term_frequency', 'fixed'];

/**
 * Reads a model file. A key that is not known is a warning, not an error, and is left out.
 * @throws JipingError `invalid-rule` naming file, line and key.
 */
export function readLinkModel(source: RuleSource): { model: LinkModel; problems: readonly Problem[] } {
  const raw = parseRuleFile(source, schema);
  const file = source.file;
  const problems: Problem[] = [];
  const unknown = (keys: readonly string[], known: readonly string[]): void => {
    for (const key of keys)
      if (!known.includes(key))
        problems.push(
          problem(
            'model-key-unknown',
            'warning',
            text('模型里没有这个键，已忽略', 'no such key in a model; left out'),
            {
              file,
              key,
            },
          ),
        );
  };
  unknown(Object.keys(raw), KNOWN);
  const comparisons = raw.comparisons.map((comparison, index): ComparisonModel => {
    unknown(Object.keys(comparison), KNOWN_IN_COMPARISON);
    const kind = KINDS[comparison.kind];
    const where = { file, key: `comparisons.${index}.levels` };
    const given = comparison.levels ?? [];
    const thresholds = kind.takesThresholds ? given.map((level) => threshold(level, where)) : [];
    if (kind.takesThresholds) thresholds.sort((a, b) => (comparison.kind === 'levenshtein' ? a - b : b - a));
    const names = kind.levels(thresholds).map((level) => level.name);
    const levels = kind.takesThresholds ? [] : given;
    const wrong = levels.find((level) => !names.includes(level));
    if (wrong !== undefined)
      throw new JipingError(
        'invalid-rule',
        text(
          `比较方式 ${comparison.kind} 没有“${wrong}”这一级；可用：${names.join('、')}`,
          `${comparison.kind} has no level “${wrong}”; there are: ${names.join(', ')}`,
        ),
        where,
      );
    return {
      column: comparison.column,
      kind: comparison.kind,
      levels,
      thresholds,
      termFrequency: comparison.term_frequency ?? kind.termFrequency,
      fixed: comparison.fixed ?? false,
    };
  });
  const once = comparisons.filter(
    (one, index) => comparisons.findIndex((other) => other.column === one.column) === index,
  );
  if (once.length < comparisons.length)
    problems.push(
      problem(
        'model-column-twice',
        'warning',
        text(
          '同一列比较了两次；同一证据只计一次，已取第一个',
          'a column is compared twice; evidence counts once: the first is used',
        ),
        { file, key: 'comparisons' },
      ),
    );
  if (typeof raw.prior === 'number' && !(raw.prior > 0 && raw.prior < 1))
    throw new JipingError('invalid-rule', text('prior 应在 0 与 1 之间', 'prior lies between 0 and 1'), {
      file,
      key: 'prior',
    });
  return {
    model: {
      file,
      uniqueId: raw.unique_id,
      comparisons: once,
      blocking: raw.blocking,
      prior:
        raw.prior === undefined || typeof raw.prior === 'number'
          ? raw.prior
          : { rules: raw.prior.rules, recall: raw.prior.recall ?? 0.8 },
      sample: raw.sample ?? 1_000_000,
      seed: raw.seed ?? 1,
      maxPairs: raw.max_pairs ?? 150_000_000,
    },
    problems,
  };
}

function threshold(level: string, where: { file: string; key: string }): number {
  const value = Number(/^(?:within-|above-)?([\d.]+)$/.exec(level)?.[1] ?? Number.NaN);
  if (Number.isFinite(value)) return value;
  throw new JipingError(
    'invalid-rule',
    text(`levels 应为数，现为“${level}”`, `levels are numbers here, not “${level}”`),
    where,
  );
}
