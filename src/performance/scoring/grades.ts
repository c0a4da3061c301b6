import { text } from '../../problem/index.ts';
import { shownPercent } from '../print-number.ts';
import { exactly, type Leaf, type Outcome, undecided } from './outcome.ts';

/** 优 良 中 低 差 as the actual: the target grade or better gives full marks, else the span of the grade reached. */
export function scoreGrade(leaf: Leaf): Outcome {
  const { weight, rules } = leaf;
  const grades = rules.read('grades');
  const position = (word: string) => grades.findIndex((grade) => grade.label === word.trim());
  const reached = position(leaf.actualText);
  const grade = grades[reached];
  if (grade === undefined)
    return undecided(
      weight,
      text(
        `“${leaf.actualText}”不是规则集的等级（${grades.map((one) => one.label).join('、')}）。`,
        `“${leaf.actualText}” is no grade of the rule set (“${grades.map((one) => one.label).join('、')}”).`,
      ),
      [
        {
          rule: 'actual-not-understood',
          zh: `等级“${leaf.actualText}”不在规则集的等级中`,
          en: 'the grade is not one of the rule set',
        },
      ],
    );
  const wanted = position(leaf.targetText);
  if (wanted >= 0 && reached <= wanted)
    return exactly(
      weight,
      true,
      text(`达到等级“${leaf.targetText}”，得满分。`, `Grade “${leaf.targetText}” reached: full points.`),
    );
  return {
    low: weight.mul(grade.from),
    high: weight.mul(grade.to),
    highOpen: reached > 0,
    met: wanted < 0 && reached === 0,
    explanation: text(
      `等级“${grade.label}”，得分在分值的${shownPercent(grade.from)}至${shownPercent(grade.to)}之间，待评价人确定。`,
      `Grade “${grade.label}”: between ${shownPercent(grade.from)} and ${shownPercent(grade.to)} of the points, for the evaluator to decide.`,
    ),
  };
}
