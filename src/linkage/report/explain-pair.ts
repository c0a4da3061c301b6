import { type Text, text } from '../../problem/index.ts';
import { levelReader } from '../comparison/level-reader.ts';
import { columnJobs } from '../fellegi-sunter/pattern-space.ts';
import { termApplies } from '../fellegi-sunter/score-pairs.ts';
import { columnWeight, probabilityOf, siblingWeight } from '../fellegi-sunter/trained-model.ts';
import type { Linkage } from '../link-records.ts';

/** One bar of the waterfall. Weights in bits (thousandths exact); bars from the prior to the total add up. */
export interface ExplainedStep {
  readonly label: string;
  readonly level: string;
  readonly words: Text;
  /** Values as compared; an identity number is masked. */
  readonly left: string;
  readonly right: string;
  readonly weight: number;
  readonly sum: number;
}

export interface ExplainedPair {
  readonly steps: readonly ExplainedStep[];
  readonly weight: number;
  readonly probability: number;
  /** The blocking rules that form the pair; none means it was never compared in the run. */
  readonly rules: readonly (readonly string[])[];
}

/** The weights of one pair, column by column. Adds exactly to the weight in pairs.csv. */
export function explainPair(linkage: Linkage, a: number, b: number): ExplainedPair {
  const { records, space, weights, terms, trained } = linkage;
  const levels = columnJobs(records, space).map((job) => levelReader(job)(a, b));
  const pattern = levels.reduce((sum, level, column) => sum + level * (space.strides[column] ?? 0), 0);
  const identity = weights.repeated === undefined ? 0 : (levels[weights.repeated.identity] ?? 0);
  const steps: ExplainedStep[] = [];
  let sum = 0;
  const add = (label: string, level: string, words: Text, weight: number, left = '', right = ''): void => {
    sum += weight;
    steps.push({ label, level, words, left, right, weight: weight / 1000, sum: sum / 1000 });
  };
  add(
    '先验',
    'prior',
    text(
      `任取两条记录是同一人的机会（约 ${inverse(trained.prior)} 分之一）`,
      `chance that two records picked at random are one person (about 1 in ${inverse(trained.prior)})`,
    ),
    weights.prior,
  );
  let termSum = 0;
  records.columns.forEach((column, index) => {
    const level = levels[index] ?? 0;
    const value = (record: number): string => {
      const code = column.codes[record] ?? -1;
      const shown = code < 0 ? '' : (column.values[code] ?? '');
      return column.model.kind === 'identity-number' ? maskNumber(shown) : shown;
    };
    const used = column.levels[level - 1];
    const weight = columnWeight(weights.levels, weights.repeated, index, level, identity);
    const repeats =
      weights.repeated?.date === index && weights.repeated.implied[identity] === true && level !== 0 && weight === 0;
    const words =
      used === undefined
        ? text('一方缺失，不计分', 'missing on one side: neutral')
        : repeats
          ? text(`${used.text.zh}；证件号码已含生日，不重复计分`, `${used.text.en}; already in the identity number`)
          : used.text;
    add(column.model.column, used?.name ?? 'missing', words, weight, value(a), value(b));
    const table = terms[index];
    if (table === undefined || !termApplies(space, weights, pattern, index)) return;
    const term = table[column.codes[a] ?? 0] ?? 0;
    termSum += term;
    add(
      column.model.column,
      'term-frequency',
      term >= 0
        ? text('这个值比一般的少见', 'the value is rarer than most')
        : text('这个值比一般的常见', 'the value is commoner than most'),
      term,
    );
  });
  if (weights.siblings !== undefined) {
    let odds = weights.siblings.prior + termSum;
    levels.forEach((level, index) => {
      odds += columnWeight(weights.siblings?.levels ?? [], weights.repeated, index, level, identity);
    });
    const weight = siblingWeight(odds);
    if (weight !== 0)
      add('同胞', 'siblings', text('也可能是双胞胎等相像的两人', 'may be twins or others that look alike'), weight);
  }
  const rules = linkage.rules
    .map((rule) => rule.columns)
    .filter((columns) =>
      columns.every((column) => {
        const codes = records.blockCodes.get(column);
        return (codes?.[a] ?? -1) >= 0 && codes?.[a] === codes?.[b];
      }),
    );
  return { steps, weight: sum / 1000, probability: probabilityOf(sum), rules };
}

function inverse(prior: number): string {
  return String(Math.round(1 / prior));
}

/** First six and last four characters; the rest stars. */
export function maskNumber(number: string): string {
  return number.length < 12 ? number.replace(/./gu, '*') : `${number.slice(0, 6)}********${number.slice(-4)}`;
}
