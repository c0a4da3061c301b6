import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type Cell, digitsOf } from '../cells.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { bonus } from './bonus.ts';

const WEIGHT = /^(?:分值|权重|满分|标准分|标准分值|分值权重|权重分值)(?:\(分?\))?$/;
const SCORE = /^(?:得分|自评分|自评得分|评分|实际得分|复核得分|复核分)(?:\(分?\))?$/;
const TOTAL = /^(?:合计|总计|总额|资金合计|合计金额)$/;
const AMOUNT = /数$|金额|资金|预算|执行|支出|拨付|到位|投资|\(?万?元\)?$|户|面积|人数|人次/;
const NO_AMOUNT = /率|比例|标准|单价|年|月|序号|均|分值|权重|得分|评分/;
const NO_ITEM = /其中|小计|结转|上年|总计|合计/;

type Line = readonly Cell[];

/** 10 under 权重 and 10.5 under 得分 in the rows of a plain grid that is no self-evaluation form. */
export function gridExcess(context: AuditContext): Finding[] {
  if (bonus(context)) return [];
  const known = new Set(context.rows.flatMap((row) => (row.score === undefined ? [] : [row.score.start])));
  return bodies(context.cells, (head) => head.some((cell) => WEIGHT.test(cell.text))).flatMap(({ head, rows }) => {
    const weight = only(head, WEIGHT);
    const score = only(head, SCORE);
    if (weight === undefined || score === undefined) return [];
    return rows.flatMap((row): Finding[] => {
      const [full, got] = [digitsOf(row[weight]), digitsOf(row[score])];
      const [left, right] = [row[weight], row[score]];
      if (full === undefined || got === undefined || left === undefined || right === undefined) return [];
      if (known.has(right.start) || Exact.of(full).isZero || !Exact.of(got).gt(Exact.of(full))) return [];
      if (Exact.of(got).gt(Exact.hundred) || row.some((cell) => NO_ITEM.test(cell.text))) return [];
      const name = row.find((cell) => /\p{Script=Han}{2,}/u.test(cell.text))?.text ?? '';
      return [
        warning('score-exceeds-weight', {
          message: text(`“${name}”得 ${got} 分，超过分值 ${full} 分`, `“${name}” scores ${got} of ${full}`),
          stated: got,
          expected: `≤${full}`,
          quotes: [left, right].map(({ start, end }) => ({ start, end })),
        }),
      ];
    });
  });
}

/** 中央财政 120, 省级财政 60, 县级财政 30 over 合计 220 in one column of amounts. */
export function gridSums(context: AuditContext): Finding[] {
  const isHead = (line: Line): boolean =>
    line.slice(1).some((cell) => AMOUNT.test(cell.text)) && line.every((cell) => digitsOf(cell) === undefined);
  return bodies(context.cells, isHead).flatMap(({ head, rows }) => {
    const at = rows.findIndex((row) =>
      TOTAL.test((row.find((cell) => cell.text !== '')?.text ?? '').replace(/\s/g, '')),
    );
    const total = rows[at];
    const items = rows.slice(0, at);
    if (total === undefined || items.length < 2) return [];
    if (items.some((row) => row.some((cell) => NO_ITEM.test(cell.text)))) return [];
    return head.flatMap((cell, place): Finding[] => {
      const whole = total[place];
      const parts = items.map((row) => row[place]).filter((part) => part !== undefined);
      if (!AMOUNT.test(cell.text) || NO_AMOUNT.test(cell.text) || digitsOf(whole) === undefined) return [];
      if (whole === undefined || parts.length < items.length || parts.some((part) => !isAmount(part))) return [];
      const sum = Exact.sum(parts.map((part) => Exact.of(digitsOf(part) ?? '0')));
      const stated = Exact.of(digitsOf(whole) ?? '0');
      const places = Math.min(...[whole, ...parts].map((each) => each.text.split('.')[1]?.length ?? 0));
      const slack = Exact.ratio(BigInt(parts.length), 10n ** BigInt(places));
      const gap = sum.sub(stated).abs();
      const finer = parts.some((part) => (part.text.split('.')[1]?.length ?? 0) > places);
      if (gap.isZero || (finer && gap.lt(slack)) || gap.mul(Exact.of(4)).gt(stated)) return [];
      return [
        warning('component-sum-mismatch', {
          message: text(
            `“${cell.text}”一栏各行相加为 ${sum}，合计写 ${whole.text}`,
            `the column “${cell.text}” adds up to ${sum}, its total says ${whole.text}`,
          ),
          stated: whole.text,
          expected: sum.toString(),
          quotes: [whole, ...parts].map(({ start, end }) => ({ start, end })),
        }),
      ];
    });
  });
}

function isAmount(cell: Cell): boolean {
  return cell.text === '' || /^[-—/]$/.test(cell.text) || digitsOf(cell) !== undefined;
}

function only(head: Line, pattern: RegExp): number | undefined {
  const places = head.flatMap((cell, place) => (pattern.test(cell.text) ? [place] : []));
  return places.length === 1 ? places[0] : undefined;
}

const LONGEST = 300;

/** Each line of heads with the lines of as many cells right under it. Lines parted by blanks only have no sure columns. */
function bodies(
  lines: readonly Line[],
  isHead: (line: Line) => boolean,
): readonly { readonly head: Line; readonly rows: readonly Line[] }[] {
  return lines.flatMap((head, at) => {
    const gap = (lines[at]?.[1]?.start ?? 0) - (lines[at]?.[0]?.end ?? 0);
    if (head.length < 2 || gap < 2 || !isHead(head)) return [];
    const rows: Line[] = [];
    for (const line of lines.slice(at + 1, at + LONGEST)) {
      if (line.length !== head.length || isHead(line)) break;
      rows.push(line);
    }
    return rows.length < 2 ? [] : [{ head, rows }];
  });
}
