import { Exact } from '../../quantity/index.ts';
import type { Evaluation, Total } from '../evaluation.ts';
import { placeOf } from '../place-of.ts';
import { wordingOf } from '../scoring/qualitative.ts';
import type { LeafResult, Scoring } from '../scoring-context.ts';
import { gradeLabel } from '../total.ts';

/** The unit's own scores against the suggested ones, and its total and grade word against its own scores. */
export function checkClaims(
  scoring: Scoring,
  leaves: readonly LeafResult[],
  total: Total,
  grade: Evaluation['grade'],
): void {
  for (const leaf of leaves) {
    checkLeaf(scoring, leaf);
    checkWording(scoring, leaf);
    checkReview(scoring, leaf);
  }
  checkTotal(scoring, leaves);
  checkGrade(scoring, total, grade);
}

function checkLeaf({ problems, book }: Scoring, { indicator, record }: LeafResult): void {
  const { claimed, suggested, weight } = indicator;
  if (claimed === undefined || record === undefined) return;
  const sheet = book.tables.indicators;
  const where = placeOf(sheet, record, 'claimed');
  const name = indicator.path[2] || indicator.path[1];
  const over = weight !== undefined && claimed.value.gt(weight.value);
  if (over || claimed.value.sign < 0)
    problems.add(
      'claimed-over-weight',
      `${name}：自评${claimed.value.toString()}分，应在0至分值${weight?.value.toString() ?? ''}之间`,
      `“${name}”: the claimed score is outside 0 and the points`,
      where,
    );
  if (weight === undefined)
    problems.add(
      'claimed-without-weight',
      `${name}：有自评得分，没有分值`,
      `“${name}”: a claimed score without points`,
      placeOf(sheet, record, 'weight'),
    );
  if (suggested === undefined || over) return;
  const { min, max } = suggested;
  if (claimed.value.ge(min) && claimed.value.le(max)) return;
  const span = min.eq(max) ? min.toString() : `${min.toString()}—${max.toString()}`;
  const nearest = claimed.value.gt(max) ? max : min;
  problems.add(
    'claimed-differs',
    `${name}：自评${claimed.value.toString()}分，建议${span}分，相差${claimed.value.sub(nearest).abs().toString()}分。${indicator.explanation.zh}`,
    `“${name}”: claimed ${claimed.value.toString()}, suggested ${span}. ${indicator.explanation.en}`,
    where,
  );
}

/** A reviewer who changes a score says why, and keeps inside the points. */
function checkReview({ problems, book }: Scoring, { indicator, record }: LeafResult): void {
  const { claimed, reviewed, weight } = indicator;
  if (reviewed === undefined || record === undefined) return;
  const sheet = book.tables.indicators;
  const name = indicator.path[2] || indicator.path[1];
  if (reviewed.value.sign < 0 || (weight !== undefined && reviewed.value.gt(weight.value)))
    problems.add(
      'reviewed-over-weight',
      `${name}：复核${reviewed.value.toString()}分，应在0至分值${weight?.value.toString() ?? ''}之间`,
      `“${name}”: the reviewed score is outside 0 and the points`,
      placeOf(sheet, record, 'reviewed'),
    );
  const differs = claimed === undefined || !claimed.value.eq(reviewed.value);
  if (differs && (record.reviewReason ?? '').trim() === '')
    problems.add(
      'review-reason-missing',
      `${name}：复核得分与自评得分不同，没有写复核理由`,
      `“${name}”: the reviewed score differs from the claimed one without a reason`,
      placeOf(sheet, record, 'reviewReason'),
    );
}

/** R12: full marks for a result that its own words call partial. */
function checkWording({ problems, book, rules }: Scoring, { indicator, record }: LeafResult): void {
  const { claimed, weight } = indicator;
  if (record?.actual === undefined || claimed === undefined || weight === undefined || claimed.value.lt(weight.value))
    return;
  if (wordingOf(record.actual, record.target ?? '', rules.fork().read('qualitative')) !== 'partial') return;
  const sheet = book.tables.indicators;
  problems.add(
    'partial-wording-full-marks',
    `${indicator.path[2]}：实际完成值写“${record.actual}”，却自评满分${claimed.value.toString()}分`,
    `“${indicator.path[2]}”: the wording says partly reached, full marks are claimed`,
    placeOf(sheet, record, 'claimed'),
  );
}

function checkTotal({ problems, book }: Scoring, leaves: readonly LeafResult[]): void {
  const stated = book.project.claimedTotal;
  if (stated === undefined) return;
  const where = { sheet: book.projectSheetName, cell: stated.cell };
  const applicable = leaves.filter((leaf) => leaf.applicable);
  const claimed = applicable.flatMap((leaf) => leaf.indicator.claimed ?? []);
  if (claimed.length === 0)
    problems.add(
      'claimed-total-without-leaves',
      `自评总分${stated.value.toString()}分没有任何指标得分支撑`,
      `the claimed total ${stated.value.toString()} has no leaf scores behind it`,
      where,
    );
  else {
    const sum = Exact.sum(claimed.map((figure) => figure.value));
    const partial = claimed.length < applicable.length;
    if (!sum.eq(stated.value))
      problems.add(
        'claimed-total-differs',
        `自评总分${stated.value.toString()}分，各指标自评得分相加为${sum.toString()}分${partial ? `（有${applicable.length - claimed.length}项没有自评得分）` : ''}`,
        `the claimed total is ${stated.value.toString()}, the leaf scores add up to ${sum.toString()}`,
        where,
      );
  }
}

function checkGrade({ problems, book, rules }: Scoring, total: Total, grade: Evaluation['grade']): void {
  const word = book.project.claimedGrade;
  if (word === undefined) return;
  const own = rules.fork();
  const labels = own.read('bands').map((band) => band.label);
  const where = { sheet: book.projectSheetName, cell: word.cell };
  if (!labels.includes(word.value))
    problems.add(
      'grade-word-unknown',
      `自评等级“${word.value}”不在规则集的等级名称中（${labels.join('、')}）`,
      `the grade “${word.value}” is not one of “${labels.join('、')}”`,
      where,
    );
  else if (total.claimed !== undefined && grade.claimed?.label !== word.value)
    problems.add(
      'grade-differs',
      `自评等级写“${word.value}”，自评总分${total.claimed.value.toString()}分应为“${gradeLabel(own, total.claimed.value)}”`,
      `the grade says “${word.value}”, the claimed total gives “${gradeLabel(own, total.claimed.value)}”`,
      where,
    );
}
