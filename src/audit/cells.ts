import type { Span } from './finding.ts';

/** A cell as it stands in a line, for rules that look at lines no table could be made of. */
export interface Cell extends Span {
  /** Trimmed; empty cells between pipes are kept. */
  readonly text: string;
}

const LONGEST = 2000;

/** The lines of a folded text cut at pipes or tabs, else at white space; a line that closes with a pipe has no cell after it. */
export function cellLines(folded: string): readonly (readonly Cell[])[] {
  const lines: Cell[][] = [];
  for (const line of folded.matchAll(/[^\n]+/g)) {
    if (line[0].length > LONGEST) continue;
    const parted = /[|\t]/.test(line[0]);
    const cells = [...line[0].matchAll(parted ? /[^|\t]*(?:[|\t]|$)/g : /\S+/g)].map((match): Cell => {
      const words = match[0].replace(/[|\t]$/, '');
      const lead = words.length - words.trimStart().length;
      const start = line.index + match.index + lead;
      return { text: words.trim(), start, end: start + words.trim().length };
    });
    // The expression matches once more at the end of the line.
    if (parted) cells.pop();
    if (cells.some((cell) => cell.text !== '')) lines.push(cells);
  }
  return lines;
}

const PLAIN = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/;

/** The digits of a cell that holds one bare number, without separators. */
export function digitsOf(cell: Cell | undefined): string | undefined {
  return cell !== undefined && cell.text.length <= 18 && PLAIN.test(cell.text)
    ? cell.text.replaceAll(',', '')
    : undefined;
}
