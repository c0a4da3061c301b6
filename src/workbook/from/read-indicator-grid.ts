import type { EntryOf, indicatorSheet } from '../../ledger/index.ts';
import { type Text, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { quoted } from '../read/plain-words.ts';
import { CLOSING, type IndicatorRole, indicatorRole, TOTAL } from './form-labels.ts';
import type { Grid, GridCell } from './grid.ts';

export type CarriedIndicator = EntryOf<typeof indicatorSheet.columns>;

interface IndicatorGrid {
  readonly indicators: readonly CarriedIndicator[];
  /** Cells whose words were carried over or belong to last year's results. */
  readonly used: ReadonlySet<GridCell>;
  readonly notes: readonly { readonly cell: GridCell; readonly message: Text }[];
}

interface Header {
  /** Last row of the heading. */
  readonly row: number;
  readonly columns: ReadonlyMap<number, IndicatorRole>;
}

/** The indicators of one table, below each heading that names 三级指标 and 指标值; one or two heading lines. */
export function readIndicatorGrid(grid: Grid): IndicatorGrid {
  const indicators: CarriedIndicator[] = [];
  const used = new Set<GridCell>();
  const notes: { cell: GridCell; message: Text }[] = [];
  let header: Header | undefined;
  let open: { level1: string; level2: string } = { level1: '', level2: '' };
  for (let row = 0; row < grid.rows; row += 1) {
    const next = headerAt(grid, row);
    if (next !== undefined) {
      const repeated = repeatedNote(grid, row, next);
      if (repeated !== undefined) notes.push(repeated);
      header = next;
      row = next.row;
      continue;
    }
    if (header === undefined) continue;
    const cells = cellsByRole(grid, row, header);
    if (endsTable(grid, row, cells)) {
      for (const cell of grid.startingIn(row)) if (/^[\d.]*$/.test(cell.words)) used.add(cell);
      header = undefined;
      continue;
    }
    const words = (role: IndicatorRole): string => cells.get(role)?.words ?? '';
    const level1 = levelName(words('level1')) || open.level1;
    const level2 = levelName(words('level2')) || (level1 === open.level1 ? open.level2 : '') || level1;
    const starts = (role: IndicatorRole): boolean => cells.get(role)?.cell.row === row;
    for (const [column, role] of header.columns) {
      const cell = grid.at(row, column);
      if (cell !== undefined && (role === 'cleared' || isDash(cell.words))) used.add(cell);
    }
    open = { level1, level2 };
    const level3 = words('level3');
    if (level3 === '' && words('target') === '' && !starts('level2') && !starts('level1')) continue;
    const indicator: { -readonly [K in keyof CarriedIndicator]: CarriedIndicator[K] } = { level1, level2 };
    for (const role of ['level1', 'level2', 'level3', 'sign', 'target', 'termTarget', 'unit', 'weight'] as const) {
      const cell = cells.get(role);
      if (cell !== undefined) used.add(cell);
    }
    if (level3 !== '') indicator.level3 = level3;
    const target = targetOf(words('sign'), words('target'));
    if (target !== '') indicator.target = target;
    const unit = words('unit');
    if (unit !== '' && !isDash(unit) && !target.endsWith(unit)) indicator.unit = unit;
    const term = words('termTarget');
    if (term !== '' && !isDash(term)) indicator.termTarget = term;
    const weight = weightOf(words('weight'));
    if (weight !== undefined) indicator.weight = weight;
    else {
      const cell = cells.get('weight');
      if (cell !== undefined && cell.words !== '' && !isDash(cell.words))
        notes.push({
          cell,
          message: text(
            `分值“${quoted(cell.words)}”不是数字，没有带入。`,
            `the weight “${quoted(cell.words)}” is no number and was not carried over.`,
          ),
        });
    }
    if (isExecution(level1, level2, level3)) indicator.scoring = '预算执行';
    if (target === '' && level3 !== '' && indicator.scoring === undefined) {
      const cell = cells.get('level3');
      if (cell !== undefined)
        notes.push({
          cell,
          message: text(`“${quoted(level3)}”没有指标值，请补上。`, `“${quoted(level3)}” has no target; please add it.`),
        });
    }
    const dated = cells.get('target');
    const year = yearIn(target);
    if (year !== undefined && dated !== undefined)
      notes.push({
        cell: dated,
        message: text(
          `指标值“${quoted(target)}”写着 ${year}，已照样带入；如果是年份，请改成新年度的。`,
          `the target “${quoted(target)}” names ${year} and was carried over; if that is a year, change it.`,
        ),
      });
    indicators.push(indicator);
  }
  return { indicators, used, notes };
}

/** The heading that begins in this row, alone or with the row below. */
function headerAt(grid: Grid, row: number): Header | undefined {
  const single = rolesOf(grid, row, row);
  const double = row + 1 < grid.rows ? rolesOf(grid, row, row + 1) : undefined;
  const complete = (roles: ReadonlyMap<number, IndicatorRole>): boolean => {
    const found = new Set(roles.values());
    return found.has('level3') && (found.has('target') || found.has('termTarget'));
  };
  const lower = grid.startingIn(row + 1);
  const onlyHeadings = lower.length > 0 && lower.every((each) => each.words === '' || indicatorRole(each.label));
  // A row without any heading of its own is the last of what stands above.
  if (double !== undefined && single.size > 0 && onlyHeadings && complete(double) && double.size >= single.size)
    return { row: row + 1, columns: pickSet(double) };
  if (!complete(single)) return undefined;
  const name = grid.startingIn(row).find((each) => indicatorRole(each.label) === 'level3');
  return { row: row + (name?.cell.rowSpan ?? 1) - 1, columns: pickSet(single) };
}

function rolesOf(grid: Grid, from: number, to: number): ReadonlyMap<number, IndicatorRole> {
  const roles = new Map<number, IndicatorRole>();
  for (let row = to; row >= from; row -= 1)
    for (const each of grid.startingIn(row)) {
      const role = indicatorRole(each.label);
      if (role !== undefined && !roles.has(each.cell.column)) roles.set(each.cell.column, role);
    }
  return roles;
}

/**
 * A goal declaration may hold the indicators of the whole term beside those of the year: 二级|三级|指标值 twice. Those of
 * the year stand to the right. Of any other role the first column counts.
 */
function pickSet(found: ReadonlyMap<number, IndicatorRole>): ReadonlyMap<number, IndicatorRole> {
  // Where only the term's targets are named they are all there is.
  const isTermOnly = ![...found.values()].includes('target');
  const ordered = [...found]
    .map(([column, role]) => [column, isTermOnly && role === 'termTarget' ? 'target' : role] as const)
    .sort(([a], [b]) => a - b);
  const twice = ordered.filter(([, role]) => role === 'level3').length > 1;
  const picked = new Map<IndicatorRole, number>();
  for (const [column, role] of ordered)
    if (role !== 'cleared' && (!picked.has(role) || (twice && role !== 'level1'))) picked.set(role, column);
  return new Map([
    ...[...picked].map(([role, column]) => [column, role] as const),
    ...ordered.filter(([column, role]) => picked.get(role) !== column).map(([column]) => [column, 'cleared'] as const),
  ]);
}

function repeatedNote(
  grid: Grid,
  row: number,
  header: Header,
): { readonly cell: GridCell; readonly message: Text } | undefined {
  const cells = [row, header.row].flatMap((each) => grid.startingIn(each));
  const names = new Set(cells.filter((each) => indicatorRole(each.label) === 'level3'));
  const [first] = names;
  if (names.size < 2 || first === undefined) return undefined;
  return {
    cell: first,
    message: text(
      '表里有两组指标（中期和年度），带入的是右边的年度一组。',
      'the table holds two sets of indicators (term and year); the right-hand one was taken.',
    ),
  };
}

function cellsByRole(grid: Grid, row: number, header: Header): ReadonlyMap<IndicatorRole, GridCell> {
  const cells = new Map<IndicatorRole, GridCell>();
  for (const [column, role] of header.columns) {
    if (role === 'cleared') continue;
    const cell = grid.at(row, column);
    if (cell !== undefined) cells.set(role, cell);
  }
  return cells;
}

/** The total, or a line across the levels that is no indicator: conclusions, signatures. */
function endsTable(grid: Grid, row: number, cells: ReadonlyMap<IndicatorRole, GridCell>): boolean {
  const first = grid.startingIn(row).find((each) => each.words !== '');
  if (first !== undefined && (TOTAL.test(first.label) || CLOSING.test(first.label))) return true;
  const [name, target] = [cells.get('level3'), cells.get('target')];
  if (name !== undefined && name === target && name.words !== '') return true;
  return name !== undefined && name.words !== '' && name === cells.get('level1') && name !== cells.get('level2');
}

/** A year written as one (2024年, 2024-12-31), not the 2000 of ≥12000人次. */
export function yearIn(target: string): string | undefined {
  return /(?<!\d)(?:19|20)\d{2}(?=\s*年|[-/.]\d{1,2}(?!\d))/.exec(target)?.[0];
}

/** ≥ in a column of its own; 定性 and the words of a direction are no part of a target. */
function targetOf(sign: string, target: string): string {
  if (isDash(target)) return '';
  // A day is a bound by itself.
  if (/^\d{4}(?:年|-\d{1,2}-)/.test(target)) return target;
  return /^[≥≤><=＞＜＝≧≦]/.test(sign) && !target.startsWith(sign) ? `${sign}${target}` : target;
}

/** 产出指标（50分） → 产出指标 */
function levelName(words: string): string {
  return words.replace(/\s+/g, '').replace(/[（(]\d+(?:\.\d+)?分?[)）][：:]?$/, '');
}

function weightOf(words: string): Exact | undefined {
  return Exact.tryParse(
    words
      .normalize('NFKC')
      .replace(/[分%]$/, '')
      .trim(),
  );
}

function isDash(words: string): boolean {
  return /^[-—–/\\]+$/.test(words);
}

function isExecution(level1: string, level2: string, level3: string): boolean {
  return (
    [level1, level2].some((words) => /^预算执行(?:率|情况)?(?:指标)?$/.test(words)) &&
    /^(?:预算)?执行率?|^$/.test(level3)
  );
}
