export { formulaData, formulaSchema, type GivenScalar, LEDGER_FORMULAS } from './formula-book.ts';
export { type ProjectBook, type TableKey, type TableRecord, tableSheets } from './project-book.ts';
export {
  type ColumnSchema,
  type Columns,
  type ColumnType,
  cellOf,
  type EntryOf,
  type Field,
  type SheetRecords,
  type SheetSchema,
} from './sheet-schema.ts';
export { DEVIATION_CAUSES, INDICATOR_LEVEL_1, indicatorSheet, SCORING_KINDS } from './sheets/indicators.ts';
export { MONEY_KINDS, type MoneyKind } from './sheets/money.ts';
export { projectSheet } from './sheets/project.ts';
