import { createHash } from 'node:crypto';

/**
 * A computation over registers as data. Values are texts, whole numbers and null, so that every engine agrees on them;
 * money is whole 分, a date is `YYYY-MM-DD`. Rendered to SQL by `engines/` alone; `evaluatePlan` is the plain reference.
 */
export interface Plan {
  readonly steps: readonly Step[];
}

export interface Step {
  readonly name: string;
  readonly node: Node;
  /** Kept by the engine because several later steps read it; otherwise it is computed where it is read. */
  readonly keep?: boolean;
}

export type Node =
  | ScanNode
  | FilterNode
  | ProjectNode
  | JoinNode
  | UnionNode
  | DistinctNode
  | AggregateNode
  | RankNode
  | CompareNode
  | WriteNode;

/** Rows of one table. Columns that the table lacks read as null. */
export interface ScanNode {
  readonly kind: 'scan';
  /** Id of the table; where its file is, the engine is told beside the plan. */
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: 'text' | 'whole'; readonly present: boolean }[];
  /** Name of a further column: the row's place in the table, from 1. */
  readonly place?: string;
}

export interface FilterNode {
  readonly kind: 'filter';
  readonly from: string;
  readonly where: Expression;
}

export interface ProjectNode {
  readonly kind: 'project';
  readonly from: string;
  readonly columns: readonly Column[];
}

/**
 * Equal join; null equals nothing. `inner` and `left` give the columns named; `semi` and `anti` the left rows that have,
 * or have not, a partner. Expressions of `columns` read left columns as `l.name` and right ones as `r.name`.
 */
export interface JoinNode {
  readonly kind: 'join';
  readonly how: 'inner' | 'left' | 'semi' | 'anti';
  readonly left: string;
  readonly right: string;
  readonly on: readonly (readonly [string, string])[];
  readonly columns?: readonly Column[];
}

/** All rows of tables with equal columns; equal rows stay. */
export interface UnionNode {
  readonly kind: 'union';
  readonly from: readonly string[];
}

/** One row for each value of `by`: the first in the order of `order`, null last. */
export interface DistinctNode {
  readonly kind: 'distinct';
  readonly from: string;
  readonly by: readonly string[];
  readonly order: readonly string[];
}

export interface AggregateNode {
  readonly kind: 'aggregate';
  readonly from: string;
  readonly by: readonly string[];
  readonly measures: readonly {
    readonly name: string;
    readonly measure: 'count' | 'count-distinct' | 'sum' | 'least' | 'greatest';
    readonly of?: string;
  }[];
}

/** Adds a rank from 1; equals share one, the next follows after the gap. */
export interface RankNode {
  readonly kind: 'rank';
  readonly from: string;
  readonly by: string;
  readonly descending: boolean;
  readonly name: string;
}

/** Adds the first level all of whose column pairs are equal (null equals nothing), else `otherwise`. */
export interface CompareNode {
  readonly kind: 'compare';
  readonly from: string;
  readonly name: string;
  readonly levels: readonly { readonly level: string; readonly same: readonly (readonly [string, string])[] }[];
  readonly otherwise: string;
}

/** Writes rows in the order of `order`. */
export interface WriteNode {
  readonly kind: 'write';
  readonly from: string;
  readonly target: string;
  readonly order: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly value: Expression;
}

export type Expression =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'whole'; readonly value: string }
  | { readonly kind: 'null'; readonly type: 'text' | 'whole' }
  | { readonly kind: 'equal' | 'less'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'one-of'; readonly of: Expression; readonly values: readonly string[] }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not' | 'is-null'; readonly of: Expression }
  | { readonly kind: 'coalesce' | 'add'; readonly of: readonly Expression[] }
  | { readonly kind: 'choose'; readonly when: Expression; readonly then: Expression; readonly otherwise: Expression }
  /** Texts with `|` between them; null reads as nothing. */
  | { readonly kind: 'joined'; readonly of: readonly Expression[] }
  /** A name in the forms it is compared by: traditional, variant and print forms of a character are one. */
  | { readonly kind: 'name-form'; readonly of: Expression }
  /** Keyed digest, 32 hex digits: HMAC-SHA-256 of a text under the installation's key, cut in half. */
  | { readonly kind: 'keyed'; readonly of: Expression };

export const column = (name: string): Expression => ({ kind: 'column', name });
export const words = (value: string): Expression => ({ kind: 'text', value });
export const whole = (value: bigint | number): Expression => ({ kind: 'whole', value: String(value) });
export const isNull = (of: Expression): Expression => ({ kind: 'is-null', of });
export const not = (of: Expression): Expression => ({ kind: 'not', of });
export const equal = (left: Expression, right: Expression): Expression => ({ kind: 'equal', left, right });
export const all = (...of: readonly Expression[]): Expression => ({ kind: 'and', of });
export const coalesce = (...of: readonly Expression[]): Expression => ({ kind: 'coalesce', of });
export const choose = (when: Expression, then: Expression, otherwise: Expression): Expression => ({
  kind: 'choose',
  when,
  then,
  otherwise,
});
export const same = (...names: readonly string[]): readonly Column[] =>
  names.map((name) => ({ name, value: column(name) }));

/** SHA-256 of the plan's canonical text: what a figure's origin names. */
export function planHash(plan: Plan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}

/** Separates the columns of a row's canonical text; null is `\N`. */
export const FIELD_MARK = '\u001f';
export const NULL_MARK = '\\N';
