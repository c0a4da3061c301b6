import { Exact, toFixed } from '../../quantity/index.ts';
import { type AuditContext, figure, operand, readable } from '../context.ts';
import { checkProof } from '../proof/check-proof.ts';
import type { Proof } from '../proof/proof.ts';
import type { IndicatorRow } from '../read/table.ts';
import type { BandRule } from './find-scoring-rules.ts';

/**
 * A row whose result is said in the words of one printed band and whose score lies outside that band: the proof, and
 * the points the band allows. `undefined` when the words are no band's or of more than one, or the proof falls.
 */
export function outsideBand(
  context: AuditContext,
  row: IndicatorRow,
  rule: BandRule,
): { readonly proof: Proof; readonly range: string } | undefined {
  const { actual } = row;
  const weight = figure(row.weight);
  const score = figure(row.score);
  if (actual === undefined || actual.value !== undefined || weight === undefined || score === undefined)
    return undefined;
  if (!readable(row, 'actual', 'weight', 'score') || !row.together) return undefined;
  const said = actual.text.replace(/\s+/g, '');
  const fitting = rule.bands.filter((band) => said.length >= 5 && band.name.startsWith(said));
  const [band] = fitting;
  if (band === undefined || fitting.length > 1) return undefined;
  const proof: Proof = {
    kind: 'score-outside-band',
    rule: { start: rule.start, end: rule.end },
    wording: { start: actual.start, end: actual.end },
    high: band.high,
    low: band.low,
    weight: operand('分值', weight),
    score: operand('得分', score),
  };
  if (!checkProof(proof, context.text)) return undefined;
  const points = (percent: Exact): string =>
    toFixed(weight.value.value.mul(percent).div(Exact.hundred), { places: 2, mode: 'half-up' }).replace(/\.?0+$/, '');
  return { proof, range: `${points(band.low.value)}–${points(band.high.value)}` };
}
