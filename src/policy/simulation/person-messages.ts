/** What the program and its database process say to each other. */
export interface OpenRequest {
  readonly kind: 'open';
  readonly dataset: string;
  /** Parquet file of amounts per person to be written later; absent = totals only. */
  readonly out?: string | undefined;
  readonly memoryLimit: string;
  readonly threads: number;
  /** Where it may spill; erased by the caller. */
  readonly scratch: string;
}

/** Persons alike in everything the rules ask. */
export interface PersonKind {
  readonly category: string | null;
  readonly identities: string;
  /** null: not a whole number of months. */
  readonly months: number | null;
  readonly persons: bigint;
}

export interface WriteRequest {
  readonly kind: 'write';
  readonly levels: readonly string[];
  readonly rows: readonly {
    readonly category: string | null;
    readonly identities: string;
    readonly months: number | null;
    readonly levels: readonly bigint[];
    readonly aid: bigint;
    readonly fund: string | null;
  }[];
}

export type PersonRequest = OpenRequest | WriteRequest;

export type PersonAnswer =
  | { readonly kind: 'kinds'; readonly kinds: readonly PersonKind[] }
  | { readonly kind: 'too-many'; readonly count: number }
  | { readonly kind: 'written'; readonly persons: bigint }
  | { readonly kind: 'no-column'; readonly columns: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** More kinds of persons than this means a column of names or numbers was taken for a category. */
export const MOST_KINDS = 20_000;
