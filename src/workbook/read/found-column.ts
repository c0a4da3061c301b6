import type { ColumnSchema } from '../../ledger/index.ts';
import { type Exact, findUnit, POINT, type Unit } from '../../quantity/index.ts';

/** A column of one sheet as found: what it holds and the unit its heading carries. */
export interface FoundColumn {
  readonly key: string;
  readonly schema: ColumnSchema;
  /** Unit of the schema; `undefined` where the column has none. */
  readonly unit: Unit | undefined;
  /** Unit of the figures as written under this heading; differs from `unit` when the heading says so. */
  readonly written: Unit | undefined;
}

export type CellValue = Exact | string | boolean | readonly string[];

export function unitOf(schema: ColumnSchema): Unit | undefined {
  if (schema.type !== 'number' && schema.type !== 'money') return undefined;
  return unitNamed(schema.unit ?? '', schema);
}

/** 分 is a point of the score sheet in a number column and 0.01 元 in a money column. */
export function unitNamed(symbol: string, schema: ColumnSchema): Unit | undefined {
  return symbol === '分' && schema.type === 'number' ? POINT : findUnit(symbol);
}
