import { type SourceText, squeeze } from './source-text.ts';
import type { TableCell } from './table.ts';
import { readCellValue } from './value.ts';

const OPERATOR =
  '不低于|不少于|不小于|不超过|不高于|不大于|不多于|大于等于|大于或等于|小于等于|小于或等于|至少|大于|小于|[≥≤><=]{1,2}';
const NUMBER = `(?:${OPERATOR})?\\s{0,3}\\d[\\d,]{0,15}(?:\\.\\d{1,9})?\\s{0,3}`;
const DATE =
  '(?:20\\d\\d年)?(?:次年)?\\d{1,2}月(?:\\d{1,2}日|[上中下]旬|底|末|份)?(?:之前|以前|前|底|内)?|20\\d\\d年(?:底|末)?(?:之前|以前|前)';

/** The last thing a clause says is a quantity: 实际飞行时长 | 909.93小时. */
const QUANTITY = new RegExp(`(${NUMBER}[^\\s\\d,:()]{0,6})$`);
/** A day or a month, and what was done by then: 实际 | 12月20日 | 完成. */
const DAY = new RegExp(`(${DATE})((?:全部|已|均)?(?:完成|拨付|到位|发放|上解|支付|下达|验收|竣工|完工|建成){0,2})$`);

/** A quantity as it stands anywhere, as the source of a pattern. */
export const QUANTITY_SOURCE = `${NUMBER}(?:%|‰|[\\p{Script=Han}]{1,3}?)`;

export interface Quantity {
  readonly cell: TableCell;
  /** What the clause says before it. */
  readonly before: string;
  readonly day: boolean;
}

/** The quantity or the day a clause ends with. */
export function closingQuantity(source: SourceText, text: string, start: number): Quantity | undefined {
  const day = DAY.exec(text);
  if (day !== null)
    return { cell: cellOf(source, start + day.index, day[1] ?? ''), before: text.slice(0, day.index), day: true };
  const match = QUANTITY.exec(text);
  if (match === null) return undefined;
  const cell = cellOf(source, start + match.index, match[0]);
  return cell.value === undefined ? undefined : { cell, before: text.slice(0, match.index), day: false };
}

export function sameKind(one: Quantity, other: Quantity): boolean {
  if (one.day || other.day) return one.day && other.day;
  return sameUnit(one.cell, other.cell);
}

export function sameUnit(one: TableCell, other: TableCell): boolean {
  const [left, right] = [bareUnit(one), bareUnit(other)];
  return left === right || ((left === '' || right === '') && left !== '%' && right !== '%');
}

function bareUnit(cell: TableCell): string {
  return (cell.value?.unit ?? '').replace(/^[万亿](?=[^元])/, '').replace(/左右$/, '');
}

export function cellOf(source: SourceText, start: number, text: string): TableCell {
  const trimmed = text.trimEnd();
  const lead = trimmed.length - trimmed.trimStart().length;
  const end = start + trimmed.length;
  const value = readCellValue(squeeze(source.folded.slice(start + lead, end)));
  return {
    text: squeeze(source.raw.slice(start + lead, end)),
    start: start + lead,
    end,
    ...(value === undefined ? {} : { value }),
  };
}
