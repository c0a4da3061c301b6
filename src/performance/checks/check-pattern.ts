import { Exact } from '../../quantity/index.ts';
import type { Total } from '../evaluation.ts';
import { placeOf, placeOrSheet } from '../place-of.ts';
import { shownPercent } from '../print-number.ts';
import { inUnitOf } from '../scoring/compare.ts';
import type { LeafResult, Scoring } from '../scoring-context.ts';

/** What only the table as a whole shows: targets written after the results, full marks in spite of open leaves. */
export function checkPattern(scoring: Scoring, leaves: readonly LeafResult[], total: Total): void {
  checkBackfit(scoring, leaves);
  checkFullScore(scoring, leaves, total);
  checkNames(scoring, leaves);
}

function checkBackfit({ problems, rules, book }: Scoring, leaves: readonly LeafResult[]): void {
  const compared = leaves.flatMap(({ target, actual, indicator }) => {
    if (target.kind !== 'number' || actual.kind !== 'number' || indicator.isExecution) return [];
    const value = inUnitOf(target.unit, actual);
    return value === undefined ? [] : [{ row: indicator.row, isSame: value.eq(target.value) }];
  });
  const same = compared.filter(({ isSame }) => isSame);
  const equal = same.length;
  if (compared.length < 3) return;
  const share = Exact.ratio(BigInt(equal), BigInt(compared.length));
  if (share.lt(rules.fork().read('equalShare'))) return;
  problems.add(
    'targets-equal-actuals',
    `${compared.length}项定量指标中有${equal}项实际完成值与指标值完全相同（${shownPercent(share)}），疑为按结果倒填指标`,
    `${equal} of ${compared.length} numeric targets equal their results: they look written afterwards`,
    placeOrSheet(
      book.tables.indicators,
      book.tables.indicators.records.find((record) => record.row === same[0]?.row),
      'actual',
    ),
  );
}

/** R24: the highest score while something is not reached, not proven, late or unexplained. */
function checkFullScore({ problems, book, budget }: Scoring, leaves: readonly LeafResult[], total: Total): void {
  if (total.claimed === undefined || total.claimed.value.lt(Exact.hundred)) return;
  const open = leaves.filter((leaf) => leaf.applicable && leaf.indicator.undecided).length;
  const unmet = leaves.filter((leaf) => leaf.applicable && leaf.met === false).length;
  const late = budget.lateness.filter((one) => one.days.value.sign > 0).length;
  const reasons = [
    ...(open > 0 ? [`${open}项待定`] : []),
    ...(unmet > 0 ? [`${unmet}项未达到指标值`] : []),
    ...(late > 0 ? [`${late}笔资金迟到`] : []),
  ];
  if (reasons.length === 0) return;
  const cell = book.project.claimedTotal?.cell;
  problems.add(
    'full-score-unsupported',
    `自评满分${total.claimed.value.toString()}分，但有${reasons.join('、')}`,
    'full marks are claimed although leaves are open, not reached, or money came late',
    cell === undefined ? { sheet: book.tables.indicators.sheet } : { sheet: book.projectSheetName, cell },
  );
}

function checkNames({ problems, book }: Scoring, leaves: readonly LeafResult[]): void {
  const sheet = book.tables.indicators;
  const seen = new Map<string, number>();
  for (const { record, applicable } of leaves) {
    const name = record?.level3?.trim() ?? '';
    if (record === undefined || !applicable || name === '') continue;
    const before = seen.get(name);
    if (before === undefined) seen.set(name, record.row);
    else
      problems.add(
        'indicator-twice',
        `三级指标“${name}”与第${before}行重复`,
        `same indicator as row ${before}`,
        placeOf(sheet, record, 'level3'),
      );
  }
}
