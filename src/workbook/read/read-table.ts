import type { Sheet, SheetCell, SheetLayout, SheetRow } from '../../document/index.ts';
import type { SheetRecords, SheetSchema } from '../../ledger/index.ts';
import { text } from '../../problem/index.ts';
import { type FoundHeadings, findHeadings, HEADING_SEARCH_ROWS } from './find-heading.ts';
import { SheetFindings } from './findings.ts';
import type { CellValue, FoundColumn } from './found-column.ts';
import { headingText } from './match-heading.ts';
import { cellWords, plainWords } from './plain-words.ts';
import { readCell } from './read-cell.ts';
import { resolveColumns } from './resolve-columns.ts';
import { isSampleRow, SAMPLE_MARK, sampleValues } from './sample-row.ts';
import { TotalRows } from './total-rows.ts';

interface Draft {
  readonly row: number;
  [key: string]: CellValue | number;
}

/** Reads one table sheet as its rows come: heading, records, totals rows, notes. Linear; keeps only the records. */
export async function readTable(
  sheet: Sheet,
  schema: SheetSchema,
): Promise<{ readonly records: SheetRecords; readonly findings: SheetFindings; readonly totals: number }> {
  const findings = new SheetFindings(sheet.name);
  const source = sheet.rows();
  const top: SheetRow[] = [];
  let layout: SheetLayout | undefined;
  while (top.length < HEADING_SEARCH_ROWS && layout === undefined) {
    const next = await source.next();
    if (next.done === true) layout = next.value;
    else top.push(next.value);
  }
  const found = findHeadings(top, schema.columns);
  if (found === undefined) {
    const filled = top.some((row) => row.cells.some((cell) => cellWords(cell.raw) !== ''));
    if (filled)
      findings.onSheet(
        'heading-not-found',
        'error',
        text(
          `没有找到表头，这张表没有读取；表头应有：${requiredHeadings(schema).join('、')}。`,
          `no heading row was found and the sheet was not read; it needs: ${requiredHeadings(schema).join(', ')}.`,
        ),
      );
    // To the end all the same: a file over its limits is refused wherever the excess stands.
    while (layout === undefined) {
      const next = await source.next();
      if (next.done === true) layout = next.value;
    }
    return { records: { schema, sheet: sheet.name, letters: {}, records: [] }, findings, totals: 0 };
  }
  const reader = new TableReader(schema, found, top, findings);
  for (const row of top) reader.read(row);
  while (layout === undefined) {
    const next = await source.next();
    if (next.done === true) layout = next.value;
    else reader.read(next.value);
  }
  return { records: { ...reader.finish(layout), sheet: sheet.name }, findings, totals: reader.totalCount };
}

function requiredHeadings(schema: SheetSchema): readonly string[] {
  return Object.values(schema.columns)
    .filter((column) => column.required)
    .map(headingText);
}

const FOOTNOTE = /^(?:注|备注|说明|填表|填报|制表|审核|复核|负责人|单位负责人|经办人|以下空白)/;

class TableReader {
  readonly #schema: SheetSchema;
  readonly #findings: SheetFindings;
  readonly #headingRow: number;
  readonly #columns: ReadonlyMap<number, FoundColumn>;
  readonly #letters: Readonly<Record<string, string>>;
  readonly #headings: ReadonlyMap<number, string>;
  readonly #sample: ReadonlyMap<string, string>;
  readonly #totals: TotalRows;
  readonly #records: Draft[] = [];
  /** `row key` of cells that hold something which could not be read: already reported, not missing. */
  readonly #faulty = new Set<string>();
  #hiddenRows = 0;
  #formulas = 0;
  #firstFormula = '';

  constructor(schema: SheetSchema, found: FoundHeadings, top: readonly SheetRow[], findings: SheetFindings) {
    const resolved = resolveColumns(schema, found, top, findings);
    this.#schema = schema;
    this.#findings = findings;
    this.#headingRow = found.row;
    this.#columns = resolved.columns;
    this.#letters = resolved.letters;
    this.#headings = resolved.headings;
    this.#sample = sampleValues(schema);
    this.#totals = new TotalRows(this.#columns);
  }

  read(row: SheetRow): void {
    if (row.row <= this.#headingRow) return;
    let mark = false;
    let first: SheetCell | undefined;
    let filled = 0;
    for (const cell of row.cells) {
      if (cell.raw === '' && cell.formula === undefined) continue;
      filled += 1;
      first ??= cell;
      if (!this.#columns.has(cell.column) && cell.raw.startsWith(SAMPLE_MARK)) mark = true;
    }
    if (first === undefined) return;
    if (this.#isFootnote(row, first) || (filled > 1 && this.#isHeadingAgain(row))) return;
    const label = this.#totals.label(row);
    const draft: Draft = { row: row.row };
    let read = 0;
    for (const cell of row.cells) {
      const column = this.#columns.get(cell.column);
      if (column === undefined || (label !== undefined && cell.column === label.column)) continue;
      const value = this.#readCell(cell, column, label === undefined);
      if (value === undefined) continue;
      draft[column.key] = value;
      read += 1;
    }
    if (label !== undefined && this.#isTotal(draft, label.key)) {
      this.#totals.addTotal(row.row, label, draft);
      return;
    }
    if (label !== undefined && label.key !== undefined) {
      // It only looked like a totals row: its label is an ordinary value.
      const cell = row.cells.find((each) => each.column === label.column);
      const column = this.#columns.get(label.column);
      const value = cell === undefined || column === undefined ? undefined : this.#readCell(cell, column, true);
      if (value !== undefined) {
        draft[label.key] = value;
        read += 1;
      }
    }
    const faulty = [...this.#columns.values()].some((column) => this.#faulty.has(`${row.row} ${column.key}`));
    if (read === 0 && !faulty) return;
    if (read === 1 && !faulty && this.#isOnlyNumbering(draft)) return;
    if (this.#isSample(draft, mark, row.row)) return;
    if (row.hidden) this.#hiddenRows += 1;
    this.#records.push(draft);
    this.#totals.addRecord(draft);
  }

  /** How many totals rows were left out. */
  get totalCount(): number {
    return this.#totals.count;
  }

  finish(layout: SheetLayout): Omit<SheetRecords, 'sheet'> {
    this.#fillMerged(layout);
    this.#checkRequired();
    this.#totals.check(this.#letters, this.#findings);
    if (this.#hiddenRows > 0)
      this.#findings.onSheet(
        'hidden-rows',
        'notice',
        text(
          `有 ${this.#hiddenRows} 行被隐藏，已照常读取。`,
          `${this.#hiddenRows} rows are hidden; they were read like the others.`,
        ),
      );
    if (this.#formulas > 0)
      this.#findings.onSheet(
        'formula-results-used',
        'notice',
        text(
          `有 ${this.#formulas} 个单元格是公式（第一个在 ${this.#firstFormula}），用的是文件里保存的结果。`,
          `${this.#formulas} cells hold formulas (the first is ${this.#firstFormula}); their stored results were used.`,
        ),
      );
    for (const [column, found] of this.#columns)
      if (layout.hiddenColumns.some((range) => column >= range.first && column <= range.last))
        this.#findings.onSheet(
          'hidden-column',
          'notice',
          text(
            `“${found.schema.name}”列被隐藏，已照常读取。`,
            `column “${found.schema.name}” is hidden; it was read like the others.`,
          ),
        );
    return {
      schema: this.#schema,
      letters: this.#letters,
      records: this.#records as unknown as SheetRecords['records'],
      faults: this.#faulty,
    };
  }

  #readCell(cell: SheetCell, column: FoundColumn, countFormula: boolean): CellValue | undefined {
    const before = this.#findings.errors;
    const value = readCell(cell, column, this.#findings);
    if (this.#findings.errors > before) this.#faulty.add(`${cell.row} ${column.key}`);
    const computed = cell.formula !== undefined && column.schema.type !== 'formula';
    if (computed && value !== undefined && countFormula) {
      if (this.#formulas === 0) this.#firstFormula = cell.address;
      this.#formulas += 1;
    }
    return value;
  }

  #isFootnote(row: SheetRow, first: SheetCell): boolean {
    if (!row.cells.every((cell) => cell.raw === '' || (cell.type !== 'n' && FOOTNOTE.test(cellWords(cell.raw)))))
      return false;
    this.#findings.onCell(
      'footnote-skipped',
      'notice',
      text('这一行像是表注，没有当作记录。', 'this row looks like a note and was not taken as a record.'),
      first.address,
    );
    return true;
  }

  /** The heading pasted again between records, as printed pages have it. */
  #isHeadingAgain(row: SheetRow): boolean {
    const inColumns = row.cells.filter((cell) => cell.raw !== '' && this.#headings.has(cell.column));
    if (inColumns.length < 2) return false;
    if (!inColumns.every((cell) => plainWords(cell.raw) === this.#headings.get(cell.column))) return false;
    this.#findings.onSheet(
      'heading-repeated',
      'notice',
      text(
        `第 ${row.row} 行重复表头，没有当作记录。`,
        `row ${row.row} repeats the heading and was not taken as a record.`,
      ),
    );
    return true;
  }

  /** A totals row names nothing else that a record must have. */
  #isTotal(draft: Draft, labelKey: string | undefined): boolean {
    return Object.entries(this.#schema.columns).every(
      ([key, column]) =>
        key === labelKey ||
        column.type === 'number' ||
        column.type === 'money' ||
        (!column.required && column.type !== 'choice') ||
        draft[key] === undefined,
    );
  }

  #isOnlyNumbering(draft: Draft): boolean {
    return Object.entries(this.#schema.columns).some(
      ([key, column]) => column.name === '序号' && draft[key] !== undefined,
    );
  }

  #isSample(draft: Draft, marked: boolean, row: number): boolean {
    if (!marked && this.#records.length > 0) return false;
    if (isSampleRow(draft, this.#sample, marked)) {
      if (!marked)
        this.#findings.onCell(
          'sample-row-skipped',
          'notice',
          text(
            '这一行与示例行完全相同，没有当作记录。',
            'this row equals the sample row and was not taken as a record.',
          ),
          `A${row}`,
        );
      return true;
    }
    if (marked)
      this.#findings.onCell(
        'sample-row-changed',
        'warning',
        text(
          '这一行标着“示例”，内容却改过，已当作记录读取；如果是真实数据，请删去“示例”二字，否则删去这一行。',
          'this row is marked as a sample but was changed, and was read as a record; delete the mark or the row.',
        ),
        `A${row}`,
      );
    return false;
  }

  /** Words of a cell merged over several rows stand for each of them; figures are never repeated. */
  #fillMerged(layout: SheetLayout): void {
    const merges = layout.merges.filter((merge) => merge.firstRow > this.#headingRow && merge.lastRow > merge.firstRow);
    if (merges.length === 0) return;
    const byRow = new Map(this.#records.map((record) => [record.row, record]));
    let filled = 0;
    for (const merge of merges) {
      const column = this.#columns.get(merge.firstColumn);
      if (column === undefined || column.schema.type === 'number' || column.schema.type === 'money') continue;
      const value = byRow.get(merge.firstRow)?.[column.key];
      if (value === undefined) continue;
      for (let row = merge.firstRow + 1; row <= merge.lastRow; row += 1) {
        const record = byRow.get(row);
        if (record === undefined || record[column.key] !== undefined) continue;
        record[column.key] = value;
        filled += 1;
      }
    }
    if (filled > 0)
      this.#findings.onSheet(
        'merged-cells-filled',
        'notice',
        text(
          `合并单元格的文字已用于它盖住的每一行（${filled} 处）。`,
          `the words of merged cells were used for every row they cover (${filled} places).`,
        ),
      );
  }

  #checkRequired(): void {
    for (const [key, column] of Object.entries(this.#schema.columns)) {
      const letter = this.#letters[key];
      if (!column.required || letter === undefined) continue;
      for (const record of this.#records)
        if (record[key] === undefined && !this.#faulty.has(`${record.row} ${key}`))
          this.#findings.onCell(
            'cell-required',
            'error',
            text(`“${column.name}”必须填写。`, `“${column.name}” must be filled.`),
            `${letter}${record.row}`,
          );
    }
  }
}
