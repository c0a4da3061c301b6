import { z } from 'zod';
import { JipingError, text } from '../../problem/index.ts';
import { flag, integer, parseRuleFile, type RuleSource, words } from '../../rules/index.ts';
import type { TrainedModel } from '../fellegi-sunter/trained-model.ts';
import type { Records } from '../records/prepare-records.ts';

const VERSION = '1';

const share = () =>
  z.string().transform((value, context) => {
    const parsed = Number(value);
    if (parsed > 0 && parsed <= 1) return parsed;
    context.addIssue({ code: 'custom', message: `应为 0 与 1 之间的数，现为“${value}”` });
    return z.NEVER;
  });

const level = z.strictObject({ name: words(), m: share(), u: share(), sibling: share().optional() });
const schema = z.strictObject({
  version: z.literal(VERSION),
  prior: share(),
  siblings: share().optional(),
  columns: z.array(z.strictObject({ column: words(), kind: words(), levels: z.array(level).min(2) })).min(1),
  training: z.strictObject({
    converged: flag(),
    iterations: integer(),
    last_change: z.string(),
    compared_pairs: integer(),
    all_pairs: integer(),
    expected_matches: integer(),
    seed: integer(),
    sampled_pairs: integer(),
    levels_never_seen: z.array(words()),
    prior_from: z.enum(['given', 'rules-and-em']),
  }),
});

/** Trained values as a YAML file people can read; scoring with it gives what scoring gave then, byte for byte. */
export function printTrainedModel(trained: TrainedModel): string {
  const lines = [
    '# Trained by jiping link. m: share of a level among true pairs; u: among pairs of different persons;',
    '# sibling: among twins and others that look alike. Weight of a level = log2(m / u).',
    `version: ${VERSION}`,
    `prior: ${trained.prior}`,
    ...(trained.siblings === undefined ? [] : [`siblings: ${trained.siblings.prior}`]),
    'columns:',
  ];
  trained.columns.forEach((column, index) => {
    lines.push(`  - column: ${JSON.stringify(column.column)}`, `    kind: ${column.kind}`, '    levels:');
    column.levels.forEach((one, at) => {
      const sibling = trained.siblings?.levels[index]?.[at];
      lines.push(
        `      - {name: ${one.name}, m: ${one.m}, u: ${one.u}${sibling === undefined ? '' : `, sibling: ${sibling}`}}`,
      );
    });
  });
  const training = trained.training;
  lines.push(
    'training:',
    `  converged: ${training.converged}`,
    `  iterations: ${training.iterations}`,
    `  last_change: ${training.lastChange}`,
    `  compared_pairs: ${training.comparedPairs}`,
    `  all_pairs: ${training.allPairs}`,
    `  expected_matches: ${training.expectedMatches}`,
    `  seed: ${training.seed}`,
    `  sampled_pairs: ${training.sampledPairs}`,
    `  levels_never_seen: [${training.levelsNeverSeen.map((name) => JSON.stringify(name)).join(', ')}]`,
    `  prior_from: ${training.priorFrom}`,
    '',
  );
  return lines.join('\n');
}

/** @throws JipingError `invalid-rule` naming file, line and key. */
export function readTrainedModel(source: RuleSource): TrainedModel {
  const raw = parseRuleFile(source, schema);
  return {
    prior: raw.prior,
    columns: raw.columns.map(({ column, kind, levels }) => ({
      column,
      kind,
      levels: levels.map(({ name, m, u }) => ({ name, m, u })),
    })),
    siblings:
      raw.siblings === undefined
        ? undefined
        : {
            prior: raw.siblings,
            levels: raw.columns.map((column) => column.levels.map((one) => one.sibling ?? one.u)),
          },
    training: {
      converged: raw.training.converged,
      iterations: raw.training.iterations,
      lastChange: Number(raw.training.last_change),
      comparedPairs: raw.training.compared_pairs,
      allPairs: raw.training.all_pairs,
      expectedMatches: raw.training.expected_matches,
      seed: raw.training.seed,
      sampledPairs: raw.training.sampled_pairs,
      levelsNeverSeen: raw.training.levels_never_seen,
      priorFrom: raw.training.prior_from,
    },
  };
}

/** @throws JipingError `conflict` if the trained values are of other columns, kinds or levels than the model's. */
export function checkTrainedFits(trained: TrainedModel, records: Records, file: string): void {
  const shape = (columns: readonly { column: string; kind: string; levels: readonly { name: string }[] }[]): string =>
    JSON.stringify(columns.map(({ column, kind, levels }) => [column, kind, levels.map(({ name }) => name)]));
  const wanted = records.columns.map(({ model, levels }) => ({ column: model.column, kind: model.kind, levels }));
  if (shape(trained.columns) === shape(wanted)) return;
  throw new JipingError(
    'conflict',
    text(
      '训练值的列、比较方式或级别与模型不一致；请重新训练',
      'the trained values have other columns, kinds or levels than the model; train again',
    ),
    { file },
  );
}
