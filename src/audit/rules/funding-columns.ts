import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import type { Span } from '../finding.ts';

export interface Amount extends Span {
  readonly text: string;
  readonly value: Exact;
}
export interface FundingColumn {
  readonly name: string;
  readonly whole: Amount;
  readonly parts: readonly Amount[];
}

const HEAD = /计划安排资金|实际到位资金|实际支出|结余/;
const SOURCE = /^(?:其中[:：]?)?(?:中央|省|市|州|县|区|乡镇?|本级|自筹|其[它他]|上级)(?:级?财政|资金|级|自筹)*$/;
const AMOUNT = /^\d{1,9}(?:\.\d{1,6})?$/;

/**
 * The head of 财政支出项目绩效评价自评报告: 计划安排资金, 实际到位资金 and 实际支出 beside each other, each over the same
 * sources, printed as pairs of a name and an amount.
 */
export function fundingColumns(context: AuditContext): readonly FundingColumn[] {
  const at = context.text.search(/计划安排资金\s{0,3}\(/);
  if (at < 0) return [];
  const cells = [...context.text.slice(at, at + 900).matchAll(/[^|\n\t]+|[|\n\t]/g)]
    .filter((match) => /[^|\n\t\s]/.test(match[0]))
    .map((match) => ({ text: match[0].trim(), start: at + match.index, end: at + match.index + match[0].length }));
  const columns: { name: string; whole: Amount; parts: Amount[] }[] = [];
  let index = 0;
  for (; index < cells.length; index += 2) {
    const [name, value] = [cells[index], cells[index + 1]];
    if (name === undefined || value === undefined || !HEAD.test(name.text) || !AMOUNT.test(value.text)) break;
    if (!name.text.startsWith('结余'))
      columns.push({ name: name.text.replace(/\(.*/, ''), whole: amountOf(value), parts: [] });
  }
  if (columns.length !== 3) return [];
  // A line of sources names one source once for each column; an empty amount leaves only the name.
  while (index < cells.length && SOURCE.test(cells[index]?.text ?? '')) {
    const source = cells[index]?.text;
    for (const column of columns) {
      if (cells[index]?.text !== source) return [];
      index += 1;
      const value = cells[index];
      if (value === undefined || !AMOUNT.test(value.text)) continue;
      column.parts.push(amountOf(value));
      index += 1;
    }
  }
  return columns;
}

function amountOf(cell: Span & { readonly text: string }): Amount {
  return { text: cell.text, value: Exact.of(cell.text), start: cell.start, end: cell.end };
}

/** 实际到位资金 168 over 省财政 168 and 其它 9.6. */
export function columnSum(
  column: FundingColumn,
): { readonly message: ReturnType<typeof text>; readonly sum: Exact } | undefined {
  if (column.parts.length < 2) return undefined;
  const sum = Exact.sum(column.parts.map((part) => part.value));
  if (!sum.gt(column.whole.value)) return undefined;
  return {
    sum,
    message: text(
      `${column.name}：各来源相加为 ${sum}，总额写 ${column.whole.text}`,
      `${column.name}: the sources add up to ${sum}, the total says ${column.whole.text}`,
    ),
  };
}
