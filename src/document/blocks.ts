/**
 * The block model: what every foreign file is read into and what every report is written from. A report is a value
 * of this model; the renderers alone know docx, xlsx, typst or html.
 */

/** Where something stood in the file it was read from. Only what is known is given. */
export interface Position {
  /** 1-based page of a PDF. */
  readonly page?: number;
  readonly sheet?: string;
  /** `C5` of a sheet. */
  readonly cell?: string;
  /** Code-point offsets into the document's plain text (`ReadDocument.text`), end exclusive. */
  readonly start?: number;
  readonly end?: number;
  /** Outside the running text of a file: a page header, a footnote, a text box. */
  readonly part?: 'header' | 'footer' | 'footnote' | 'text-box';
}

/**
 * How a fact becomes text. `style` picks the printed form:
 * `number` 2109.07, `grouped` 2,109.07, `percent` 96.18% (the value is a ratio or already in %), `date` 2024年7月11日,
 * `month` 2024年7月, `year` 2024, `text` the words themselves, `signed` −80.62, `points` 10 分.
 */
export interface FigureFormat {
  readonly style: 'number' | 'grouped' | 'percent' | 'date' | 'month' | 'year' | 'text' | 'signed' | 'points';
  /** Digits after the point; absent = the exact decimal as it stands. */
  readonly places?: number;
  /** Print in this unit (converted exactly, then rounded once); absent = the fact's own. */
  readonly unit?: string;
  /** Print the unit after the number. */
  readonly showUnit?: boolean;
}

/** `form`: words of the form or of this program (a declared literal). `unit`: words the unit wrote itself. */
export type TextSource = 'form' | 'unit';

export interface TextRun {
  readonly kind: 'text';
  readonly text: string;
  readonly source: TextSource;
  readonly bold?: boolean;
  /** Tag of the Word content control the words stand in, of a file that was read. */
  readonly tag?: string;
}

/** A figure: the printed text of one fact. `text` is always `print(fact, format)`. */
export interface FigureRun {
  readonly kind: 'figure';
  readonly text: string;
  readonly factId: string;
  readonly format: FigureFormat;
  readonly bold?: boolean;
}

export type Inline = TextRun | FigureRun;

export type Align = 'left' | 'center' | 'right' | 'justify';

export interface Heading {
  readonly kind: 'heading';
  /** 1 = 一、 2 = （一） 3 = 1. 4 = （1）; 0 is the document's title. The number is part of the text. */
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly inlines: readonly Inline[];
  readonly position?: Position;
}

/** What a paragraph is for; the renderer knows how each looks (GB/T 9704). */
export type ParagraphRole =
  | 'body'
  | 'subtitle'
  | 'cover-line'
  | 'addressee'
  | 'note'
  | 'unit-note'
  | 'signature'
  | 'date'
  | 'attachment';

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly role: ParagraphRole;
  readonly inlines: readonly Inline[];
  readonly align?: Align;
  readonly position?: Position;
}

/** One cell of a table, at its top-left grid place; covered grid places carry no cell. 0-based. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly paragraphs: readonly (readonly Inline[])[];
  readonly align?: Align;
  readonly header?: boolean;
  readonly position?: Position;
}

export interface Table {
  readonly kind: 'table';
  readonly rowCount: number;
  readonly columnCount: number;
  /** Relative widths, one a column; absent = equal (or unknown for a table read from a file). */
  readonly widths?: readonly number[];
  /** How many rows at the top repeat on every page. */
  readonly headerRows: number;
  readonly cells: readonly Cell[];
  readonly position?: Position;
}

export interface PageBreak {
  readonly kind: 'page-break';
  /** Orientation of the pages after the break; absent = unchanged. */
  readonly orientation?: 'portrait' | 'landscape';
}

export type Block = Heading | Paragraph | Table | PageBreak;

export function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => inline.text).join('');
}

/** The text of a cell, its paragraphs joined by line feeds. */
export function cellText(cell: Cell): string {
  return cell.paragraphs.map(inlineText).join('\n');
}
