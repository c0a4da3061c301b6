import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type Detect, figure, span } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import type { IndicatorRow } from '../read/table.ts';

/** A first-level heading prints its points, 产出指标(50分), and its leaves do not add up to them. */
export const levelWeightMismatch: Detect = (context) =>
  context.tables.flatMap((table) => {
    if (!table.complete || !table.celled || !table.roles.includes('weight')) return [];
    const groups = new Map<string, IndicatorRow[]>();
    for (const row of table.indicators) {
      if (row.level1Points === undefined || !row.together) continue;
      const key = `${row.level1}|${row.level1Points}`;
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    const findings: Finding[] = [];
    for (const [key, rows] of groups) {
      const [level = '', points = ''] = key.split('|');
      const weights = rows.map((row) => figure(row.weight)).filter((weight) => weight !== undefined);
      const sum = Exact.sum(weights.map((weight) => weight.value.value));
      const stated = Exact.tryParse(points);
      if (stated === undefined || weights.length < rows.length || sum.eq(stated)) continue;
      findings.push(
        warning('level-weight-mismatch', {
          message: text(
            `${level}写 ${points} 分，其下分值相加为 ${sum} 分`,
            `${level} is given ${points} points, its leaves ${sum}`,
          ),
          stated: points,
          expected: sum.toString(),
          quotes: span(...weights),
        }),
      );
    }
    return findings;
  });
