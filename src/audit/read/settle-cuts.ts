import type { Column } from './header.ts';
import type { Piece } from './piece.ts';
import type { RowDraft } from './row-draft.ts';

/** One way to read a row's run of digits: what its weight is, and a signature of all its cells. */
interface Candidate {
  readonly weight: number;
  readonly signature: string;
}

const MOST_DIGITS = 12;
const MOST_CANDIDATES = 400;

/**
 * Which rows whose digits ran together can be read in exactly one way, given that all weights add up to one of
 * `totals`. Counts, for every row, the readings that some choice of the other rows completes; linear in rows times
 * candidates times 100.
 */
export function settledRows(
  drafts: readonly RowDraft[],
  columns: readonly Column[],
  totals: readonly number[],
): ReadonlySet<RowDraft> {
  const settled = new Set<RowDraft>();
  const weightAt = columns.findIndex((column) => column.role === 'weight');
  if (weightAt < 0) return settled;
  const rows: { readonly draft: RowDraft; readonly run: boolean; readonly candidates: readonly Candidate[] }[] = [];
  for (const draft of drafts) {
    const run = digitRun(draft);
    const chosen = signatureOf(draft, columns.length);
    const weight = draft.cells[weightAt]?.[0]?.value?.value;
    if (run === undefined) {
      if (weight === undefined || !weight.isInteger) return settled;
      rows.push({ draft, run: false, candidates: [{ weight: Number(weight.numerator), signature: chosen }] });
      continue;
    }
    const candidates = candidatesOf(draft, run, columns, weightAt);
    if (candidates.length === 0 || candidates.length > MOST_CANDIDATES) return settled;
    rows.push({ draft, run: true, candidates });
  }
  const before = [new Set([0])];
  for (const row of rows) {
    const last = before[before.length - 1] ?? new Set<number>();
    const next = new Set<number>();
    for (const sum of last) for (const { weight } of row.candidates) if (sum + weight <= 100) next.add(sum + weight);
    before.push(next);
  }
  let after = new Set(totals);
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    const start = before[index];
    if (row === undefined || start === undefined) return settled;
    const possible = row.candidates.filter(({ weight }) => [...start].some((sum) => after.has(sum + weight)));
    const signatures = new Set(possible.map((candidate) => candidate.signature));
    if (row.run && signatures.size === 1 && signatures.has(signatureOf(row.draft, columns.length)))
      settled.add(row.draft);
    const earlier = new Set<number>();
    for (const sum of after) for (const { weight } of possible) if (sum - weight >= 0) earlier.add(sum - weight);
    after = earlier;
  }
  return settled;
}

/** Whether figures of a row may have run together. */
export function hasDigitRun(draft: RowDraft): boolean {
  return digitRun(draft) !== undefined;
}

interface Run {
  readonly digits: string;
  /** First column the run may stand in: behind the last cell read before it. */
  readonly from: number;
  /** Cells behind the run that stand by themselves. */
  readonly to: number;
}

/** The row's run of digits, when part of it was cut or could be. */
function digitRun(draft: RowDraft): Run | undefined {
  const cells = draft.cells.map((cell) => cell?.[0]);
  const isRun = (piece: Piece | undefined): boolean =>
    piece !== undefined && (piece.cut === true || (piece.fused === true && /^\d{2,}$/.test(piece.text)));
  // The run that was cut is the one in question.
  const cutFirst = cells.findIndex((piece) => piece?.cut === true);
  const first = cutFirst >= 0 ? cutFirst : cells.findIndex(isRun);
  if (first < 0) return undefined;
  let digits = '';
  let last = first;
  for (let at = first; at < cells.length && (isRun(cells[at]) || cells[at] === undefined); at += 1)
    if (cells[at] !== undefined) {
      digits += cells[at]?.text ?? '';
      last = at;
    }
  const before = cells.findLastIndex((cell, at) => at < first && cell !== undefined);
  const behind = cells.findIndex((cell, at) => at > last && cell !== undefined);
  return { digits, from: before + 1, to: behind < 0 ? Number.POSITIVE_INFINITY : behind };
}

function candidatesOf(draft: RowDraft, run: Run, columns: readonly Column[], weightAt: number): Candidate[] {
  if (run.digits.length > MOST_DIGITS) return [];
  const scoreAt = columns.findIndex((column) => column.role === 'score' && column.nth === 0);
  const limit = Math.min(columns.length, run.to);
  const found = new Map<string, Candidate>();
  const texts = columns.map((_, at) => (at >= run.from && at < limit ? '' : (draft.cells[at]?.[0]?.text ?? '')));
  const walk = (at: number, column: number): void => {
    if (found.size > MOST_CANDIDATES) return;
    if (at === run.digits.length) {
      const weight = Number(texts[weightAt] || Number.NaN);
      const score = texts[scoreAt] ?? '';
      if (!(weight > 0 && weight <= 100) || (score !== '' && Number(score) > weight)) return;
      const signature = texts.join('|');
      found.set(signature, { weight, signature });
      return;
    }
    for (let place = column; place < limit; place += 1) {
      const role = columns[place]?.role;
      if (role === undefined || role === 'reason' || role === 'sign' || role === 'unit') continue;
      for (let end = at + 1; end <= run.digits.length; end += 1) {
        const part = run.digits.slice(at, end);
        if (part.length > 1 && part.startsWith('0')) break;
        if ((role === 'weight' || role === 'score') && Number(part) > 100) break;
        texts[place] = part;
        walk(end, place + 1);
      }
      texts[place] = '';
    }
  };
  walk(0, run.from);
  return [...found.values()];
}

function signatureOf(draft: RowDraft, width: number): string {
  return Array.from({ length: width }, (_, at) => draft.cells[at]?.[0]?.text ?? '').join('|');
}
