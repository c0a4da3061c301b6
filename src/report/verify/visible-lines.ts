import type { Block, Inline, Position, ReadDocument } from '../../document/index.ts';
import type { Where } from '../../problem/index.ts';
import { orderedCells, type Report } from '../report.ts';

/** Part of a paper that text stands in. */
export type VisiblePart = NonNullable<Position['part']> | 'body' | 'annotation';

/** A line of text anybody sees on the paper. */
export interface VisibleLine {
  /** As it stands. */
  readonly shown: string;
  /** Without spaces, by which lines are compared: programs break and space lines differently. */
  readonly key: string;
  readonly part: VisiblePart;
  readonly inlines: readonly Inline[];
  readonly position: Position;
}

/** The issued paper's lines, in reading order. */
export function issuedLines(report: Report): readonly VisibleLine[] {
  const header = report.header === undefined ? [] : splitLines(report.header, 'header', {});
  return [...header, ...report.blocks.flatMap(blockLines)];
}

/** The lines found in a file. Page numbers at the foot are no figures. */
export function foundLines(document: ReadDocument): readonly VisibleLine[] {
  return document.blocks.flatMap(blockLines).filter((line) => !isPageNumber(line));
}

export function makeLine(shown: string, part: VisiblePart, position: Position): VisibleLine {
  return { shown, key: keyOf(shown), part, inlines: [{ kind: 'text', text: shown, source: 'unit' }], position };
}

function blockLines(block: Block): readonly VisibleLine[] {
  if (block.kind === 'page-break') return [];
  const part = block.position?.part ?? 'body';
  if (block.kind !== 'table') return splitLines(block.inlines, part, block.position ?? {});
  return orderedCells(block.cells).flatMap((cell) =>
    cell.paragraphs.flatMap((inlines) => splitLines(inlines, part, cell.position ?? block.position ?? {})),
  );
}

/** One line of inlines per line of text; lines without any character are none. */
function splitLines(inlines: readonly Inline[], part: VisiblePart, position: Position): readonly VisibleLine[] {
  const lines: Inline[][] = [[]];
  for (const inline of inlines)
    inline.text.split('\n').forEach((piece, index) => {
      if (index > 0) lines.push([]);
      if (piece !== '') lines.at(-1)?.push({ ...inline, text: piece });
    });
  return lines.flatMap((line) => {
    const shown = line.map((inline) => inline.text).join('');
    const key = keyOf(shown);
    return key === '' ? [] : [{ shown, key, part, inlines: line, position }];
  });
}

export function keyOf(words: string): string {
  return words.replace(/[\s\u200b-\u200d\u2060\ufeff]/g, '');
}

/** `— 7 —` in a foot (in a PDF only on page 7); a bare number there is a figure like any other. */
function isPageNumber({ part, key, position }: VisibleLine): boolean {
  if (part !== 'footer' && part !== 'header') return false;
  const number = /^[—–-](\d{0,4})[—–-]$/.exec(key)?.[1];
  return number !== undefined && (position.page === undefined || number === String(position.page));
}

export function whereOf(line: VisibleLine, file: string): Where {
  const { sheet, cell, page } = line.position;
  return {
    file,
    ...(sheet === undefined ? {} : { sheet }),
    ...(cell === undefined ? {} : { cell }),
    ...(page === undefined ? {} : { page }),
  };
}
