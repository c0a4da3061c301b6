import { Exact } from '../../quantity/index.ts';
import { type ProjectBook, type TableKey, tableSheets } from '../project-book.ts';
import type { ColumnSchema, Columns, SheetRecords, SheetSchema } from '../sheet-schema.ts';
import { projectSheet } from '../sheets/project.ts';

/** What a clerk would type, by the key of the column: a list as `1、2`, a flag as 是, numbers as text. */
export type Typed = Readonly<Record<string, string>>;

/**
 * A book as the workbook reader would give it, for tests: the project sheet in A/B from row 2 on, every table with
 * its headings in row 2 and records from row 3 on.
 */
export function buildBook(project: Typed, tables: Partial<Record<TableKey, readonly Typed[]>> = {}): ProjectBook {
  const form: Record<string, unknown> = {};
  Object.keys(projectSheet.columns).forEach((key, index) => {
    const typed = project[key];
    const column = (projectSheet.columns as Columns)[key];
    if (typed !== undefined && column !== undefined)
      form[key] = { value: typedValue(column, typed), cell: `B${index + 2}` };
  });
  refuseUnknown(project, projectSheet.columns);
  const entries = Object.entries(tableSheets).map(([key, schema]) => [
    key,
    sheetOf(schema as unknown as SheetSchema, tables[key as TableKey] ?? []),
  ]);
  return {
    file: { name: '测试项目.xlsx', version: 'a'.repeat(64) },
    project: form as ProjectBook['project'],
    projectSheetName: projectSheet.name,
    tables: Object.fromEntries(entries) as ProjectBook['tables'],
  };
}

function sheetOf(schema: SheetSchema, typed: readonly Typed[]): SheetRecords {
  const keys = Object.keys(schema.columns);
  const letters = Object.fromEntries(keys.map((key, index) => [key, letterOf(index)]));
  const records = typed.map((one, index) => {
    refuseUnknown(one, schema.columns);
    const record: Record<string, unknown> = { row: index + 3 };
    for (const [key, value] of Object.entries(one)) {
      const column = schema.columns[key];
      if (column !== undefined) record[key] = typedValue(column, value);
    }
    return record as SheetRecords['records'][number];
  });
  return { schema, sheet: schema.name, letters, records };
}

function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

function typedValue(column: ColumnSchema, typed: string): unknown {
  switch (column.type) {
    case 'number':
    case 'money':
      return Exact.of(typed);
    case 'list':
      return typed.split(/[、，,；;\n]/).filter((part) => part !== '');
    case 'flag':
      return typed === '是';
    default:
      return typed;
  }
}

function refuseUnknown(typed: Typed, columns: Columns): void {
  for (const key of Object.keys(typed)) if (!(key in columns)) throw new Error(`no column ${key}`);
}
