import type {
  FormulaCell,
  FormulaColumnSchema,
  FormulaData,
  FormulaScalarSchema,
  FormulaSchema,
  FormulaTable,
  FormulaTableSchema,
  NamedFormula,
} from '../formula/index.ts';
import { text } from '../problem/index.ts';
import { Exact, findUnit, NO_UNIT } from '../quantity/index.ts';
import { type ProjectBook, tableSheets } from './project-book.ts';
import type { ColumnSchema, Columns, SheetRecords, SheetSchema } from './sheet-schema.ts';
import { projectSheet } from './sheets/project.ts';

/** A value a formula may name besides those of the book: an indicator entered by hand, a constant of the rule set. */
export interface GivenScalar {
  readonly schema: FormulaScalarSchema;
  /** In the schema's unit. */
  readonly value: FormulaCell;
}

/**
 * Names every project has: the county line of the newest day of the enrolment progress, or the sum of the units where
 * the county has no line. Compiled with the indicators' own formulas, so their rows are known too.
 */
export const LEDGER_FORMULAS: readonly NamedFormula[] = ['参保人数', '任务数'].map((name) => ({
  name,
  text: `如果(次数(参保进度, 单位类别="全县") > 0, 最新(参保进度.${name}, 单位类别="全县"), 最新(参保进度.${name}))`,
}));

/** Every ledger by its Chinese names, the fields of the project sheet, and what the caller gives. */
export function formulaSchema(given: readonly GivenScalar[] = []): FormulaSchema {
  return {
    tables: ledgers().map(([key, sheet]) => tableSchema(key, sheet)),
    scalars: [
      ...given.map((item) => item.schema),
      ...Object.values<ColumnSchema>(projectSheet.columns).map(fieldSchema),
    ],
  };
}

/** The book's records for formulas, without a copy: a cell costs one property access. */
export function formulaData(book: ProjectBook, given: readonly GivenScalar[] = []): FormulaData {
  const tables = new Map(
    ledgers().map(([key, sheet]): [string, FormulaTable] => [
      sheet.name,
      tableOf(book.tables[key] as unknown as SheetRecords),
    ]),
  );
  const scalars = new Map<string, FormulaCell>();
  for (const [key, column] of Object.entries<ColumnSchema>(projectSheet.columns)) {
    const field = (book.project as Readonly<Record<string, { readonly value: unknown } | undefined>>)[key];
    if (field !== undefined) scalars.set(column.name, cellOfValue(field.value));
  }
  for (const { schema, value } of given) scalars.set(schema.name, value);
  return { table: (name) => tables.get(name), scalar: (name) => scalars.get(name) };
}

/** The indicators themselves are no ledger: formulas name them one by one. */
function ledgers(): readonly (readonly [keyof typeof tableSheets, SheetSchema])[] {
  const sheets = Object.entries(tableSheets) as unknown as [keyof typeof tableSheets, SheetSchema][];
  return sheets.filter(([key]) => key !== 'indicators' && key !== 'checklists');
}

function tableSchema(key: string, sheet: SheetSchema): FormulaTableSchema {
  const columns: readonly [string, ColumnSchema][] = Object.entries(sheet.columns);
  const dates = columns.filter(([, column]) => column.type === 'date');
  const date = dates.find(([name]) => name === 'date') ?? dates[0];
  const count = key === 'trainings' ? sheet.columns.times : undefined;
  return {
    name: sheet.name,
    synonyms: sheet.synonyms,
    columns: columns.filter(([, column]) => column.type !== 'formula').map(([, column]) => columnSchema(column)),
    ...(date === undefined ? {} : { dateColumn: date[1].name }),
    ...(count === undefined ? {} : { countColumn: count.name }),
  };
}

function columnSchema(column: ColumnSchema): FormulaColumnSchema {
  const named = { name: column.name, synonyms: column.synonyms, required: column.required };
  if (column.type === 'number' || column.type === 'money')
    return { ...named, type: column.type, unit: findUnit(column.unit ?? '') ?? NO_UNIT };
  if (column.type === 'date') return { ...named, type: 'date' };
  return { ...named, type: 'text', ...(column.choices === undefined ? {} : { choices: column.choices }) };
}

function fieldSchema(column: ColumnSchema): FormulaScalarSchema {
  const { name, synonyms, type, unit } = columnSchema(column);
  const kind = type === 'money' ? 'number' : type;
  return { name, ...(synonyms === undefined ? {} : { synonyms }), type: kind, ...(unit === undefined ? {} : { unit }) };
}

const UNREADABLE = { fault: text('单元格填写有误', 'the cell is filled in wrongly') };

function tableOf(sheet: SheetRecords): FormulaTable {
  const records = sheet.records as readonly Readonly<Record<string, unknown>>[];
  const keys = new Map(Object.entries(sheet.schema.columns as Columns).map(([key, column]) => [column.name, key]));
  const faults = sheet.faults ?? new Set<string>();
  return {
    length: records.length,
    rowNumber: (index) => sheet.records[index]?.row ?? 0,
    column: (name) => {
      const key = keys.get(name);
      if (key === undefined) return undefined;
      return (index) => {
        const value = records[index]?.[key];
        if (value !== undefined) return cellOfValue(value);
        return faults.size > 0 && faults.has(`${sheet.records[index]?.row ?? 0} ${key}`) ? UNREADABLE : undefined;
      };
    },
  };
}

function cellOfValue(value: unknown): FormulaCell {
  if (value instanceof Exact || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '是' : '否';
  return Array.isArray(value) ? value.join('、') : undefined;
}
