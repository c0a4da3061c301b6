import { text } from '../../problem/index.ts';
import { type Detect, nameOf, readable, span } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

/** A result must be a figure; ≥95% or 80-90% is a plan. */
export const actualIsRange: Detect = (context) =>
  context.rows.flatMap((row): Finding[] => {
    const { actual } = row;
    if (actual === undefined || !readable(row, 'actual')) return [];
    const operator = actual.value?.operator;
    const ranged = /^\d+(?:\.\d+)?%?\s*(?:-|~|～|至)\s*\d+(?:\.\d+)?%?$/.test(actual.text);
    if (!ranged && (operator === undefined || operator === '=')) return [];
    return [
      warning('actual-is-range', {
        message: text(
          `“${nameOf(row)}”的完成值写成范围“${actual.text}”，应填实际数`,
          `the actual value of “${nameOf(row)}” is a range, “${actual.text}”`,
        ),
        stated: actual.text,
        expected: '实际数',
        quotes: span(actual),
      }),
    ];
  });
