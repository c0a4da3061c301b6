import { text } from '../../problem/index.ts';
import { findUnit, sameDimension } from '../../quantity/index.ts';
import { type Detect, figure, nameOf, readable, span, totalRow } from '../context.ts';
import { type Finding, notice, warning } from '../finding.ts';

/** Target and actual in units that cannot be compared, or the actual has lost its % sign. */
export const unitMismatch: Detect = (context) => [
  ...ofRows(context),
  ...mixed(context),
  ...tenThousandfold(context),
  ...lostFactor(context),
];

const ofRows: Detect = (context) =>
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
    if (left === '' || right === '')
      return left === '%' || right === '%' || /元$/.test(left) ? [notice('unit-mismatch', parts)] : [];
    const [from, to] = [findUnit(left), findUnit(right)];
    if (from === undefined || to === undefined) return [];
    if (sameDimension(from, to) && from.factor.eq(to.factor)) return [];
    return [warning('unit-mismatch', parts)];
  });

/** 2836.73万元 and 688714.32元 in one paragraph: amounts of one size in two units cannot be read side by side. */
const mixed: Detect = (context) => {
  const findings: Finding[] = [];
  for (const line of context.text.matchAll(/[^\n|]+/g)) {
    if (findings.length >= 3) break;
    if (!/\d{5,}(?:\.\d+)?\s*元/.test(line[0]) || !/万元/.test(line[0])) continue;
    const small = /(?<![\d.,])([1-9]\d{4,}(?:\.\d+)?)\s*元(?![/每])/.exec(line[0]);
    const large = /(?<![\d.,])\d+(?:\.\d+)?\s*万元/.exec(line[0]);
    if (
      small === null ||
      large === null ||
      /(?:每|人均|户均|标准|单价)[^,。;]{0,12}$/.test(line[0].slice(0, small.index))
    )
      continue;
    const at = (match: RegExpExecArray): { start: number; end: number } => ({
      start: line.index + match.index,
      end: line.index + match.index + match[0].length,
    });
    findings.push(
      notice('unit-mismatch', {
        message: text(
          `同一段里“${large[0]}”用万元，“${small[0]}”用元，单位应统一`,
          `“${large[0]}” and “${small[0]}” in one paragraph: use one unit`,
        ),
        stated: small[0],
        expected: '万元',
        quotes: [at(large), at(small)],
      }),
    );
  }
  return findings;
};

/** 项目资金(元) over 186.5, and 投资186.5万元 in the words: one of the units is wrong by a factor of 10,000. */
const tenThousandfold: Detect = (context) =>
  context.tables.flatMap((table): Finding[] => {
    const row = totalRow(table.budget);
    const unit = table.budget?.unit;
    if (row === undefined || row.unreadable || (unit !== '元' && unit !== '万元')) return [];
    const other = unit === '元' ? '万元' : '元';
    for (const cell of [row.adjusted, row.executed, row.initial]) {
      const printed = figure(cell);
      if (printed === undefined || printed.value.unit !== '' || printed.text.replace(/\D/g, '').length < 3) continue;
      const same = new RegExp(`(?<![\\d.,])${printed.text.replaceAll('.', '\\.')}\\s*${other}`).exec(context.text);
      if (same === null) continue;
      return [
        warning('unit-mismatch', {
          message: text(
            `表中资金的单位是“${unit}”，金额 ${printed.text}；文字写的是 ${same[0]}`,
            `the table says ${printed.text} in “${unit}”, the text says ${same[0]}`,
          ),
          stated: unit,
          expected: other,
          quotes: [...span(printed), { start: same.index, end: same.index + same[0].length }],
        }),
      ];
    }
    return [];
  });

const SMALL =
  /(?:项目资金|资金总额|预算|支出|拨付|下达|到位)(?:资金|总额|共计|共|为)*(?:人民币)?\s*(\d{1,4}(?:\.\d+)?)\s*元(?![/每])/g;

/** 项目资金120元,支出100万元: a project does not have 120元. */
const lostFactor: Detect = (context) =>
  [...context.text.matchAll(SMALL)]
    .filter((match) => {
      const near = context.text.slice(Math.max(0, match.index - 40), match.index + match[0].length + 60);
      return /\d\s*万元/.test(near) && !/每|人均|户均|标准|单价|均|补贴额|\/人/.test(near);
    })
    .slice(0, 2)
    .map((match) =>
      warning('unit-mismatch', {
        message: text(
          `“${match[0]}”单位是元，前后都用万元，可能漏写“万”`,
          `“${match[0]}” is in 元 among amounts in 万元: 万 may be left out`,
        ),
        stated: match[0],
        expected: '万元',
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );
