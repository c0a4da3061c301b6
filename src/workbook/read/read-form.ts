import { columnName, type Sheet, type SheetCell, type SheetLayout, type SheetRow } from '../../document/index.ts';
import type { Columns, Field, SheetSchema } from '../../ledger/index.ts';
import { text } from '../../problem/index.ts';
import { SheetFindings } from './findings.ts';
import { type CellValue, unitNamed, unitOf } from './found-column.ts';
import { HeadingMatcher } from './match-heading.ts';
import { cellWords, plainWords, quoted } from './plain-words.ts';
import { readCell } from './read-cell.ts';

/** The heading over the column of answers in the blank book, and what people call it. */
export const VALUE_HEADING = '填写内容';
const VALUE_HEADINGS = new Set([VALUE_HEADING, '内容', '填报内容', '填写', '值']);
/** A form has few rows; what stands below is not read. */
const MAX_FORM_ROWS = 2000;

type FormValues = Record<string, Field<CellValue>>;

/** Reads the 项目 sheet: a name in one cell, its value in the column of answers or in the next filled cell. */
export async function readForm(
  sheet: Sheet,
  schema: SheetSchema,
): Promise<{ readonly fields: Readonly<FormValues>; readonly findings: SheetFindings }> {
  const findings = new SheetFindings(sheet.name);
  const rows: SheetRow[] = [];
  const source = sheet.rows();
  let layout: SheetLayout | undefined;
  while (layout === undefined) {
    const next = await source.next();
    if (next.done === true) layout = next.value;
    else if (rows.length < MAX_FORM_ROWS) rows.push(next.value);
  }
  const reader = new FormReader(schema, findings);
  const header = findValueColumn(rows);
  for (const row of rows) {
    if (header === undefined) reader.readPairs(row);
    else if (row.row > header.row) reader.readAnswer(row, header.column);
  }
  reader.finish();
  if (sheet.hidden) findings.onSheet('hidden-sheet', 'notice', hiddenSheet);
  return { fields: reader.fields, findings };
}

const hiddenSheet = text('这张表被隐藏，已照常读取。', 'the sheet is hidden; it was read like the others.');

function findValueColumn(rows: readonly SheetRow[]): { row: number; column: number } | undefined {
  for (const row of rows.slice(0, 10))
    for (const cell of row.cells)
      if (cell.column > 1 && VALUE_HEADINGS.has(plainWords(cell.raw))) return { row: row.row, column: cell.column };
  return undefined;
}

class FormReader {
  readonly fields: FormValues = {};
  readonly #columns: Columns;
  readonly #matcher: HeadingMatcher;
  readonly #findings: SheetFindings;
  readonly #faulty = new Set<string>();
  /** Where the answer of a label found in the sheet belongs. */
  readonly #labels = new Map<string, string>();
  #last: string | undefined;

  constructor(schema: SheetSchema, findings: SheetFindings) {
    this.#columns = schema.columns;
    this.#matcher = new HeadingMatcher(schema.columns);
    this.#findings = findings;
  }

  /** A row of the blank book's own layout: labels left of `column`, the answer in it. */
  readAnswer(row: SheetRow, column: number): void {
    const answer = row.cells.find((cell) => cell.column === column);
    const labels = row.cells.filter((cell) => cell.column < column && cellWords(cell.raw) !== '');
    const label = labels.findLast((cell) => this.#matcher.match(cellWords(cell.raw)) !== undefined);
    if (label !== undefined) this.#read(label, answer, `${columnName(column)}${row.row}`);
    else if (labels.length === 0 && answer !== undefined) this.#continue(answer);
    else if (labels[0] !== undefined && answer !== undefined && cellWords(answer.raw) !== '')
      this.#findings.onCell(
        'label-unknown',
        'notice',
        text('不认识这一项，没有读取。', 'this item is not known and was not read.'),
        labels[0].address,
      );
  }

  /** A row of any other layout: every known label takes the next filled cell that is no label itself. */
  readPairs(row: SheetRow): void {
    const filled = row.cells.filter((cell) => cellWords(cell.raw) !== '' || cell.formula !== undefined);
    for (const [index, cell] of filled.entries()) {
      if (this.#matcher.match(cellWords(cell.raw)) === undefined) continue;
      const next = filled[index + 1];
      const isLabel = next !== undefined && this.#matcher.match(cellWords(next.raw)) !== undefined;
      this.#read(cell, isLabel ? undefined : next, cell.address);
    }
  }

  finish(): void {
    const missing: string[] = [];
    for (const [key, column] of Object.entries(this.#columns)) {
      if (!column.required || this.fields[key] !== undefined || this.#faulty.has(key)) continue;
      const place = this.#labels.get(key);
      if (place === undefined) missing.push(column.name);
      else
        this.#findings.onCell(
          'cell-required',
          'error',
          text(`“${column.name}”必须填写。`, `“${column.name}” must be filled.`),
          place,
        );
    }
    if (missing.length > 0)
      this.#findings.onSheet(
        'label-missing',
        'error',
        text(`缺少必填的项：${missing.join('、')}。`, `required items are missing: ${missing.join(', ')}.`),
      );
  }

  #read(label: SheetCell, answer: SheetCell | undefined, place: string): void {
    const match = this.#matcher.match(cellWords(label.raw));
    const schema = match === undefined ? undefined : this.#columns[match.key];
    if (match === undefined || schema === undefined) return;
    this.#last = match.key;
    if (this.#labels.has(match.key)) {
      if (answer !== undefined)
        this.#findings.onCell(
          'label-repeated',
          'warning',
          text(`“${schema.name}”出现了两次，只读第一处。`, `“${schema.name}” stands twice; the first was read.`),
          label.address,
        );
      return;
    }
    this.#labels.set(match.key, place);
    if (match.bySynonym)
      this.#findings.onCell(
        'column-by-synonym',
        'notice',
        text(
          `“${quoted(cellWords(label.raw))}”按“${schema.name}”读取。`,
          `“${quoted(cellWords(label.raw))}” is read as “${schema.name}”.`,
        ),
        label.address,
      );
    if (answer === undefined) return;
    const unit = unitOf(schema);
    const written = match.unit === undefined ? unit : (unitNamed(match.unit, schema) ?? unit);
    const before = this.#findings.errors;
    const value = readCell(answer, { key: match.key, schema, unit, written }, this.#findings);
    if (this.#findings.errors > before) this.#faulty.add(match.key);
    if (value === undefined) return;
    this.fields[match.key] = { value, cell: answer.address };
    if (answer.formula !== undefined)
      this.#findings.onCell(
        'formula-results-used',
        'notice',
        text('单元格是公式，用的是文件里保存的结果。', 'the cell holds a formula; its stored result was used.'),
        answer.address,
      );
  }

  /** Long answers go on below: the same item over several rows. */
  #continue(answer: SheetCell): void {
    const key = this.#last;
    const known = key === undefined ? undefined : this.fields[key];
    const schema = key === undefined ? undefined : this.#columns[key];
    const words = cellWords(answer.raw);
    if (key === undefined || schema === undefined || words === '') return;
    const continues = schema.type === 'long-text' || schema.type === 'list';
    if (!continues || known === undefined) {
      this.#findings.onCell(
        'answer-without-label',
        'warning',
        text('这一格左边没有项目名称，没有读取。', 'no item stands left of this cell; it was not read.'),
        answer.address,
      );
      return;
    }
    const value = readCell(answer, { key, schema, unit: undefined, written: undefined }, this.#findings);
    if (value === undefined) return;
    const joined =
      schema.type === 'list'
        ? [...(known.value as readonly string[]), ...(value as readonly string[])]
        : `${String(known.value)}\n${String(value)}`;
    this.fields[key] = { value: joined, cell: known.cell };
    this.#findings.onCell(
      'answer-continued',
      'notice',
      text(`并入上一项“${schema.name}”。`, `joined to “${schema.name}” above.`),
      `${columnName(answer.column)}${answer.row}`,
    );
  }
}
