import { columnName, type SheetRow } from '../../document/index.ts';
import type { ColumnSchema, SheetSchema } from '../../ledger/index.ts';
import { text } from '../../problem/index.ts';
import { sameDimension, type Unit } from '../../quantity/index.ts';
import type { FoundHeadings } from './find-heading.ts';
import type { SheetFindings } from './findings.ts';
import { type FoundColumn, unitNamed, unitOf } from './found-column.ts';
import { headingText } from './match-heading.ts';
import { cellWords, plainWords, quoted } from './plain-words.ts';
import { SAMPLE_MARK } from './sample-row.ts';

interface ResolvedColumns {
  /** By 1-based column number. */
  readonly columns: ReadonlyMap<number, FoundColumn>;
  /** Column letter by key. */
  readonly letters: Readonly<Record<string, string>>;
  /** Plain words of the heading by 1-based column number. */
  readonly headings: ReadonlyMap<number, string>;
}

/** What each found heading means: its column and unit; what is missing, repeated, unknown or judged is reported. */
export function resolveColumns(
  schema: SheetSchema,
  found: FoundHeadings,
  top: readonly SheetRow[],
  findings: SheetFindings,
): ResolvedColumns {
  const columns = new Map<number, FoundColumn>();
  const letters: Record<string, string> = {};
  const headings = new Map<number, string>();
  const note = moneyUnitAbove(top, found.row, schema);
  for (const heading of found.headings) {
    const column = schema.columns[heading.key];
    if (column === undefined) continue;
    const cell = `${columnName(heading.column)}${found.row}`;
    const resolved = resolveUnit(column, heading.unit, note, cell, findings);
    if (resolved === undefined) continue;
    columns.set(heading.column, { key: heading.key, schema: column, ...resolved });
    letters[heading.key] = columnName(heading.column);
    headings.set(heading.column, plainWords(heading.words));
    if (heading.bySynonym)
      findings.onCell(
        'column-by-synonym',
        'notice',
        text(`“${heading.words}”按“${column.name}”读取。`, `“${heading.words}” is read as “${column.name}”.`),
        cell,
      );
  }
  reportHeadings(schema, found, letters, findings);
  return { columns, letters, headings };
}

function resolveUnit(
  column: ColumnSchema,
  inHeading: string | undefined,
  note: Unit | undefined,
  cell: string,
  findings: SheetFindings,
): { unit: Unit | undefined; written: Unit | undefined } | undefined {
  const unit = unitOf(column);
  if (unit === undefined || column.unit === '') return { unit, written: unit };
  const written = inHeading === undefined ? undefined : unitNamed(inHeading, column);
  if (written !== undefined && !sameDimension(written, unit)) {
    findings.onCell(
      'heading-unit-differs',
      'error',
      text(
        `“${column.name}”应以${column.unit}计，表头写的是${inHeading}，这一列没有读取；请改表头或换列。`,
        `“${column.name}” is counted in ${column.unit}, the heading says ${inHeading}; the column was not read.`,
      ),
      cell,
    );
    return undefined;
  }
  if (column.type !== 'money' && written === undefined) return { unit, written: unit };
  const used = written ?? note ?? unit;
  if (!used.factor.eq(unit.factor))
    findings.onCell(
      'column-unit-converted',
      'notice',
      text(
        `“${column.name}”${written === undefined ? '按表上方注明的' : '以'}${used.symbol}填写，已换算为${column.unit}。`,
        `“${column.name}” is given in ${used.symbol} and was converted to ${column.unit}.`,
      ),
      cell,
    );
  else if (written === undefined)
    findings.onCell(
      'heading-without-unit',
      'notice',
      text(
        `“${column.name}”没有写单位，按${column.unit}读取。`,
        `“${column.name}” names no unit; read in ${column.unit}.`,
      ),
      cell,
    );
  return { unit, written: used };
}

function reportHeadings(
  schema: SheetSchema,
  found: FoundHeadings,
  letters: Readonly<Record<string, string>>,
  findings: SheetFindings,
): void {
  const missing = Object.entries(schema.columns)
    .filter(([key, column]) => column.required && letters[key] === undefined)
    .map(([, column]) => headingText(column));
  if (missing.length > 0)
    findings.onSheet(
      'column-missing',
      'error',
      text(`缺少必填的列：${missing.join('、')}；请补上表头。`, `required columns are missing: ${missing.join(', ')}.`),
    );
  for (const repeated of found.repeated)
    findings.onCell(
      'column-repeated',
      'warning',
      text(
        `“${repeated.words}”与另一列重复，没有读取；请删去或改名。`,
        `“${repeated.words}” repeats another column and was not read.`,
      ),
      `${columnName(repeated.column)}${found.row}`,
    );
  const unknown = found.unknown.filter(
    ({ words }) => !['序号', '标记', '编号'].includes(plainWords(words)) && !words.startsWith(SAMPLE_MARK),
  );
  if (unknown.length > 0)
    findings.onSheet(
      'column-unknown',
      'notice',
      text(
        `这些列不属于本表，没有读取：${unknown.map(({ words }) => quoted(words)).join('、')}。`,
        `columns that do not belong to this sheet were not read: ${unknown.map(({ words }) => quoted(words)).join(', ')}.`,
      ),
    );
}

const UNIT_NOTE = /单位[:：]?\s*(?:人民币)?\s*(元|万元|亿元|千元)/;

/** Whether these words are the unit note above a table: 单位：万元. */
export function namesMoneyUnit(words: string): boolean {
  return words.length <= 20 && UNIT_NOTE.test(words);
}

/** The "单位：万元" that stands above many tables; it speaks of money only. */
function moneyUnitAbove(top: readonly SheetRow[], headingRow: number, schema: SheetSchema): Unit | undefined {
  for (const row of top) {
    if (row.row > headingRow) return undefined;
    for (const cell of row.cells) {
      const words = cellWords(cell.raw);
      if (words.length > 20 || words === schema.instructions) continue;
      const unit = UNIT_NOTE.exec(words)?.[1];
      const money = Object.values(schema.columns).find((column) => column.type === 'money');
      if (unit !== undefined && money !== undefined) return unitNamed(unit, money);
    }
  }
  return undefined;
}
