import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { MeasureValue } from '../measure.ts';
import { scoreBinary } from './binary.ts';
import { inUnitOf, reaches } from './compare.ts';
import { scoreExact } from './exact-match.ts';
import { scoreGrade } from './grades.ts';
import { scoreNegative } from './negative.ts';
import { type Leaf, type Outcome, undecided } from './outcome.ts';
import { scorePercentage } from './percentage.ts';
import { scorePositive } from './positive.ts';
import { scoreQualitative, wordingOf } from './qualitative.ts';
import { scoreRange } from './range.ts';
import { scoreSatisfaction } from './satisfaction.ts';
import { scoreStep } from './step.ts';

/** The 评分方式 of the indicator sheet that compare an actual with a target. */
export type ScoringKind = '按比例' | '达到即满分' | '定性分档' | '等级' | '阶梯' | '满意度';

/** The suggested score of a leaf that has an actual, before limits and rounding. */
export function scoreLeaf(leaf: Leaf, kind: ScoringKind | undefined): Outcome {
  const { target, actual, weight } = leaf;
  if (actual.kind === 'none')
    return undecided(weight, text('没有实际完成值，待定。', 'No actual: undecided.'), [
      {
        rule: 'actual-missing',
        zh: '没有实际完成值，请填写或写计算公式',
        en: 'there is no actual: enter one or a formula',
      },
    ]);
  if (kind === '等级' || (kind === undefined && actual.kind === 'grade')) return scoreGrade(leaf);
  if (kind === '定性分档') return scoreQualitative(leaf);
  if (target.kind === 'none')
    return undecided(weight, text('没有指标值，不能评分，待定。', 'No target to score against: undecided.'), [
      {
        rule: 'target-missing',
        column: 'target',
        zh: '没有指标值，实际完成值无从比较',
        en: 'there is no target to compare the actual with',
      },
    ]);
  if (actual.kind === 'text' && target.kind !== 'number' && target.kind !== 'range') return byWords(leaf, kind);
  if (target.kind === 'date' && actual.kind === 'date') return scoreBinary(weight, actual.value <= target.value);
  if (actual.kind === 'number' && target.kind === 'number') return byNumber(leaf, kind, actual, target);
  if (actual.kind === 'number' && target.kind === 'range') {
    const value = inUnitOf(target.unit, actual);
    if (value === undefined) return differentThings(leaf);
    const inside = value.ge(target.low) && value.le(target.high);
    return kind === '达到即满分' ? scoreBinary(weight, inside) : scoreRange(leaf, value, target.low, target.high);
  }
  return differentThings(leaf);
}

function byWords(leaf: Leaf, kind: ScoringKind | undefined): Outcome {
  const wording = wordingOf(leaf.actualText, leaf.targetText, leaf.rules.read('qualitative'));
  if (kind === '达到即满分' && wording !== 'unclear') {
    const binary = scoreBinary(leaf.weight, wording === 'attained');
    const notices = scoreQualitative(leaf).notices ?? [];
    return { ...binary, notices };
  }
  return scoreQualitative(leaf);
}

function byNumber(
  leaf: Leaf,
  kind: ScoringKind | undefined,
  actual: Extract<MeasureValue, { kind: 'number' }>,
  target: Extract<MeasureValue, { kind: 'number' }>,
): Outcome {
  const value = inUnitOf(target.unit, actual);
  if (value === undefined) return differentThings(leaf);
  const isPercent = target.unit.symbol === '%';
  switch (kind) {
    case '达到即满分':
      return scoreBinary(leaf.weight, reaches(value, leaf.operator, target.value));
    case '阶梯':
      return isPercent || target.value.sign <= 0
        ? scoreStep(leaf, value, target.value)
        : scoreStep(leaf, value.div(target.value).mul(Exact.hundred), Exact.hundred);
    case '满意度':
      return scoreSatisfaction(leaf, value, target.value);
    default:
  }
  if (isPercent) return scorePercentage(leaf, value, target.value);
  switch (leaf.operator) {
    case '≥':
    case '>':
      return scorePositive(leaf, value, target.value);
    case '≤':
    case '<':
      return scoreNegative(leaf, value, target.value);
    default:
      return scoreExact(leaf, value, target.value);
  }
}

function differentThings(leaf: Leaf): Outcome {
  return undecided(
    leaf.weight,
    text(
      `实际完成值“${leaf.actualText}”与指标值“${leaf.targetText}”不能比较，待定。`,
      `The actual “${leaf.actualText}” cannot be compared with the target “${leaf.targetText}”: undecided.`,
    ),
    [
      {
        rule: 'actual-not-understood',
        zh: `实际完成值“${leaf.actualText}”与指标值“${leaf.targetText}”的单位或写法不同，不能比较`,
        en: 'the actual and the target have different units or forms and cannot be compared',
      },
    ],
  );
}
