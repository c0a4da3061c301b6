import { Exact } from '../../quantity/index.ts';
import type { HeaderGroup } from './header.ts';
import type { Piece } from './piece.ts';
import type { SourceText } from './source-text.ts';
import type { BudgetRow, BudgetTable, TableCell } from './table.ts';
import type { CellValue } from './value.ts';
import { type ColumnRole, isBudgetRowName } from './vocabulary.ts';

type BudgetRole = 'initial' | 'adjusted' | 'in-place' | 'executed' | 'weight' | 'rate' | 'score';
const ROLES: readonly BudgetRole[] = ['initial', 'adjusted', 'in-place', 'executed', 'weight', 'rate', 'score'];

interface Named {
  readonly name: Piece;
  readonly values: Piece[];
}

/** Reads the money rows between the budget header and the goals. */
export function readBudget(
  source: SourceText,
  pieces: readonly Piece[],
  header: HeaderGroup,
  from: number,
  to: number,
): BudgetTable {
  const roles = uniqueRoles(header);
  const named: Named[] = [];
  const loose: Piece[][] = [];
  let current: Piece[] | undefined;
  let nameless: Piece[] | undefined;
  for (let index = from; index < to; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    const joined = budgetName(pieces, index, to);
    if (joined !== undefined) {
      current = [];
      nameless = undefined;
      named.push({ name: joined.piece, values: current });
      index += joined.count - 1;
      continue;
    }
    if (
      piece.kind === 'word' &&
      (piece.word?.kind === 'goal' || piece.word?.kind === 'level1' || piece.word?.kind === 'stop')
    ) {
      if (piece.word.kind === 'goal' && index > header.to + 1) break;
      continue;
    }
    if (
      (piece.kind === 'text' || piece.kind === 'operator') &&
      current !== undefined &&
      current.some((each) => each.kind === 'value')
    )
      current = undefined;
    if (piece.kind === 'value' || piece.kind === 'dash' || piece.kind === 'empty') {
      if (current !== undefined) current.push(piece);
      else {
        if (nameless === undefined) {
          nameless = [];
          loose.push(nameless);
        }
        nameless.push(piece);
      }
    }
  }
  const spread = spreadDisplaced(named, loose, roles);
  const rows: BudgetRow[] = [];
  for (const { name, values } of spread) {
    const row = solve(source, name, values, roles, rows[0]);
    if (row !== undefined) rows.push(row);
  }
  return { unit: budgetUnit(source.folded, pieces, header, from, to), rows, roles };
}

function uniqueRoles(header: HeaderGroup): BudgetRole[] {
  const seen: BudgetRole[] = [];
  // 年度预算数 over 年初预算 | 调整后预算数 | 预算执行数 is the title of the three, not a column.
  const titled = header.heads.filter((head) => head.role === 'adjusted').length > 1;
  for (const head of header.heads)
    if (titled && /^(?:本)?年度预算数/.test(head.piece.text)) continue;
    else if ((ROLES as readonly ColumnRole[]).includes(head.role) && !seen.includes(head.role as BudgetRole))
      seen.push(head.role as BudgetRole);
  return seen;
}

function budgetName(pieces: readonly Piece[], index: number, to: number): { piece: Piece; count: number } | undefined {
  const first = pieces[index];
  if (
    first === undefined ||
    first.kind === 'value' ||
    first.kind === 'empty' ||
    first.kind === 'dash' ||
    first.kind === 'operator'
  )
    return undefined;
  let text = '';
  let best: { piece: Piece; count: number } | undefined;
  for (let count = 1; count <= 4 && index + count <= to; count += 1) {
    const piece = pieces[index + count - 1];
    if (piece === undefined || piece.kind === 'value' || piece.kind === 'empty' || piece.kind === 'dash') break;
    if (count > 1 && (piece.word?.kind === 'header' || piece.word?.kind === 'goal')) break;
    text += piece.text;
    if (isBudgetRowName(text)) {
      if (count > 1 && best !== undefined && isBudgetRowName(piece.text)) break;
      best = { piece: { ...first, kind: 'text', text, end: piece.end }, count };
    }
  }
  return best;
}

/** Names first and figures after, as PDF extraction leaves them: figures go to the names in order. */
function spreadDisplaced(
  named: readonly Named[],
  loose: readonly Piece[][],
  roles: readonly BudgetRole[],
): readonly Named[] {
  const queue = [...loose.flat()];
  const result: Named[] = [];
  const width = roles.length;
  // Names that stand in the header before any figure.
  const rows = named.map((row) => ({ name: row.name, values: [...row.values] }));
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index];
    if (row === undefined) continue;
    const filledValues = row.values.filter((piece) => piece.kind !== 'empty');
    const before = rows.slice(0, index).filter((earlier) => earlier.values.every((piece) => piece.kind === 'empty'));
    if (filledValues.length > width && before.length > 0) {
      const groups = splitGroups(
        row.values.filter((piece) => piece.kind !== 'empty'),
        before.length + 1,
      );
      if (groups !== undefined) {
        const all = [...before, row];
        all.forEach((each, nth) => {
          each.values.length = 0;
          each.values.push(...(groups[nth] ?? []));
        });
      }
    }
  }
  for (const row of rows) {
    if (row.values.length === 0 && queue.length > 0 && result.length === 0) row.values.push(...queue.splice(0, width));
    result.push(row);
  }
  return result;
}

/** Cuts a run of figures into `count` rows; a row begins at a plain amount after a rate, score or dash. */
function splitGroups(values: readonly Piece[], count: number): Piece[][] | undefined {
  const starts = [0];
  let sawRate = false;
  for (let index = 1; index < values.length; index += 1) {
    const piece = values[index];
    const before = values[index - 1];
    if (piece?.value?.unit === '%' || before?.kind === 'dash') sawRate = true;
    const amount =
      piece?.value !== undefined &&
      piece.value.unit !== '%' &&
      piece.value.value.eq(values[0]?.value?.value ?? Exact.zero);
    if (sawRate && amount && index - (starts[starts.length - 1] ?? 0) >= 3) {
      starts.push(index);
      sawRate = false;
    }
  }
  if (starts.length < 2) return undefined;
  const groups = starts.map((start, nth) => values.slice(start, starts[nth + 1] ?? values.length));
  return groups.slice(0, count);
}

interface Placed {
  readonly cells: ReadonlyMap<BudgetRole, Piece>;
  readonly cost: number;
}

function solve(
  source: SourceText,
  name: Piece,
  values: readonly Piece[],
  roles: readonly BudgetRole[],
  whole: BudgetRow | undefined,
): BudgetRow | undefined {
  const trimmed = trimEmpties(values);
  const readings = alternatives(trimmed, roles.length)
    .flatMap((pieces) => place(pieces, roles))
    .sort((a, b) => a.cost - b.cost);
  const settled = values.some((piece) => piece.fused === true) ? onlyReading(readings, roles, whole) : undefined;
  const best = settled ?? readings[0];
  const nameCell = cellOf(source, name);
  const blank = {
    initial: undefined,
    adjusted: undefined,
    executed: undefined,
    rate: undefined,
    weight: undefined,
    score: undefined,
  };
  if (best === undefined)
    return { name: nameCell, ...blank, unreadable: trimmed.some((piece) => piece.kind === 'value') };
  const rival = readings.find(
    (other) => other !== best && other.cost - best.cost < 1 && signature(other) !== signature(best),
  );
  if (rival !== undefined && settled === undefined) return { name: nameCell, ...blank, unreadable: true };
  const cell = (role: BudgetRole): TableCell | undefined => {
    const piece = best.cells.get(role);
    return piece === undefined || piece.kind !== 'value' ? undefined : cellOf(source, piece);
  };
  return {
    name: nameCell,
    initial: cell('initial'),
    adjusted: cell('adjusted'),
    executed: cell('executed'),
    rate: cell('rate'),
    weight: cell('weight'),
    score: cell('score'),
    unreadable: best.cost > 8,
  };
}

/**
 * The one reading of figures run together that fills every column and whose rate is executed ÷ budget; of a part, the
 * one whose amounts all stand and are not above those of the whole.
 */
function onlyReading(
  readings: readonly Placed[],
  roles: readonly BudgetRole[],
  whole: BudgetRow | undefined,
): Placed | undefined {
  const value = (placed: Placed, role: BudgetRole): Exact | undefined => placed.cells.get(role)?.value?.value;
  const isRight = (placed: Placed, role: BudgetRole): boolean => {
    const [rate, executed] = [value(placed, 'rate'), value(placed, 'executed')];
    const base = value(placed, 'adjusted') ?? value(placed, 'initial');
    const weight = value(placed, 'weight');
    const score = value(placed, 'score');
    if (rate !== undefined && (executed === undefined || base === undefined || base.isZero)) return false;
    if (rate !== undefined && executed !== undefined && base !== undefined) {
      const half = Exact.ratio(1n, 10n ** BigInt(placed.cells.get('rate')?.value?.places ?? 0));
      if (executed.div(base).mul(Exact.hundred).sub(rate).abs().gt(half)) return false;
    }
    if (weight !== undefined && (weight.isZero || !weight.isInteger || weight.gt(Exact.of(20)))) return false;
    if (weight !== undefined && score?.gt(weight) === true) return false;
    if (rate?.isZero === true && score?.isZero === false) return false;
    return role === 'rate' || value(placed, role) !== undefined;
  };
  const amounts = roles.filter((role) => role === 'initial' || role === 'adjusted' || role === 'executed');
  const full = readings.filter((placed) =>
    roles.every((role) => value(placed, role) !== undefined && isRight(placed, role)),
  );
  const within = readings.filter(
    (placed) =>
      whole !== undefined &&
      amounts.length > 1 &&
      placed.cells.size === amounts.length &&
      amounts.every((role) => {
        const most = whole[role]?.value?.value;
        const part = value(placed, role);
        return most !== undefined && part?.le(most) === true;
      }),
  );
  for (const each of [full, within]) {
    const [first] = each;
    if (first !== undefined && each.every((other) => signature(other) === signature(first))) return first;
    if (first !== undefined) return undefined;
  }
  return undefined;
}

function signature(placed: Placed): string {
  return ROLES.map((role) => {
    const piece = placed.cells.get(role);
    return piece?.kind === 'value' ? piece.text : '';
  }).join('|');
}

function trimEmpties(values: readonly Piece[]): readonly Piece[] {
  const last = values.findLastIndex((piece) => piece.kind !== 'empty');
  return values.slice(0, Math.min(values.length, Math.max(last + 1, 0) + 2)).slice(0, 14);
}

/** The pieces as they are, or with runs of digits cut, when figures ran together. */
function alternatives(values: readonly Piece[], width: number): Piece[][] {
  const filled = values.filter((piece) => piece.kind === 'value');
  const result: Piece[][] = [[...values]];
  const fused = values.findIndex((piece) => piece.kind === 'value' && piece.fused === true);
  if (fused < 0 || filled.length >= width) return result;
  const piece = values[fused];
  if (piece === undefined || piece.text.length > 44 || piece.end - piece.start !== piece.text.length) return result;
  const known = new Map<string, CellValue>();
  for (const parts of cuts(piece.text, Math.min(5, width - filled.length + 1))) {
    if (parts.length < 2) continue;
    let at = piece.end - piece.text.length;
    const cut: Piece[] = [];
    for (const text of parts) {
      const value = known.get(text) ?? plainValue(text);
      known.set(text, value);
      cut.push({ kind: 'value', text, start: at, end: at + text.length, gap: 'glued', value });
      at += text.length;
    }
    result.push([...values.slice(0, fused), ...cut, ...values.slice(fused + 1)]);
    if (result.length > 3000) break;
  }
  return result;
}

/** `text` is digits, perhaps with a point and a percent sign. */
function plainValue(text: string): CellValue {
  const percent = text.endsWith('%');
  const number = percent ? text.slice(0, -1) : text;
  const dot = number.indexOf('.');
  const places = dot < 0 ? 0 : number.length - dot - 1;
  return { operator: undefined, value: Exact.of(number), places, unit: percent ? '%' : '' };
}

/** Every way to cut a run such as 202010100.00% into at most `most` numbers; decimals keep one point. */
function cuts(text: string, most: number): string[][] {
  const found: string[][] = [];
  const ends: number[][] = [];
  const walk = (from: number, parts: string[]): void => {
    if (found.length > 3000) return;
    if (from === text.length) {
      found.push(parts);
      return;
    }
    if (parts.length === most) return;
    ends[from] ??= partEnds(text, from);
    for (const to of ends[from] ?? []) walk(to, [...parts, text.slice(from, to)]);
  };
  walk(0, []);
  return found;
}

/** Where a number beginning at `from` may end. */
function partEnds(text: string, from: number): number[] {
  const found: number[] = [];
  for (let to = from + 1; to <= text.length; to += 1) {
    const part = text.slice(from, to);
    // Money and rates are printed with two decimals at most.
    if (!/^(?:0|[1-9]\d*)(?:\.\d{1,2})?%?$/.test(part)) {
      if (/^0\d/.test(part)) break;
      continue;
    }
    if (to < text.length && (text[to] === '%' || text[to] === '.')) continue;
    found.push(to);
  }
  return found;
}

/** All order-keeping ways to put the pieces under the columns, each with what speaks against it. */
function place(pieces: readonly Piece[], roles: readonly BudgetRole[]): Placed[] {
  const usable = pieces.filter((piece) => piece.kind !== 'empty');
  const exact = pieces.length >= roles.length && pieces.slice(0, roles.length).some((piece) => piece.kind === 'empty');
  const results: Placed[] = [];
  if (exact) results.push(judge(new Map(roles.map((role, at) => [role, pieces[at] as Piece])), -0.6));
  const count = Math.min(usable.length, roles.length);
  const dropped = usable.length - count;
  const chosen: number[] = [];
  const walk = (at: number, column: number): void => {
    if (results.length > 400) return;
    if (at === count) {
      results.push(
        judge(new Map(chosen.map((role, nth) => [roles[role] as BudgetRole, usable[nth] as Piece])), dropped * 2),
      );
      return;
    }
    for (let role = column; role <= roles.length - (count - at); role += 1) {
      const piece = usable[at];
      if (piece === undefined || !fits(piece, roles[role])) continue;
      chosen.push(role);
      walk(at + 1, role + 1);
      chosen.pop();
    }
  };
  walk(0, 0);
  return results;

  function judge(cells: ReadonlyMap<BudgetRole, Piece>, extra: number): Placed {
    let cost = extra;
    const value = (role: BudgetRole): Exact | undefined => cells.get(role)?.value?.value;
    const [initial, adjusted, executed, rate, weight, score] = [
      value('initial'),
      value('adjusted'),
      value('executed'),
      value('rate'),
      value('weight'),
      value('score'),
    ];
    const has = (role: BudgetRole): boolean => roles.includes(role);
    // Pieces after the last filled column are free; a hole in the middle is not.
    for (const role of roles) {
      const piece = cells.get(role);
      if (piece !== undefined && !fits(piece, role)) cost += 6;
      if (piece === undefined)
        cost +=
          role === 'adjusted' || role === 'executed'
            ? 3
            : role === 'initial' || role === 'in-place'
              ? 1
              : cells.get('weight') === undefined && role !== 'weight'
                ? 0.4
                : role === 'rate'
                  ? 1.2
                  : 1;
    }
    // A placeholder among the amounts of a row that has amounts is read against.
    for (const role of ['adjusted', 'executed'] as const)
      if (
        cells.get(role)?.kind === 'dash' &&
        (adjusted !== undefined || executed !== undefined || initial !== undefined)
      )
        cost += 1.5;
    const base = adjusted ?? (has('adjusted') ? undefined : initial);
    if (rate !== undefined && executed !== undefined && base !== undefined && !base.isZero) {
      const percent = executed.div(base).mul(Exact.hundred);
      const places = cells.get('rate')?.value?.places ?? 0;
      const half = Exact.ratio(1n, 10n ** BigInt(places));
      if (percent.sub(rate).abs().gt(half)) {
        const initialRate =
          initial !== undefined && !initial.isZero ? executed.div(initial).mul(Exact.hundred) : undefined;
        cost +=
          initialRate !== undefined && !initialRate.sub(rate).abs().gt(half)
            ? 1
            : cells.get('rate')?.value?.unit === '%'
              ? 3
              : 5;
      }
    } else if (rate !== undefined && cells.get('rate')?.value?.unit === '') cost += 1;
    if (rate?.isZero === true && score !== undefined && !score.isZero) cost += 3;
    if (weight && score?.gt(weight)) cost += 3;
    if (score !== undefined && weight === undefined && has('weight')) cost += 2.5;
    // The budget row has 10 points, seldom 20; a larger number is an amount.
    if (weight?.gt(Exact.of(20)) === true) cost += 1.5;
    if (weight !== undefined && (weight.isZero || !weight.isInteger)) cost += 1.5;
    if (executed !== undefined && adjusted !== undefined && executed.gt(adjusted) && rate === undefined) cost += 1.2;
    if (initial !== undefined && adjusted !== undefined && !adjusted.isZero && initial.div(adjusted).gt(Exact.of(20)))
      cost += 1;
    if (rate !== undefined && weight !== undefined && score !== undefined && cells.get('rate')?.gap === 'glued') {
      const due = rate.mul(weight).div(Exact.hundred);
      if (due.sub(score).abs().gt(Exact.one)) cost += 1.2;
    }
    return { cells, cost };
  }
}

function fits(piece: Piece, role: BudgetRole | undefined): boolean {
  if (role === undefined) return false;
  if (piece.kind === 'dash' || piece.kind === 'empty') return true;
  const { value } = piece;
  if (value === undefined || value.operator !== undefined) return false;
  if (role === 'rate') return value.unit === '%' || value.unit === '';
  if (value.unit === '%') return false;
  if (role === 'weight' || role === 'score')
    return (value.unit === '' || value.unit === '分') && value.value.le(Exact.hundred);
  return value.unit === '' || /^(?:千|百|万|亿)?元?$/.test(value.unit);
}

export function cellOf(source: SourceText, piece: Piece): TableCell {
  const text = source.words(piece.start, piece.end);
  return { text, start: piece.start, end: piece.end, ...(piece.value === undefined ? {} : { value: piece.value }) };
}

function budgetUnit(folded: string, pieces: readonly Piece[], header: HeaderGroup, from: number, to: number): string {
  const start = pieces[Math.max(0, header.from - 12)]?.start ?? 0;
  const end = pieces[Math.min(pieces.length - 1, to)]?.end ?? folded.length;
  const near = folded.slice(start, end);
  const written =
    /[(:]\s*(?:单位\s*:?\s*)?(万元|元|亿元|千元)\s*\)?/.exec(near) ??
    /单位\s*:\s*(万元|元|千元)/.exec(folded.slice(Math.max(0, start - 600), end));
  if (written?.[1] !== undefined) return written[1];
  for (let index = from; index < to; index += 1) {
    const unit = pieces[index]?.value?.unit ?? '';
    if (unit === '万' || unit === '万元') return '万元';
    if (unit === '元') return '元';
  }
  return '';
}
