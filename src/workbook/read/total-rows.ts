import type { SheetRow } from '../../document/index.ts';
import { counted, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { SheetFindings } from './findings.ts';
import type { FoundColumn } from './found-column.ts';
import { cellWords, plainWords } from './plain-words.ts';

export type RowTotals = Readonly<Record<string, unknown>>;

export interface TotalLabel {
  /** 1-based column of the label, and the key when that column is one of the sheet's. */
  readonly column: number;
  readonly key: string | undefined;
  readonly partial: boolean;
}

interface TotalRow {
  readonly row: number;
  readonly partial: boolean;
  readonly values: RowTotals;
  /** Sums of the records above it, by key. */
  readonly above: ReadonlyMap<string, Exact>;
}

const LABEL = /^(?:本[页月季年])?(合计|总计|小计|共计|累计|总合计|总分)[数额]?$/;
/** 某镇小计, 5月合计: a part of the rows. */
const PART_LABEL = /^\S{1,8}(?:小计|合计)$/;
/** A stated total is held against the sums since so many totals rows before it. */
const NESTED = 50;

/** 合计 and 小计 rows: not records; their figures are checked against the records they total. */
export class TotalRows {
  readonly #columns: ReadonlyMap<number, FoundColumn>;
  readonly #summed: readonly FoundColumn[];
  readonly #sums = new Map<string, Exact>();
  readonly #rows: TotalRow[] = [];

  constructor(columns: ReadonlyMap<number, FoundColumn>) {
    this.#columns = columns;
    this.#summed = [...columns.values()].filter(
      ({ schema }) =>
        schema.type === 'money' || (schema.type === 'number' && schema.unit !== '' && schema.unit !== '%'),
    );
  }

  /** The label of a totals row: its first words are 合计, 小计 or the like. */
  label(row: SheetRow): TotalLabel | undefined {
    for (const cell of row.cells) {
      if (cell.raw === '') continue;
      // A running number may stand before the label.
      if (cell.type === 'n' && !this.#columns.has(cell.column)) continue;
      if (cell.type === 'n' || cell.raw.length > 12) return undefined;
      const words = plainWords(cellWords(cell.raw));
      const match = LABEL.exec(words);
      if (match === null && !PART_LABEL.test(words)) return undefined;
      return {
        column: cell.column,
        key: this.#columns.get(cell.column)?.key,
        partial: match?.[1] === '小计' || match === null,
      };
    }
    return undefined;
  }

  get count(): number {
    return this.#rows.length;
  }

  addRecord(record: RowTotals): void {
    for (const { key } of this.#summed) {
      const value = record[key];
      if (value instanceof Exact) this.#sums.set(key, (this.#sums.get(key) ?? Exact.zero).add(value));
    }
  }

  addTotal(row: number, label: TotalLabel, values: RowTotals): void {
    this.#rows.push({ row, partial: label.partial, values, above: new Map(this.#sums) });
  }

  /** A total may stand above or below what it totals; it is wrong when it equals neither sum. */
  check(letters: Readonly<Record<string, string>>, findings: SheetFindings): void {
    const sum = (sums: ReadonlyMap<string, Exact>, key: string): Exact => sums.get(key) ?? Exact.zero;
    for (const [index, total] of this.#rows.entries()) {
      const before = this.#rows.slice(0, index).findLast((other) => other.partial);
      const after = this.#rows[index + 1];
      for (const { key, schema } of this.#summed) {
        const stated = total.values[key];
        if (!(stated instanceof Exact)) continue;
        const all = sum(this.#sums, key);
        const start = before === undefined ? Exact.zero : sum(before.above, key);
        const candidates = total.partial
          ? [
              sum(total.above, key).sub(start),
              (after === undefined ? all : sum(after.above, key)).sub(sum(total.above, key)),
            ]
          : [sum(total.above, key), all];
        if (candidates.some((candidate) => candidate.eq(stated))) continue;
        // Subtotals of subtotals: the rows since any totals row not far above.
        const since = this.#rows.slice(Math.max(0, index - NESTED), index);
        if (total.partial && since.some((other) => sum(total.above, key).sub(sum(other.above, key)).eq(stated)))
          continue;
        if (total.partial && sum(total.above, key).eq(stated)) continue;
        const [first = all] = candidates;
        findings.onCell(
          'total-row-differs',
          'warning',
          text(
            `“${schema.name}”的${total.partial ? '小计' : '合计'}写的是 ${stated.toString()}，各行相加是 ${first.toString()}；请核对（程序用各行的数）。`,
            `the stated total of “${schema.name}” is ${stated.toString()} but the rows add to ${first.toString()}; the rows were used.`,
          ),
          `${letters[key] ?? ''}${total.row}`,
        );
      }
    }
    if (this.#rows.length > 0)
      findings.onSheet(
        'total-rows-skipped',
        'notice',
        text(
          `${this.#rows.length} 行是合计或小计，没有当作记录。`,
          `${counted(this.#rows.length, 'totals row')} not taken as records.`,
        ),
      );
  }
}
