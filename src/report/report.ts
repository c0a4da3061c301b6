import type { Block, Cell, FigureRun, Inline } from '../document/index.ts';

/** How the page looks; sizes follow GB/T 9704-2012 and are the renderers' business. */
export interface PageStyle {
  readonly orientation: 'portrait' | 'landscape';
  /** 22 lines × 28 characters (a report); without it (a form) lines follow the text. */
  readonly grid: boolean;
}

/** Page number at the foot: `dashes` = — 1 —, odd pages right and even pages left; `none` = no number. */
export type PageNumberStyle = 'dashes' | 'none';

/**
 * An official paper as a value: blocks whose figures are facts. Everything visible stands in here, so that
 * reading a rendered file gives the same text back. Papers carry no product mark and no rule id.
 */
export interface Report {
  /** Title for the file's properties; the visible title is a heading of level 0. */
  readonly title: string;
  /** `table`: a form, which is also made as XLSX; `report`: prose. */
  readonly kind: 'table' | 'report';
  readonly page: PageStyle;
  readonly blocks: readonly Block[];
  /** Line at the head of every page; rare in official papers. */
  readonly header?: readonly Inline[];
  readonly pageNumber: PageNumberStyle;
}

/** Cells in reading order: by row, then by column. */
export function orderedCells(cells: readonly Cell[]): readonly Cell[] {
  return [...cells].sort((a, b) => a.row - b.row || a.column - b.column);
}

/** Every line of inlines in reading order: header, paragraphs, each paragraph of each table cell. */
export function* reportLines(report: Report): Generator<readonly Inline[]> {
  if (report.header !== undefined) yield report.header;
  for (const block of report.blocks) {
    if (block.kind === 'heading' || block.kind === 'paragraph') yield block.inlines;
    else if (block.kind === 'table') for (const cell of orderedCells(block.cells)) yield* cell.paragraphs;
  }
}

/** Every figure in reading order, repeats included. */
export function reportFigures(report: Report): readonly FigureRun[] {
  const figures: FigureRun[] = [];
  for (const line of reportLines(report)) for (const run of line) if (run.kind === 'figure') figures.push(run);
  return figures;
}
