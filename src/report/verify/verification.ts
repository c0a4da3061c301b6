import type { Problem } from '../../problem/index.ts';
import type { PaperKind } from './carrier.ts';

/**
 * `consistent`: the visible text is the issued text and every figure is its fact. `changed`: it is not.
 * `cannot-verify`: the file carries no facts, so there is nothing to hold it against.
 */
export type Consistency = 'consistent' | 'changed' | 'cannot-verify';

/** A number on the paper that is neither a fact nor a word of the form. */
export interface Untraceable {
  readonly number: string;
  /** The words around it. */
  readonly quote: string;
}

export interface Verification {
  readonly file: string;
  readonly kind: PaperKind;
  readonly title: string;
  /** First answer. */
  readonly consistency: Consistency;
  /** Second answer: by whom; `undefined` when the file carries no manifest. */
  readonly signature?:
    | { readonly kind: 'unsigned' }
    | { readonly kind: 'signed'; readonly by: string; readonly valid: boolean };
  /** Third answer: the name under which this installation trusts the key. */
  readonly trustedAs?: string;
  /** Held against `evaluation.json` (`--with`). */
  readonly against?: string;
  /** Numbers on the paper: facts, declared literals (words of the form), untraceable. */
  readonly numbers: { readonly facts: number; readonly literals: number; readonly untraceable: readonly Untraceable[] };
  readonly problems: readonly Problem[];
}
