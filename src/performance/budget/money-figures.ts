import type { Fact } from '../../fact/index.ts';
import { cellOf, type MoneyKind, type ProjectBook, type TableRecord } from '../../ledger/index.ts';
import { convert, Exact, WAN_YUAN, YUAN } from '../../quantity/index.ts';
import type { Figure } from '../evaluation.ts';
import { type FactBook, figure, numberValue, rowRanges } from '../facts.ts';

export type MoneyRecord = TableRecord<'money'> & { readonly amount: Exact };

/** A source name under which people write the total of the others. */
const TOTAL_NAMES = /^(?:年度)?(?:资金)?(?:总额|合计|总计)$/;

export function isTotalSource(source: string): boolean {
  return TOTAL_NAMES.test(source);
}

/** Lines of some kinds of one source (all sources when undefined), without lines that lack an amount. */
export function moneyOf(book: ProjectBook, kinds: readonly MoneyKind[], source?: string): readonly MoneyRecord[] {
  return book.tables.money.records.filter(
    (record): record is MoneyRecord =>
      record.amount !== undefined &&
      kinds.includes(record.kind as MoneyKind) &&
      (source === undefined || record.source === source),
  );
}

/**
 * Whether a line of these kinds has no readable amount or source (blank, or a fault of its cell). A sum that left it
 * out would be a figure nobody wrote, so such a sum is not made.
 */
export function lacksAmount(book: ProjectBook, kinds: readonly MoneyKind[], source?: string): boolean {
  return book.tables.money.records.some(
    (record) =>
      kinds.includes(record.kind as MoneyKind) &&
      (source === undefined
        ? record.amount === undefined || record.source === undefined
        : record.amount === undefined && record.source === source),
  );
}

/** Whether a payment has no readable amount. */
export function lacksPayment(book: ProjectBook, source?: string): boolean {
  return book.tables.payments.records.some(
    (record) => record.amount === undefined && (source === undefined || (record.source ?? source) === source),
  );
}

/** The figure of one or more money lines, 万元: the entered cell when there is one, else their sum. */
export function sumOfLines(
  facts: FactBook,
  book: ProjectBook,
  head: { readonly concept: string; readonly label: string },
  lines: readonly MoneyRecord[],
): Figure | undefined {
  const [only, ...others] = lines;
  if (only === undefined) return undefined;
  const sheet = book.tables.money;
  const entered = (record: MoneyRecord, concept: string): Fact =>
    facts.entered({ concept, label: labelOf(record, head.label) }, numberValue(record.amount, WAN_YUAN), {
      sheet: sheet.sheet,
      cell: cellOf(sheet, record, 'amount'),
      evidence: record.evidence ?? [],
    });
  if (others.length === 0) return figure(entered(only, head.concept), only.amount, WAN_YUAN);
  const inputs = lines.map((line) => entered(line, `${head.concept}.line.${line.row}`));
  const total = Exact.sum(lines.map((line) => line.amount));
  const fact = facts.computed(head, numberValue(total, WAN_YUAN), {
    formula: `${head.label} = 各笔之和`,
    inputs: inputs.map((input) => input.id),
  });
  return figure(fact, total, WAN_YUAN);
}

function labelOf(record: MoneyRecord, fallback: string): string {
  return record.document === undefined ? fallback : `${fallback}（${record.document}）`;
}

/** Sum of payment lines in 元 as counted rows, and the same in 万元. */
export function sumOfPayments(
  facts: FactBook,
  book: ProjectBook,
  head: { readonly concept: string; readonly label: string },
  lines: readonly TableRecord<'payments'>[],
  query: string,
): Figure {
  const inYuan = Exact.sum(lines.flatMap((line) => (line.amount === undefined ? [] : [line.amount])));
  const counted = facts.counted(
    { concept: `${head.concept}.payments`, label: `${head.label}（支付台账合计）` },
    numberValue(inYuan, YUAN),
    {
      sheet: book.tables.payments.sheet,
      query,
      rows: rowRanges(lines.map((line) => line.row)),
      rowCount: lines.length,
    },
  );
  const value = convert(inYuan, YUAN, WAN_YUAN);
  const fact = facts.computed(head, numberValue(value, WAN_YUAN), {
    formula: '支付台账合计（元）÷ 10000',
    inputs: [counted.id],
  });
  return figure(fact, value, WAN_YUAN);
}

/** Sum of figures in 万元; the figure itself when there is only one. */
export function addFigures(
  facts: FactBook,
  head: { readonly concept: string; readonly label: string },
  formula: string,
  figures: readonly { readonly sign: 1 | -1; readonly figure: Figure }[],
): Figure | undefined {
  const [first] = figures;
  if (first === undefined) return undefined;
  if (figures.length === 1 && first.sign === 1) return first.figure;
  const value = Exact.sum(figures.map((part) => (part.sign === 1 ? part.figure.value : part.figure.value.neg())));
  const fact = facts.computed(head, numberValue(value, WAN_YUAN), {
    formula,
    inputs: figures.map((part) => part.figure.factId),
  });
  return figure(fact, value, WAN_YUAN);
}
