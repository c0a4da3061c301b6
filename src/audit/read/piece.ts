import type { CellValue } from './value.ts';
import type { Word } from './vocabulary.ts';

/** What stood between a piece and the one before it, weakest first. */
export type Gap = 'glued' | 'space' | 'cell' | 'row';

export type PieceKind =
  /** A cell that is printed and holds nothing. */
  | 'empty'
  /** A cell with a placeholder: — - / … */
  | 'dash'
  | 'ellipsis'
  | 'value'
  | 'operator'
  | 'text'
  | 'word'
  /** `指标2:` with nothing behind it. */
  | 'placeholder'
  /** A torn-off part of a form word. */
  | 'junk';

/** The smallest thing a table reader moves about: a cell, or a word where the text has lost its cells. */
export interface Piece {
  readonly kind: PieceKind;
  /** Folded, without white space. */
  readonly text: string;
  /** UTF-16 offsets into the source text. */
  readonly start: number;
  readonly end: number;
  readonly gap: Gap;
  readonly value?: CellValue;
  readonly word?: Word;
  /** Digits that may be several numbers run together. */
  readonly fused?: boolean;
  /** What follows reads on from a digit: of 10107类 the 7 may belong to the next name. */
  readonly open?: boolean;
  /** Was cut out of a run of digits. */
  readonly cut?: boolean;
  /** Grid place, when the document has real tables. */
  readonly column?: number;
}

export type Layout = 'grid' | 'pipe' | 'line' | 'space' | 'glued';

export interface Lexed {
  readonly layout: Layout;
  readonly pieces: readonly Piece[];
}
