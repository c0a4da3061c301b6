import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type AuditContext, type Detect, figure, operand, span, totalRow } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import { findLevelPoints } from '../printed-rules/find-level-points.ts';
import type { AuditTable, IndicatorRow } from '../read/table.ts';
import { notedPoints, toldLevels } from './noted-points.ts';

const RULE = 'level-weight-mismatch';

/** A first-level heading prints its points, 产出指标(50分), and its leaves do not add up to them. */
export const levelWeightMismatch: Detect = (context) => [
  ...ofTables(context),
  ...notedPoints(context),
  ...toldLevels(context),
];

const ofTables: Detect = (context) =>
  context.tables.flatMap((table) => {
    if (!table.complete || !table.roles.includes('weight')) return [];
    const groups = new Map<string, IndicatorRow[]>();
    for (const row of table.indicators) {
      if (row.level1Points === undefined || !row.together) continue;
      const key = `${row.level1}|${row.level1Points}`;
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    const whole = isWhole(table);
    const findings: Finding[] = [];
    for (const [key, group] of groups) {
      const [level = '', points = ''] = key.split('|');
      const printed = findLevelPoints(context.text, level, table.start, table.end);
      const stray = printed === undefined ? undefined : nextPoints(context.text, printed.end, group);
      // Another head with points, 满意度(10), that was taken for no level: what stands behind it is not of this one.
      const rows = stray === undefined ? group : group.filter((row) => (row.weight?.start ?? stray) < stray);
      const weights = rows.map((row) => figure(row.weight)).filter((weight) => weight !== undefined);
      const sum = Exact.sum(weights.map((weight) => weight.value.value));
      const stated = Exact.tryParse(points);
      if (stated === undefined || weights.length < rows.length || sum.eq(stated) || rows.length === 0) continue;
      if (!table.celled && !whole) continue;
      const parts = {
        message: text(
          `${level}写 ${points} 分，其下分值相加为 ${sum} 分`,
          `“${level}” is given the weight ${points}, its indicators add up to ${sum}`,
        ),
        stated: points,
        expected: sum.toString(),
        quotes: span(printed, ...weights),
      };
      findings.push(
        whole &&
          stray === undefined &&
          makesHundred(table) &&
          printed?.value.eq(stated) === true &&
          weights.length > 1 &&
          onlyOnce(context, table, level, rows)
          ? proven(
              RULE,
              {
                kind: 'sum-differs',
                parts: weights.map((weight) => operand('分值', weight)),
                whole: printed,
                rounded: false,
              },
              context.source,
              parts,
            )
          : warning(RULE, parts),
      );
    }
    return findings;
  });

/** Every leaf was read in its place: weights add up to 100 with the budget row's, or scores to the printed total. */
function isWhole(table: AuditTable): boolean {
  if (!table.indicators.every((row) => row.together && row.unreadable.length === 0)) return false;
  const budget = totalRow(table.budget);
  const adds = (role: 'weight' | 'score', to: Exact | undefined): boolean => {
    const cells = table.indicators.map((row) => figure(row[role])?.value.value).filter((value) => value !== undefined);
    if (to === undefined || cells.length < table.indicators.length) return false;
    const sum = Exact.sum(cells);
    return sum.eq(to) || sum.add(figure(budget?.[role])?.value.value ?? Exact.zero).eq(to);
  };
  return adds('weight', Exact.hundred) || adds('score', figure(table.stated.scoreTotal)?.value.value);
}

/** Where the next head with points begins behind a level's own, before the last of its rows. */
function nextPoints(folded: string, from: number, rows: readonly IndicatorRow[]): number | undefined {
  const to = Math.max(...rows.map((row) => row.weight?.start ?? 0));
  const match = /\p{Script=Han}\s*[(]\s*\d{1,3}\s*分?\s*[)]/u.exec(folded.slice(from, Math.max(from, to)));
  return match === null ? undefined : from + match.index;
}

/** Where all weights together are not 100 either, that is the certain defect; which level is short is not. */
function makesHundred(table: AuditTable): boolean {
  const weights = table.indicators.map((row) => figure(row.weight)?.value.value ?? Exact.zero);
  const sum = Exact.sum(weights);
  const budget = figure(totalRow(table.budget)?.weight)?.value.value ?? Exact.zero;
  return sum.eq(Exact.hundred) || sum.add(budget).eq(Exact.hundred);
}

/** All rows of the level stand under the one heading that prints the points. */
function onlyOnce(context: AuditContext, table: AuditTable, level: string, rows: readonly IndicatorRow[]): boolean {
  const all = table.indicators.filter((row) => row.level1 === level);
  return all.length === rows.length && !/加分|扣减|调整/.test(context.text.slice(table.start, table.end));
}
