import { Exact } from '../../quantity/index.ts';
import type { Total } from '../evaluation.ts';
import { isFourPart } from '../four-part.ts';
import { placeOf, placeOrSheet } from '../place-of.ts';
import { shownPercent } from '../print-number.ts';
import type { RuleValue } from '../rule-set.ts';
import type { LeafResult, Scoring } from '../scoring-context.ts';

type Template = RuleValue<'weights'>[number];

/** A template may give one figure for all indicators together (四川). */
const FREE = '绩效指标';

/** Points: stated, adding up to 100, split over the first levels as the template says. */
export function checkWeights(scoring: Scoring, leaves: readonly LeafResult[], total: Total): void {
  const { problems, rules, book } = scoring;
  const sheet = book.tables.indicators.sheet;
  const scored = leaves.filter((leaf) => leaf.applicable);
  if (scored.length === 0) return;
  if (total.weight === undefined) {
    problems.add(
      'weights-missing',
      '各指标都没有分值，不能给出建议分',
      'no indicator has points, so no score is suggested',
      { sheet },
    );
    return;
  }
  for (const { indicator } of scored)
    if (indicator.weight === undefined)
      problems.add('weight-missing', `${indicator.path[2]}：没有分值`, `“${indicator.path[2]}”: has no points`, {
        sheet,
        ...(indicator.row === undefined ? {} : { row: indicator.row }),
      });
  for (const { indicator, record } of scored)
    if (record !== undefined && indicator.weight !== undefined && indicator.weight.value.sign <= 0)
      problems.add(
        'weight-not-positive',
        `${indicator.path[2] || indicator.path[1]}：分值${indicator.weight.value.toString()}应大于0；不适用的指标请标“不适用”`,
        'points must be above 0; mark an indicator that does not apply as such',
        placeOf(book.tables.indicators, record, 'weight'),
      );
  checkSource(scoring);
  const whole = Exact.sum(leaves.flatMap((leaf) => leaf.indicator.weight?.value ?? []));
  if (!whole.eq(Exact.hundred))
    problems.add(
      'weights-not-100',
      `分值合计为${whole.toString()}，应为100`,
      `the points add up to ${whole.toString()}, not 100`,
      { sheet },
    );
  const templates = rules.fork().read('weights');
  if (isFree(scoring, templates)) checkOutcomeShare(scoring, leaves, whole);
  else {
    checkLevels(scoring, leaves, templates);
    checkSecondLevels(scoring, leaves);
  }
}

/** A department or fiscal evaluation by four parts, under a rule set whose own template is not of that kind. */
function isFree(scoring: Scoring, templates: readonly Template[]): boolean {
  const { levels } = scoring.rules.fork().read('fourPart');
  const own = templates.some((template) => levels.every((level) => level in template.points));
  return isFourPart(scoring) && !own && scoring.book.project.kind?.value !== '单位自评';
}

function checkOutcomeShare({ problems, rules, book }: Scoring, leaves: readonly LeafResult[], whole: Exact): void {
  const { outcomeLevels, outcomeShare } = rules.fork().read('fourPart');
  const outcome = Exact.sum(
    leaves.flatMap(({ indicator }) =>
      outcomeLevels.includes(indicator.path[0]) ? (indicator.weight?.value ?? []) : [],
    ),
  );
  if (outcome.ge(whole.mul(outcomeShare))) return;
  problems.add(
    'outcome-share-low',
    `${outcomeLevels.join('和')}共${outcome.toString()}分，一般不低于${shownPercent(outcomeShare)}`,
    `${outcome.toString()} points for output and effect, normally at least ${shownPercent(outcomeShare)}`,
    { sheet: book.tables.indicators.sheet },
  );
}

/** Points are only as good as the document they stand in. */
function checkSource({ problems, book }: Scoring): void {
  const source = book.project.weightSource;
  const where =
    source === undefined ? { sheet: book.projectSheetName } : { sheet: book.projectSheetName, cell: source.cell };
  if (source?.value === '示例权重（未经核实）')
    problems.add(
      'weights-unverified',
      '分值是示例权重（未经核实），建议分只供参考',
      'the points are an example and unverified; the suggested scores are for reference only',
      where,
    );
  else if (source === undefined || source.value.includes('未写明'))
    problems.add(
      'weights-unsourced',
      '没有写明分值出自哪份文件',
      'the document the points come from is not named',
      where,
    );
}

function checkLevels(
  { problems, book, rules }: Scoring,
  leaves: readonly LeafResult[],
  templates: readonly Template[],
): void {
  const sums = new Map<string, Exact>();
  for (const { indicator } of leaves) {
    const level = indicator.isExecution ? '预算执行' : indicator.path[0];
    sums.set(level, (sums.get(level) ?? Exact.zero).add(indicator.weight?.value ?? Exact.zero));
  }
  const deviations = templates.map((template) => {
    const levels = new Set([...Object.keys(template.points), ...sums.keys()]);
    // 绩效指标: one figure for everything but the execution, split freely.
    const free = template.points[FREE];
    if (free !== undefined) {
      const rest = Exact.sum([...sums].flatMap(([level, sum]) => (level in template.points ? [] : sum)));
      const fixed = Object.keys(template.points).filter((level) => level !== FREE);
      return [
        ...(rest.eq(free) ? [] : [FREE]),
        ...fixed.filter((level) => !(sums.get(level) ?? Exact.zero).eq(template.points[level] ?? Exact.zero)),
      ];
    }
    return [...levels].filter((level) => !(sums.get(level) ?? Exact.zero).eq(template.points[level] ?? Exact.zero));
  });
  if (deviations.some((levels) => levels.length === 0)) return;
  const [template] = templates;
  for (const level of deviations[0] ?? []) {
    const free = Exact.sum([...sums].flatMap(([name, sum]) => (name in (template?.points ?? {}) ? [] : sum)));
    const own = level === FREE ? free.toString() : (sums.get(level)?.toString() ?? '0');
    const due = template?.points[level]?.toString() ?? '0';
    problems.add(
      'level-weight-off-template',
      `${level}分值合计${own}，规则集为${due}${rules.ruleSet.data.weights.verified ? '' : '（原文未核）'}`,
      `${level} has ${own} points, the rule set says ${due}`,
      placeOrSheet(
        book.tables.indicators,
        book.tables.indicators.records.find((record) => record.level1 === level) ?? book.tables.indicators.records[0],
        'weight',
      ),
    );
  }
}

function checkSecondLevels({ problems, rules, book }: Scoring, leaves: readonly LeafResult[]): void {
  const { vocabulary, mandatory } = rules.fork().read('level2');
  const sheet = book.tables.indicators;
  const present = new Set(leaves.filter((leaf) => leaf.indicator.path[2] !== '').map((leaf) => leaf.indicator.path[1]));
  for (const group of mandatory)
    if (!group.some((name) => present.has(name)))
      problems.add(
        'level-2-missing',
        `没有${group.join('或')}`,
        `there is no “${group.join(' or ')}”`,
        placeOrSheet(sheet, sheet.records[0], 'level2'),
      );
  const known = new Set(Object.values(vocabulary).flat());
  const unknown = [...present].filter((name) => name !== '' && !known.has(name));
  if (unknown.length > 0)
    problems.add(
      'level-2-unknown',
      `二级指标${unknown.join('、')}不在规则集的名称中`,
      `unknown second levels: ${unknown.join(', ')}`,
      placeOrSheet(
        sheet,
        sheet.records.find((record) => unknown.includes(record.level2 ?? '')),
        'level2',
      ),
    );
}
