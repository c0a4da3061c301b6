import type { PageLine } from './page-lines.ts';

/** The lines of a table on one page. */
export interface TablePart {
  readonly lines: readonly PageLine[];
  readonly page: number;
}

/** Rows on two pages stand at least this far apart (in font sizes) once the pages are put under each other. */
const PAGE_GAP = 3;

/** Puts the pages of a table under each other: the first line of a page comes below the last of the page before. */
export function stacked(parts: readonly TablePart[]): PageLine[] {
  let offset = 0;
  let bottom = 0;
  return parts.flatMap(({ lines }, index) => {
    const [first] = lines;
    if (index > 0 && first !== undefined) offset = bottom + PAGE_GAP * first.size - first.y;
    const moved = lines.map((line) => ({
      ...line,
      y: line.y + offset,
      segments: line.segments.map((each) => ({ ...each, y: each.y + offset })),
    }));
    bottom = moved.at(-1)?.y ?? bottom;
    return moved;
  });
}

/** The last line of each page of a table, once stacked. */
export function pageBottoms(lines: readonly PageLine[], parts: readonly TablePart[]): number[] {
  let at = 0;
  return parts.map((part) => {
    at += part.lines.length;
    return lines[at - 1]?.y ?? 0;
  });
}

export function pageOf(top: number, bottoms: readonly number[], parts: readonly TablePart[]): number {
  const index = bottoms.findIndex((bottom) => top <= bottom);
  return parts[index === -1 ? parts.length - 1 : index]?.page ?? 1;
}
