import { text } from '../../problem/index.ts';
import {
  attainment,
  type Detect,
  explained,
  fallsShort,
  figure,
  isLate,
  nameOf,
  readable,
  rowQuotes,
} from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { reasonDemanded } from '../prose/reason-demanded.ts';

const RULE = 'missing-deviation-reason';

/** A missed target or a lost point without an explanation. */
export const missingDeviationReason: Detect = (context) => {
  const found = ofRows(context);
  return found.length > 0 ? found : reasonDemanded(context);
};

const ofRows: Detect = (context) =>
  context.rows.flatMap((row): Finding[] => {
    if (explained(row)) return [];
    const weight = figure(row.weight);
    const score = figure(row.score);
    const lost =
      weight !== undefined &&
      score !== undefined &&
      readable(row, 'weight', 'score') &&
      score.value.value.lt(weight.value.value);
    const behind = attainment(row) === 'missed' || fallsShort(row) || isLate(row);
    const missed = behind && !(row.prose && explainedNearby(context.text, row.actual?.end ?? 0));
    if (!lost && !missed) return [];
    const quotes = rowQuotes(row);
    const name = nameOf(row);
    const what = missed
      ? text(
          `目标 ${row.target?.text ?? ''}、实际 ${row.actual?.text ?? ''}`,
          `target “${row.target?.text ?? ''}”, actual “${row.actual?.text ?? ''}”`,
        )
      : text(
          `分值 ${weight?.text ?? ''} 只得 ${score?.text ?? ''}`,
          `weight ${weight?.text ?? ''}, score ${score?.text ?? ''}`,
        );
    return [
      warning(RULE, {
        message: text(`“${name}”${what.zh}，没有说明偏差原因`, `“${name}” deviates (${what.en}) without a reason`),
        stated: missed ? (row.actual?.text ?? '') : (score?.text ?? ''),
        expected: '偏差原因',
        quotes: [...quotes, ...(row.actual === undefined ? [] : [{ start: row.actual.start, end: row.actual.end }])],
      }),
    ];
  });

function explainedNearby(folded: string, at: number): boolean {
  return /^[^。\n]{0,60}(?:原因|由于|因为|主要是|受[^。]{0,12}影响)/.test(folded.slice(at, at + 90));
}
