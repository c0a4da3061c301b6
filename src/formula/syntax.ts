import type { Exact, Unit } from '../quantity/index.ts';
import type { FunctionName } from './functions.ts';

/** Where a piece of a formula stands: UTF-16 indexes of the formula's text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '且' | '或';

/** A parsed formula. Nothing in it can call or name anything but what the schema gives. */
export type Expression = Span &
  (
    | { readonly kind: 'number'; readonly value: Exact; readonly unit: Unit | undefined }
    | { readonly kind: 'text'; readonly value: string }
    /** `YYYY-MM-DD`. */
    | { readonly kind: 'date'; readonly value: string }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'column'; readonly table: string; readonly column: string }
    | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Expression[] }
    | { readonly kind: 'minus' | 'not'; readonly of: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
  );
