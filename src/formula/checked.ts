import { type Exact, NO_UNIT, type Unit } from '../quantity/index.ts';
import type { FunctionName } from './functions.ts';
import type { FormulaColumnSchema, FormulaTableSchema } from './schema.ts';
import type { BinaryOperator, Span } from './syntax.ts';

/** `literal`: a bare number as written, which takes the unit of what it is compared with. */
export type ValueType =
  | { readonly kind: 'number'; readonly unit: Unit; readonly literal: boolean }
  | { readonly kind: 'text'; readonly choices?: readonly string[]; readonly name?: string }
  | { readonly kind: 'date' }
  | { readonly kind: 'truth' };

/** An expression whose names are resolved and whose units agree. Numbers are held in `type.unit`. */
export type Checked = Span & { readonly type: ValueType } & (
    | { readonly kind: 'constant'; readonly value: Exact | string }
    | { readonly kind: 'scalar' | 'indicator'; readonly name: string }
    /** A cell of the row at hand; only inside conditions. */
    | { readonly kind: 'cell'; readonly column: string }
    | { readonly kind: 'aggregate'; readonly aggregate: Aggregate }
    | { readonly kind: 'value-call'; readonly name: FunctionName; readonly args: readonly Checked[] }
    | { readonly kind: 'convert'; readonly of: Checked; readonly factor: Exact }
    | { readonly kind: 'minus' | 'not'; readonly of: Checked }
    | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Checked; readonly right: Checked }
  );

export interface Aggregate {
  readonly role: 'rows' | 'distinct' | 'sum' | 'latest' | 'extreme';
  readonly name: FunctionName;
  readonly table: FormulaTableSchema;
  readonly column: FormulaColumnSchema | undefined;
  readonly conditions: readonly Checked[];
  /** Canonical text, the query of the counted origin. */
  readonly query: string;
}

export type CheckedNumber = Checked & { readonly type: ValueType & { readonly kind: 'number' } };

export function isNumber(checked: Checked): checked is CheckedNumber {
  return checked.type.kind === 'number';
}

/** `of` times `factor`, in the unit of `type`. */
export function converted(of: Checked, factor: Exact, type: ValueType): Checked {
  if (factor.isInteger && factor.numerator === 1n) return { ...of, type };
  return { kind: 'convert', of, factor, type, start: of.start, end: of.end };
}

/** The cell of a column in the row at hand. */
export function cell(column: FormulaColumnSchema, span: Span): Checked {
  const { start, end } = span;
  const type: ValueType =
    column.type === 'date'
      ? { kind: 'date' }
      : column.type === 'text'
        ? { kind: 'text', name: column.name, ...(column.choices === undefined ? {} : { choices: column.choices }) }
        : { kind: 'number', unit: column.unit ?? NO_UNIT, literal: false };
  return { kind: 'cell', column: column.name, type, start, end };
}

/** In Chinese and English. */
export function typeName(type: ValueType): readonly [string, string] {
  switch (type.kind) {
    case 'number':
      return ['数', 'a number'];
    case 'text':
      return ['文字', 'a text'];
    case 'date':
      return ['日期', 'a date'];
    case 'truth':
      return ['条件', 'a condition'];
  }
}
