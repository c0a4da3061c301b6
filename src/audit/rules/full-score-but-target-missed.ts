import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { attainment, type Detect, figure, isLate, nameOf, operand, readable, sameUnit, span } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import { printedTiers } from '../prose/printed-tiers.ts';
import type { IndicatorRow } from '../read/table.ts';

const RULE = 'full-score-but-target-missed';

/** The target is not met and the score is the whole weight. */
export const fullScoreButTargetMissed: Detect = (context) => {
  const found = ofRows(context);
  return found.length > 0 ? found : ofTiers(context);
};

/** ≥75%得5分,≥70%得3分 answered by 72.40% and 5 points: the full score of the tiers for a result below the first. */
const ofTiers: Detect = (context) =>
  printedTiers(context)
    .filter((finding) => {
      const [rule] = finding.quotes;
      const points = [...context.text.slice(rule?.start ?? 0, rule?.end ?? 0).matchAll(/得\s?(\d+(?:\.\d+)?)\s?分/g)];
      const values = points.map((match) => Exact.of(match[1] ?? '0'));
      return values.length > 1 && Exact.max(Exact.zero, ...values).eq(Exact.of(finding.stated));
    })
    .map((finding) => ({ ...finding, rule: RULE }));

const ofRows: Detect = (context) =>
  context.rows.flatMap((row): Finding[] => {
    const target = figure(row.target);
    const actual = figure(row.actual);
    const weight = figure(row.weight);
    const score = figure(row.score);
    if (weight === undefined || score === undefined) return [];
    if (isLate(row) && readable(row, 'weight', 'score') && score.value.value.eq(weight.value.value))
      return [
        warning(RULE, {
          message: text(
            `“${nameOf(row)}”应在 ${row.target?.text} 完成，实际 ${row.actual?.text}，迟了却得满分 ${score.text}`,
            `“${nameOf(row)}” was due “${row.target?.text}” and done “${row.actual?.text}”, yet has the full score`,
          ),
          stated: score.text,
          expected: `<${weight.text}`,
          quotes: span(row.target, row.actual, row.score),
        }),
      ];
    if (target === undefined || actual === undefined) return [];
    if (
      !readable(row, 'target', 'actual', 'weight', 'score') ||
      !score.value.value.eq(weight.value.value) ||
      weight.value.value.sign <= 0
    )
      return [];
    const parts = {
      message: text(
        `“${nameOf(row)}”目标 ${target.text}，实际 ${actual.text}，未达到目标却得满分 ${score.text}`,
        `“${nameOf(row)}”: target “${target.text}”, actual “${actual.text}”, yet the full score ${score.text}`,
      ),
      stated: score.text,
      expected: `<${weight.text}`,
      quotes: span(row.target, row.actual, row.score),
    };
    const { operator } = target.value;
    if (operator === undefined) {
      // A bare target of an output or effect is a floor; of a cost it is a ceiling.
      if (!sameUnit(target.value, actual.value) || actual.value.operator !== undefined) return [];
      if (isCost(row) ? actual.value.value.gt(target.value.value) : actual.value.value.lt(target.value.value))
        return [warning(RULE, parts)];
      return [];
    }
    if (attainment(row) !== 'missed') return [];
    if (operator === '=' && actual.value.value.gt(target.value.value)) return [];
    const floor = operator === '≥' || operator === '>';
    // A sign against the sense of the indicator is the defect, not the score.
    const odd = floor ? isCost(row) && target.value.unit !== '%' : operator !== '=' && !isBounded(row);
    const strict = actual.value.value.eq(target.value.value);
    const unlike = target.value.unit !== actual.value.unit;
    if (odd || strict || !row.together || (unlike && actual.value.unit !== '' && target.value.unit !== ''))
      return [warning(RULE, parts)];
    return [
      proven(
        RULE,
        {
          kind: 'missed-yet-full',
          operator,
          target: operand('目标', target),
          actual: operand('实际', actual),
          weight: operand('分值', weight),
          score: operand('得分', score),
        },
        context.source,
        parts,
      ),
    ];
  });

export function isCost(row: IndicatorRow): boolean {
  return /成本/.test(row.level2 + row.level1) || /成本|费用|金额|支出|投入|造价/.test(row.name?.text ?? '');
}

/** Things of which less is better, or which a rule caps. */
export function isBounded(row: IndicatorRow): boolean {
  return (
    isCost(row) ||
    /标准|限额|投诉|事故|死亡|伤亡|受害|受灾|成灾|灾害|损失|发生|差错|延误|时间|时长|天数|周期|能耗|排放|退回|违规|贫困|失业|不超|控制|上限|偏差|误差|逾期|率/.test(
      row.name?.text ?? '',
    ) ||
    /时效/.test(row.level2)
  );
}
