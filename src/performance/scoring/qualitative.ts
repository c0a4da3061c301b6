import { text } from '../../problem/index.ts';
import { shownPercent } from '../print-number.ts';
import type { RuleValue } from '../rule-set.ts';
import { exactly, type Leaf, type Outcome, undecided } from './outcome.ts';

export type Wording = 'attained' | 'partial' | 'failed' | 'unclear';

/** Which of the three bands a result written in words belongs to; `unclear` is left to a person. */
export function wordingOf(words: string, target: string, lists: RuleValue<'qualitative'>): Wording {
  const plain = words.normalize('NFKC').replace(/[。.\s]/g, '');
  // A single character such as 否 says something only when it stands alone.
  const says = (word: string) => (word.length > 1 ? plain.includes(word) : plain === word);
  if (lists.failed.some(says)) return 'failed';
  if (lists.partial.some(says)) return 'partial';
  if (lists.attained.includes(plain)) return 'attained';
  return plain === target.normalize('NFKC').replace(/[。.\s]/g, '') && plain !== '' ? 'attained' : 'unclear';
}

/**
 * A result in words. Attained without reservation gives full marks; partial wording (基本达成) only the second
 * band, an interval in which a person chooses; words that belong to no list leave the leaf undecided.
 */
export function scoreQualitative(leaf: Leaf): Outcome {
  const { weight, rules } = leaf;
  const lists = rules.read('qualitative');
  const [attained, partial, failed] = lists.bands;
  const wording = wordingOf(leaf.actualText, leaf.targetText, lists);
  if (wording === 'attained')
    return exactly(
      weight,
      true,
      text(
        `“${leaf.actualText}”属于“${attained?.label ?? ''}”，得满分。`,
        `“${leaf.actualText}” counts as “${attained?.label ?? ''}”: full points.`,
      ),
    );
  const band = wording === 'partial' ? partial : wording === 'failed' ? failed : undefined;
  if (band === undefined)
    return undecided(
      weight,
      text(
        `“${leaf.actualText}”不能对应到评分档次，待评价人确定档次。`,
        `“${leaf.actualText}” belongs to no band: for the evaluator to decide.`,
      ),
      [
        {
          rule: 'actual-not-understood',
          zh: `实际完成值“${leaf.actualText}”不能判断是否达成，请写明完成、部分达成或未达成，或改为数字`,
          en: 'the actual does not say whether the target was reached; say so, or give a number',
        },
      ],
    );
  return {
    low: weight.mul(band.from),
    high: weight.mul(band.to),
    highOpen: true,
    met: false,
    explanation: text(
      `“${leaf.actualText}”属于“${band.label}”，得分在分值的${shownPercent(band.from)}（含）至${shownPercent(band.to)}之间，待评价人确定。`,
      `“${leaf.actualText}” counts as “${band.label}”: from ${shownPercent(band.from)} (included) to ${shownPercent(band.to)} of the points, for the evaluator to decide.`,
    ),
    notices:
      wording === 'partial'
        ? [
            {
              rule: 'partial-wording',
              zh: `“${leaf.actualText}”是部分达成的说法，不能得满分`,
              en: 'the wording says partly reached, which cannot give full marks',
            },
          ]
        : [],
  };
}
