import type { SheetCell, SheetRow } from '../../document/index.ts';
import type { Columns } from '../../ledger/index.ts';
import { HeadingMatcher } from './match-heading.ts';
import { cellWords } from './plain-words.ts';

export interface FoundHeading {
  readonly column: number;
  readonly key: string;
  readonly words: string;
  readonly bySynonym: boolean;
  readonly unit: string | undefined;
}

export interface FoundHeadings {
  /** 1-based row of the heading's last line. */
  readonly row: number;
  readonly headings: readonly FoundHeading[];
  /** Headings that name no column of this sheet. */
  readonly unknown: readonly { readonly column: number; readonly words: string }[];
  /** Second and further columns for the same key; the first (by name before synonym) is used. */
  readonly repeated: readonly FoundHeading[];
}

/** So many rows at the top of a sheet may hold titles and notes before the heading. */
export const HEADING_SEARCH_ROWS = 40;

/**
 * Finds the heading among the first rows: the row that names most columns, at least two of them, taken together with
 * the row below it where that one completes it (two-line headings, groups merged over several columns).
 */
export function findHeadings(rows: readonly SheetRow[], columns: Columns): FoundHeadings | undefined {
  const matcher = new HeadingMatcher(columns);
  const least = Math.min(2, Object.keys(columns).length);
  let best: FoundHeadings | undefined;
  for (const [index, row] of rows.entries()) {
    const single = readHeadingRow(row, undefined, matcher);
    const below = rows[index + 1];
    const double = below === undefined || below.row !== row.row + 1 ? undefined : readHeadingRow(row, below, matcher);
    const found = double !== undefined && double.headings.length > single.headings.length ? double : single;
    if (found.headings.length >= least && found.headings.length > (best?.headings.length ?? 0)) best = found;
  }
  return best;
}

function readHeadingRow(row: SheetRow, below: SheetRow | undefined, matcher: HeadingMatcher): FoundHeadings {
  const upper = new Map(row.cells.map((cell) => [cell.column, cellWords(cell.raw)]));
  const lower = new Map((below?.cells ?? []).map((cell) => [cell.column, cellWords(cell.raw)]));
  const all: FoundHeading[] = [];
  const unknown: { column: number; words: string }[] = [];
  let group = '';
  let fromBelow = 0;
  for (const column of [...new Set([...upper.keys(), ...lower.keys()])].sort((a, b) => a - b)) {
    const top = upper.get(column) ?? '';
    const bottom = lower.get(column) ?? '';
    if (top !== '') group = top;
    const candidates = bottom === '' ? [top] : [bottom, `${group}${bottom}`, `${bottom}${group}`, top];
    const hit = candidates
      .filter((words) => words !== '')
      .map((words) => ({ words, match: matcher.match(words) }))
      .find((candidate) => candidate.match !== undefined);
    if (hit?.match === undefined) {
      if (top !== '' || bottom !== '') unknown.push({ column, words: bottom || top });
      continue;
    }
    if (bottom !== '' && hit.words !== top) fromBelow += 1;
    // 指标情况（万元） over 指标金额 and 结余: the group's unit is the unit of what stands under it.
    const unit = hit.match.unit ?? (bottom === '' ? undefined : matcher.groupUnit(group, hit.match.key));
    all.push({ column, words: hit.words, ...hit.match, unit });
  }
  const filledBelow = [...lower.values()].filter((words) => words !== '').length;
  // A row of records whose words happen to be headings (日期, 其他) is not a second heading line.
  if (below !== undefined && (fromBelow === 0 || fromBelow * 2 < filledBelow || hasNumbers(below.cells)))
    return { row: row.row, headings: [], unknown: [], repeated: [] };
  const chosen = new Map<string, FoundHeading>();
  for (const heading of all) {
    const known = chosen.get(heading.key);
    if (known === undefined || (known.bySynonym && !heading.bySynonym)) chosen.set(heading.key, heading);
  }
  return {
    row: below?.row ?? row.row,
    headings: [...chosen.values()],
    unknown,
    repeated: all.filter((heading) => chosen.get(heading.key) !== heading),
  };
}

function hasNumbers(cells: readonly SheetCell[]): boolean {
  return cells.some((cell) => cell.type === 'n' || cell.type === 'd');
}
