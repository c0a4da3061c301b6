import type { PageLine, Segment } from './page-lines.ts';

export type PagePart =
  | { readonly kind: 'lines'; readonly lines: readonly PageLine[] }
  | { readonly kind: 'table'; readonly lines: readonly PageLine[] };

/** Lines farther apart than this (in font sizes) do not belong to one table. */
const MAX_ROW_GAP = 5;

/**
 * Divides the lines of a page into running text and tables. A table is a run of lines of which at least two have
 * several segments and the others are wrapped cell text, i.e. do not begin at the page's left margin and span it.
 */
export function findTables(lines: readonly PageLine[], left: number, right: number): PagePart[] {
  const parts: PagePart[] = [];
  let at = 0;
  let text: PageLine[] = [];
  while (at < lines.length) {
    const end = isRow(lines[at]) || startsTable(lines, at, left, right) ? tableEnd(lines, at, left, right) : at;
    const region = trimmed(lines.slice(at, end));
    if (region.filter(isRow).length >= 2 && alignedColumns(region)) {
      if (text.length > 0) parts.push({ kind: 'lines', lines: text });
      parts.push({ kind: 'table', lines: region });
      text = [];
      at += region.length;
    } else {
      const line = lines[at];
      if (line !== undefined) text.push(line);
      at += 1;
    }
  }
  if (text.length > 0) parts.push({ kind: 'lines', lines: text });
  return parts;
}

function isRow(line: PageLine | undefined): boolean {
  return line !== undefined && line.segments.length >= 2;
}

/** A wrapped first line of a cell (`全年预算` over `数`) may stand above the first line with several segments. */
function startsTable(lines: readonly PageLine[], at: number, left: number, right: number): boolean {
  const line = lines[at];
  const next = lines[at + 1];
  if (line === undefined || next === undefined || !isRow(next)) return false;
  return (
    isNarrow(line, left, right) &&
    next.y - line.y <= 1.2 * line.size &&
    next.segments.every((each) => apart(each, line))
  );
}

function apart(segment: Segment, line: PageLine): boolean {
  return line.segments.every((each) => each.right <= segment.left || segment.right <= each.left);
}

function isNarrow(line: PageLine, left: number, right: number): boolean {
  const [segment] = line.segments;
  return line.segments.length === 1 && segment !== undefined && segment.right - segment.left < 0.6 * (right - left);
}

function tableEnd(lines: readonly PageLine[], from: number, left: number, right: number): number {
  let end = from + 1;
  let wide = 0;
  for (; end < lines.length; end += 1) {
    const line = lines[end];
    const before = lines[end - 1];
    if (
      line === undefined ||
      before === undefined ||
      line.y - before.y > MAX_ROW_GAP * Math.max(line.size, before.size)
    )
      break;
    const [segment] = line.segments;
    const runsFromMargin = segment !== undefined && segment.left < left + 3 * line.size && !isNarrow(line, left, right);
    if (isRow(line)) wide = 0;
    else if (runsFromMargin) {
      wide += 1;
      if (wide >= 2) return end - 1;
    }
  }
  return end;
}

/** Without the single lines at either end, unless they are wrapped cell text right beside a row. */
function trimmed(lines: readonly PageLine[]): readonly PageLine[] {
  const first = lines.findIndex(isRow);
  const last = lines.findLastIndex(isRow);
  if (first === -1) return [];
  const near = (a: PageLine | undefined, b: PageLine | undefined): boolean =>
    a !== undefined && b !== undefined && Math.abs(a.y - b.y) <= 1.55 * Math.max(a.size, b.size) && continuesCell(a, b);
  let start = first;
  let end = last;
  while (start > 0 && near(lines[start - 1], lines[start])) start -= 1;
  while (end < lines.length - 1 && near(lines[end + 1], lines[end])) end += 1;
  return lines.slice(start, end + 1);
}

/** A single line that lies within, or clear of, the segments of the row beside it. */
function continuesCell(single: PageLine, row: PageLine): boolean {
  const [segment] = single.segments;
  if (segment === undefined) return false;
  const touching = row.segments.filter((each) => each.right > segment.left && segment.right > each.left);
  return touching.length <= 1;
}

/** Words that stand side by side by chance (a signature line) do not make columns: some left or right edges must recur. */
function alignedColumns(lines: readonly PageLine[]): boolean {
  const rows = lines.filter(isRow);
  let recurring = 0;
  for (const [index, row] of rows.entries()) {
    for (const other of rows.slice(index + 1, index + 8)) {
      for (const segment of row.segments) if (other.segments.some((each) => overlap(each, segment) > 0)) recurring += 1;
      if (recurring >= 2) return true;
    }
  }
  return false;
}

function overlap(a: Segment, b: Segment): number {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left);
}
