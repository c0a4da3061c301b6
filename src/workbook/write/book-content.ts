import type { EntryOf, projectSheet, TableKey, tableSheets } from '../../ledger/index.ts';

/** What a book is filled with before it is a file. */
export interface BookContent {
  readonly project: EntryOf<typeof projectSheet.columns>;
  readonly tables: { readonly [K in TableKey]?: readonly EntryOf<(typeof tableSheets)[K]['columns']>[] };
}
