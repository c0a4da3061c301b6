import { Exact, POINT, round } from '../quantity/index.ts';
import type { Evaluation, Figure, Grade, Total } from './evaluation.ts';
import { type FactBook, figure, numberValue, spanValue } from './facts.ts';
import type { RuleReader } from './rule-reader.ts';
import type { LeafResult, Scoring } from './scoring-context.ts';

/**
 * The three totals. Leaf scores were rounded once each and are added; a table with leaves that do not apply is
 * brought back to 100 by one factor, which is a fact.
 */
export function totalOf(scoring: Scoring, leaves: readonly LeafResult[]): Total {
  const { book, facts } = scoring;
  const applicable = leaves.filter((leaf) => leaf.applicable).map((leaf) => leaf.indicator);
  const weights = applicable.flatMap((leaf) => leaf.weight ?? []);
  const weight = sum(facts, { concept: 'total.weight', label: '分值合计' }, weights);
  const factor = rescaleFactor(scoring, leaves, weight);
  const stated = book.project.claimedTotal;
  const claimedStated =
    stated === undefined
      ? undefined
      : figure(
          facts.entered({ concept: 'total.claimed', label: '自评总分' }, numberValue(stated.value, POINT), {
            sheet: book.projectSheetName,
            cell: stated.cell,
          }),
          stated.value,
          POINT,
        );
  return {
    suggested: suggestedTotal(scoring, leaves, factor, weight),
    claimed:
      claimedStated ??
      sumIfAll(
        facts,
        'claimed',
        '自评总分',
        applicable.map((leaf) => leaf.claimed),
      ),
    reviewed: applicable.some((leaf) => leaf.reviewed !== undefined)
      ? sumIfAll(
          facts,
          'reviewed',
          '复核总分',
          applicable.map((leaf) => leaf.reviewed ?? leaf.claimed),
        )
      : undefined,
    undecided: applicable.filter((leaf) => leaf.undecided).length,
    weight,
  };
}

function sum(
  facts: FactBook,
  head: { readonly concept: string; readonly label: string },
  figures: readonly Figure[],
): Figure | undefined {
  if (figures.length === 0) return undefined;
  const value = Exact.sum(figures.map((one) => one.value));
  const fact = facts.computed(head, numberValue(value, POINT), {
    formula: '各三级指标相加',
    inputs: figures.map((one) => one.factId),
  });
  return figure(fact, value, POINT);
}

function sumIfAll(
  facts: FactBook,
  key: string,
  label: string,
  figures: readonly (Figure | undefined)[],
): Figure | undefined {
  const present = figures.filter((one) => one !== undefined);
  return present.length === figures.length ? sum(facts, { concept: `total.${key}`, label }, present) : undefined;
}

/** 100 ÷ points of the leaves that apply, when some do not; else absent. */
function rescaleFactor(
  { facts, rules }: Scoring,
  leaves: readonly LeafResult[],
  weight: Figure | undefined,
): Figure | undefined {
  const removed = leaves.some((leaf) => leaf.record?.notApplicable === true && leaf.indicator.weight !== undefined);
  if (!removed || weight === undefined || weight.value.isZero) return undefined;
  const own = rules.fork();
  own.read('notApplicable');
  const value = Exact.hundred.div(weight.value);
  const fact = facts.computed({ concept: 'total.rescale', label: '百分制折算系数' }, numberValue(value, POINT), {
    formula: '100 ÷ 适用指标分值合计',
    inputs: [weight.factId],
    rules: own.references(),
  });
  return figure(fact, value, POINT);
}

function suggestedTotal(
  { facts, rules }: Scoring,
  leaves: readonly LeafResult[],
  factor: Figure | undefined,
  weight: Figure | undefined,
): Total['suggested'] {
  const scored = leaves.flatMap((leaf) => leaf.indicator.suggested ?? []);
  if (scored.length === 0 || weight === undefined) return undefined;
  const own = rules.fork();
  const unweighted = leaves.some((leaf) => leaf.applicable && leaf.indicator.weight === undefined);
  const scale = (value: Exact) => (factor === undefined ? value : round(value.mul(factor.value), own.read('rounding')));
  const min = scale(Exact.sum(scored.map((score) => score.min)));
  const open = unweighted ? Exact.max(Exact.zero, Exact.hundred.sub(weight.value)) : Exact.zero;
  const max = scale(Exact.sum(scored.map((score) => score.max))).add(open);
  const fact = facts.computed({ concept: 'total.suggested', label: '建议总分' }, spanValue(min, max, POINT), {
    formula: factor === undefined ? '各三级指标建议分相加' : '各三级指标建议分相加 × 百分制折算系数',
    inputs: [...scored.map((score) => score.factId), ...(factor === undefined ? [] : [factor.factId])],
    rules: own.references(),
  });
  return { min, max, factId: fact.id };
}

/** The label of the half-open band a score falls in; above 100 and below 0 belong to the outermost bands. */
export function gradeLabel(rules: RuleReader, score: Exact): string {
  const bands = rules.read('bands');
  return (bands.find((band) => score.ge(band.from)) ?? bands.at(-1))?.label ?? '';
}

export function gradesOf({ book, facts, rules }: Scoring, total: Total): Evaluation['grade'] {
  const grade = (concept: string, label: string, low: Exact, high: Exact, input: string): Grade | undefined => {
    const own = rules.fork();
    const word = gradeLabel(own, low);
    if (word !== gradeLabel(own, high)) return undefined;
    const fact = facts.computed(
      { concept, label },
      { kind: 'text', value: word },
      {
        formula: '总分所在的等级区间（含下限，不含上限）',
        inputs: [input],
        rules: own.references(),
      },
    );
    return { label: word, factId: fact.id };
  };
  const { claimed, suggested } = total;
  return {
    claimed:
      claimed === undefined
        ? undefined
        : grade('grade.claimed', '自评等级', claimed.value, claimed.value, claimed.factId),
    suggested:
      suggested === undefined
        ? undefined
        : grade('grade.suggested', '建议等级', suggested.min, suggested.max, suggested.factId),
    stated: book.project.claimedGrade?.value ?? '',
  };
}
