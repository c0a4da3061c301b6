import { text } from '../../problem/index.ts';
import { findUnit, sameDimension } from '../../quantity/index.ts';
import { type Detect, figure, nameOf, readable, span } from '../context.ts';
import { type Finding, notice, warning } from '../finding.ts';

/** Target and actual in units that cannot be compared, or the actual has lost its % sign. */
export const unitMismatch: Detect = (context) =>
  context.rows.flatMap((row): Finding[] => {
    const target = figure(row.target);
    const actual = figure(row.actual);
    if (target === undefined || actual === undefined || !readable(row, 'target', 'actual')) return [];
    const [left, right] = [target.value.unit, actual.value.unit];
    if (left === right) return [];
    const parts = {
      message: text(
        `“${nameOf(row)}”目标的单位是“${left || '无'}”，完成值的单位是“${right || '无'}”`,
        `“${nameOf(row)}”: target in “${left || 'none'}”, actual in “${right || 'none'}”`,
      ),
      stated: actual.text,
      expected: left,
      quotes: span(row.target, row.actual),
    };
    if (left === '' || right === '') return left === '%' || right === '%' ? [notice('unit-mismatch', parts)] : [];
    const [from, to] = [findUnit(left), findUnit(right)];
    if (from === undefined || to === undefined) return [];
    if (sameDimension(from, to) && from.factor.eq(to.factor)) return [];
    return [warning('unit-mismatch', parts)];
  });
