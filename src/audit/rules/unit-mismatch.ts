import { text } from '../../problem/index.ts';
import { Exact, findUnit, sameDimension } from '../../quantity/index.ts';
import { digitsOf } from '../cells.ts';
import { type Detect, figure, nameOf, readable, span, totalRow } from '../context.ts';
import { type Finding, notice, type Span, warning } from '../finding.ts';
import type { IndicatorRow } from '../read/table.ts';

/** Target and actual in units that cannot be compared, or the actual has lost its % sign. */
export const unitMismatch: Detect = (context) => [
  ...ofRows(context),
  ...mixed(context),
  ...tenThousandfold(context),
  ...sourceInYuan(context),
  ...lostFactor(context),
  ...partsInOther(context),
  ...countForRate(context),
  ...lineFactor(context),
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
      const same = amountIn(context.text, printed.text, other);
      if (same === undefined) continue;
      return [
        warning('unit-mismatch', {
          message: text(
            `表中资金的单位是“${unit}”，金额 ${printed.text}；文字写的是 ${context.text.slice(same.start, same.end)}`,
            `the table says ${printed.text} in “${unit}”, the text says ${context.text.slice(same.start, same.end)}`,
          ),
          stated: unit,
          expected: other,
          quotes: [...span(printed), same],
        }),
      ];
    }
    return [];
  });

const COLUMNS = ['initial', 'adjusted', 'executed'] as const;
const TEN_THOUSAND = Exact.of(10000);
/** A source so many times the total is no slip of a digit. */
const HUNDRED = Exact.of(100);

/** 总额 318.6, 中央 2560000, 地方 62.6 under 万元: the sources make the total once one of them is taken for 元. */
const sourceInYuan: Detect = (context) =>
  context.tables.flatMap((table): Finding[] => {
    const total = totalRow(table.budget);
    const rows = table.budget?.rows.filter((row) => row !== total && !row.unreadable) ?? [];
    const found = COLUMNS.flatMap((column) => {
      const whole = figure(total?.[column]);
      if (whole === undefined) return [];
      const sources = rows.flatMap((row) => figure(row[column]) ?? []);
      const sum = sources.reduce((all, { value }) => all.add(value.value), Exact.of(0));
      const inYuan = sources.filter(({ value: { value } }) => {
        const rest = sum.sub(value);
        return value.gt(whole.value.value.mul(HUNDRED)) && rest.add(value.div(TEN_THOUSAND)).eq(whole.value.value);
      });
      const [source, second] = inYuan;
      return source === undefined || second !== undefined ? [] : [{ whole, source }];
    });
    return found.slice(0, 1).map(({ whole, source }) =>
      warning('unit-mismatch', {
        message: text(
          `${source.text} 按元折成万元，各来源正好合成总额 ${whole.text}：这一格用的是元`,
          `the sources make the total ${whole.text} once ${source.text} is taken for yuan: this cell is in yuan`,
        ),
        stated: source.text,
        expected: source.value.value.div(TEN_THOUSAND).toString(),
        quotes: span(whole, source),
      }),
    );
  });

/** Where a figure stands as a whole number before a unit. A pattern built for each figure would cost much more. */
function amountIn(words: string, digits: string, unit: string): Span | undefined {
  for (let at = words.indexOf(digits); at >= 0; at = words.indexOf(digits, at + 1)) {
    if (/[\d.,]/.test(words[at - 1] ?? '')) continue;
    let end = at + digits.length;
    while (/\s/.test(words[end] ?? '')) end += 1;
    if (words.startsWith(unit, end)) return { start: at, end: end + unit.length };
  }
  return undefined;
}

const SMALL =
  /(?:项目资金|资金总额|预算|支出|拨付|下达|到位)(?:安排|下达|到位|支出|资金|总额|共计|共|为)*(?:人民币)?\s*(\d{1,4}(?:\.\d+)?)\s*元(?![/每])/g;

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
          `“${match[0]}” is in yuan among amounts in ten thousand yuan: the ten thousand may be left out`,
        ),
        stated: match[0],
        expected: '万元',
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );

const WHOLE_AND_PARTS =
  /(?<![\d.,])(\d{1,9}(?:\.\d{1,6})?)\s{0,2}元[,(]?\s{0,2}其中[::]?[^\d。;\n|]{1,20}(\d{1,9}(?:\.\d{1,6})?)\s{0,2}万元[,、][^\d。;\n|]{1,20}(\d{1,9}(?:\.\d{1,6})?)\s{0,2}万元/g;

/** 补助471.23元,其中中央189.63万元,地方281.6万元: the parts make the whole only in 万元. */
const partsInOther: Detect = (context) =>
  [...context.text.matchAll(WHOLE_AND_PARTS)]
    .filter((match) =>
      Exact.of(match[2] ?? '0')
        .add(Exact.of(match[3] ?? '0'))
        .eq(Exact.of(match[1] ?? '0')),
    )
    .slice(0, 2)
    .map((match) =>
      warning('unit-mismatch', {
        message: text(
          `“${match[1]}元”等于其下 ${match[2]} 万元与 ${match[3]} 万元之和，漏写“万”`,
          `${match[1]} yuan is the sum of ${match[2]} and ${match[3]} ten thousand yuan: the ten thousand is left out`,
        ),
        stated: `${match[1]}元`,
        expected: `${match[1]}万元`,
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );

const COUNT_FOR_RATE =
  /([\p{Script=Han}]{2,16}率)[\s|]{0,4}(?:≥|>=|=|不低于)?\s{0,2}\d{1,3}(?:\.\d{1,2})?%[\s|]{0,4}(\d{1,7}(?:件|个|台|套|次|人|户|处|所|项|场|辆|座|家))(?=\s{0,2}(?:部分|基本)?(?:达成|达到|完成|已完成)|\s{0,3}[|\n]|\s*$)/gu;

/** 配备率, target 100%, answered with 1000件, in a row whose cells ran into each other. */
const countForRate: Detect = (context) =>
  [...context.text.matchAll(COUNT_FOR_RATE)]
    .filter(
      (match) =>
        !context.rows.some((row) => row.unreadable.length === 0 && row.target !== undefined && inRow(row, match)),
    )
    .slice(0, 4)
    .map((match) =>
      warning('unit-mismatch', {
        message: text(
          `“${match[1]}”的目标是百分比，完成值写“${match[2]}”`,
          `the target of “${match[1]}” is a percentage, the actual is “${match[2]}”`,
        ),
        stated: match[2] ?? '',
        expected: '%',
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );

/** The row was read: what its cells say is held against each other elsewhere. */
function inRow(row: IndicatorRow, match: RegExpExecArray): boolean {
  const at = row.target?.start ?? -1;
  return at >= match.index && at < match.index + match[0].length;
}

/** 1286400 57.89 45% 128.64 under 单位:万元: one amount of the line is another one in yuan. */
const lineFactor: Detect = (context) => {
  if (!/万元/.test(context.text)) return [];
  return context.cells
    .flatMap((line): Finding[] => {
      const figures = line.flatMap((cell) => {
        const digits = digitsOf(cell);
        return digits === undefined ? [] : [{ cell, value: Exact.of(digits) }];
      });
      const large = figures.find(
        ({ value }) =>
          value.ge(Exact.of(100000)) &&
          figures.some((other) => other.value.mul(TEN_THOUSAND).eq(value) && other.value.ge(Exact.of(10))),
      );
      const small = figures.find((other) => large !== undefined && other.value.mul(TEN_THOUSAND).eq(large.value));
      if (large === undefined || small === undefined) return [];
      return [
        warning('unit-mismatch', {
          message: text(
            `同一行里 ${large.cell.text} 与 ${small.cell.text} 相差一万倍，一处用元、一处用万元`,
            `${large.cell.text} and ${small.cell.text} in one line differ by the factor 10,000`,
          ),
          stated: large.cell.text,
          expected: small.cell.text,
          quotes: [large.cell, small.cell].map(({ start, end }) => ({ start, end })),
        }),
      ];
    })
    .slice(0, 2);
};
