import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import {
  type AuditContext,
  attainment,
  type Detect,
  figure,
  nameOf,
  operand,
  readable,
  rowQuotes,
  span,
  totalRow,
} from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import { type BandRule, findBandRule, findScoringRule, type ScoringRule } from '../printed-rules/find-scoring-rules.ts';
import { outsideBand } from '../printed-rules/outside-band.ts';
import { checkProof } from '../proof/check-proof.ts';
import type { Proof } from '../proof/proof.ts';
import { printedDeductions } from '../prose/printed-deductions.ts';
import { printedGrade } from '../prose/printed-grade.ts';
import { printedTiers } from '../prose/printed-tiers.ts';
import type { IndicatorRow } from '../read/table.ts';

const RULE = 'score-formula-mismatch';
const LOOSELY =
  /(?:按|依)(?:照)?(?:完成)?比例(?:计分|得分|赋分|扣分)|完成值\s*[/÷]\s*(?:目标值|指标值|年初目标值)\s*[*×]/;

/**
 * A missed leaf does not score as the document itself says it should: B/A × weight, or the band of a qualitative
 * result. Does not apply where no such rule is printed.
 */
export const scoreFormulaMismatch: Detect = (context) => {
  const up = findScoringRule(context.text, 'up');
  const down = findScoringRule(context.text, 'down');
  const bands = findBandRule(context.text);
  const budget = [
    ...ofBudget(context),
    ...printedGrade(context),
    ...printedDeductions(context),
    ...printedTiers(context),
  ];
  const loosely = LOOSELY.test(context.text);
  if (up === undefined && down === undefined && bands === undefined && !loosely) return budget;
  return [
    ...budget,
    ...context.rows.flatMap((row) => [
      ...byProportion(context, row, up, down, loosely),
      ...(bands === undefined ? [] : byBand(context, row, bands)),
    ]),
  ];
};

function byProportion(
  context: AuditContext,
  row: IndicatorRow,
  up: ScoringRule | undefined,
  down: ScoringRule | undefined,
  loosely: boolean,
): Finding[] {
  const target = figure(row.target);
  const actual = figure(row.actual);
  const weight = figure(row.weight);
  const score = figure(row.score);
  if (
    !readable(row, 'weight', 'score') ||
    attainment(row) !== 'missed' ||
    target === undefined ||
    actual === undefined ||
    weight === undefined ||
    score === undefined
  )
    return [];
  const { operator } = target.value;
  const upwards = operator === '≥' || operator === '>' || operator === '=';
  const [top, bottom] = upwards ? [actual, target] : [target, actual];
  if (bottom.value.value.isZero) return [];
  const due = Exact.max(Exact.zero, Exact.min(Exact.one, top.value.value.div(bottom.value.value))).mul(
    weight.value.value,
  );
  if (due.sub(score.value.value).abs().le(Exact.ratio(1n, 2n))) return [];
  const rule = upwards ? up : down;
  if (rule === undefined && !loosely) return [];
  const expected = toFixed(due, { places: 2, mode: 'half-up' });
  const parts = {
    message: text(
      `“${nameOf(row)}”按文中所写的比例应得 ${expected} 分，写的是 ${score.text} 分`,
      `“${nameOf(row)}” scores ${expected} by the printed rule, not ${score.text}`,
    ),
    stated: score.text,
    expected,
    quotes: [...rowQuotes(row), ...(rule === undefined ? [] : [{ start: rule.start, end: rule.end }])],
  };
  // = and < are not what the printed rules speak of; a full score is another rule's finding.
  const plain = (operator === '≥' || operator === '≤') && target.value.unit === actual.value.unit && row.together;
  if (rule === undefined || !plain || score.value.value.eq(weight.value.value)) return [warning(RULE, parts)];
  const proof: Proof = {
    kind: 'score-by-rule',
    rule: { start: rule.start, end: rule.end },
    reading: upwards ? 'up' : 'down',
    part: operand(upwards ? '完成值' : '指标值', top),
    whole: operand(upwards ? '指标值' : '完成值', bottom),
    weight: operand('分值', weight),
    score: operand('得分', score),
  };
  return [checkProof(proof, context.text) ? proven(RULE, proof, context.source, parts) : warning(RULE, parts)];
}

/** 部分达成 printed as the result, a score outside the band the document prints for it. */
function byBand(context: AuditContext, row: IndicatorRow, rule: BandRule): Finding[] {
  const score = figure(row.score);
  const weight = figure(row.weight);
  // A full score beside 部分达成 is a finding of its own.
  if (score === undefined || weight === undefined || score.value.value.eq(weight.value.value)) return [];
  const outside = outsideBand(context, row, rule);
  if (outside === undefined) return [];
  return [
    proven(RULE, outside.proof, context.source, {
      message: text(
        `“${nameOf(row)}”完成情况是“${row.actual?.text}”，按文中写明的档次应在 ${outside.range} 分之间，写的是 ${score.text} 分`,
        `“${nameOf(row)}” is said to be “${row.actual?.text}”: by the printed bands the score lies in ${outside.range}, not at ${score.text}`,
      ),
      stated: score.text,
      expected: outside.range,
      quotes: [...rowQuotes(row), { start: rule.start, end: rule.end }],
    }),
  ];
}

const ON_THE_HEAD = /得\s*分\s*\(\s*(\d+)\s*分?\s*[×xX*]\s*执行率\s*\)/g;

/** 得分(20分*执行率) over the column, 90% and 20 below it. score-vs-rate holds it against any rule; this against the head. */
function ofBudget(context: AuditContext): Finding[] {
  const [head, second] = [...context.text.matchAll(ON_THE_HEAD)];
  if (head === undefined || second !== undefined) return [];
  return context.tables.flatMap((table): Finding[] => {
    const row = totalRow(table.budget);
    const [rate, score] = [figure(row?.rate), figure(row?.score)];
    if (row === undefined || row.unreadable || rate === undefined || score === undefined) return [];
    if (rate.value.unit !== '%') return [];
    const points = Exact.of(head[1] ?? '0');
    const due = Exact.min(Exact.hundred, rate.value.value).div(Exact.hundred).mul(points);
    if (due.sub(score.value.value).abs().le(Exact.ratio(1n, 2n))) return [];
    const expected = toFixed(due, { places: 2, mode: 'half-up' });
    return [
      warning(RULE, {
        message: text(
          `表头写“${head[0]}”，执行率 ${rate.text} 应得 ${expected} 分，写的是 ${score.text} 分`,
          `the head says “${head[0]}”: ${rate.text} gives ${expected}, not ${score.text}`,
        ),
        stated: score.text,
        expected,
        quotes: [{ start: head.index, end: head.index + head[0].length }, ...span(rate, score)],
      }),
    ];
  });
}
