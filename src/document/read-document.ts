import type { Problem } from '../problem/index.ts';
import type { Block } from './blocks.ts';

export type DocumentKind = 'xlsx' | 'xls' | 'docx' | 'doc' | 'pdf' | 'html' | 'txt' | 'csv';

/** A foreign file as read: blocks in reading order, each with its place in `text`. */
export interface ReadDocument {
  /** The file's name; of a member of an archive or folder its path inside, `附件.zip/自评表.docx`. */
  readonly name: string;
  readonly kind: DocumentKind;
  /** Every block, and every cell of a table, carries `position.start/end` into `text`. */
  readonly blocks: readonly Block[];
  /**
   * The plain text (`placeBlocks` makes it): what `jiping audit --text` prints. Offsets count Unicode code points.
   * Of a .txt file it is the file's own text, decoded, without byte order mark, CRLF as LF.
   */
  readonly text: string;
  /** Pages of a PDF. */
  readonly pageCount?: number;
  /** What was left out or could not be read: pages without a text layer, hidden sheets. */
  readonly notes: readonly Problem[];
}
