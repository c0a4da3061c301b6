import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import type { Span } from '../finding.ts';

/** A printed amount, count or share in running text: 中央7298.31万元 is 7298.31 of 万元 behind 中央. */
export interface Told extends Span {
  readonly digits: string;
  readonly value: Exact;
  readonly places: number;
  readonly unit: string;
}

/**
 * The text without white space (but between two figures), lines wrapped inside a sentence joined, a page number between them dropped. Patterns
 * need not reckon with blanks; `span` gives the place in the source.
 */
export class ProseText {
  readonly text: string;
  /** Where a stretch without gaps begins, here and in the source. */
  readonly #here: readonly number[];
  readonly #there: readonly number[];

  constructor(folded: string) {
    const pieces: string[] = [];
    const here: number[] = [];
    const there: number[] = [];
    let length = 0;
    const keep = (start: number, words: string): void => {
      for (const run of words.matchAll(/\S+/g)) {
        // 30 28.3 in two columns are two figures.
        if (/[\d%]$/.test(pieces.at(-1) ?? '') && /^[\d≥≤]/.test(run[0])) {
          here.push(length);
          there.push(start + run.index - 1);
          pieces.push(' ');
          length += 1;
        }
        here.push(length);
        there.push(start + run.index);
        pieces.push(run[0]);
        length += run[0].length;
      }
    };
    let last = '';
    for (const line of folded.matchAll(/[^\n]+/g)) {
      const bare = line[0].trim();
      if (bare === '' || PAGE_NUMBER.test(bare)) continue;
      if (!goesOn(last, bare) && length > 0) {
        here.push(length);
        there.push(line.index - 1);
        pieces.push('\n');
        length += 1;
      }
      keep(line.index, line[0]);
      last = bare;
    }
    this.text = pieces.join('');
    this.#here = here;
    this.#there = there;
  }

  span(start: number, end: number): Span {
    return { start: this.#source(start), end: this.#source(end - 1) + 1 };
  }

  #source(at: number): number {
    let low = 0;
    let high = this.#here.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#here[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return (this.#there[low - 1] ?? 0) + at - (this.#here[low - 1] ?? 0);
  }

  /** The number at an index of the text, as an operand of a proof wants it. */
  told(at: number, digits: string, unit: string): Told {
    return { ...this.span(at, at + digits.length), digits, unit, ...numberOf(digits) };
  }
}

const PAGE_NUMBER = /^(?:[-—]{1,2}\s{0,3}\d{1,3}\s{0,3}[-—]{1,2}|第\s{0,3}\d{1,3}\s{0,3}页.{0,12})$/;
const HEADING =
  /^(?:[一二三四五六七八九十]{1,3}[、是.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)](?!\d)|\d\.\d|第[一二三四五六七八九十]|附[件表]|注|单位|[①-⑳])/;

/** A long line of prose that does not end in a stop goes on in the next, unless that one begins something new. */
function goesOn(line: string, next: string): boolean {
  return (
    line.length >= 18 &&
    /[,、。]/.test(line) &&
    !/[。;:!?)”]$/.test(line) &&
    !line.includes('|') &&
    !next.includes('|') &&
    !HEADING.test(next)
  );
}

/** A number in running text; a comma parts thousands only. */
export const NUMBER = String.raw`(?<![\d.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)`;

export function numberOf(digits: string): { readonly value: Exact; readonly places: number } {
  const bare = digits.replaceAll(',', '');
  return { value: Exact.of(bare), places: bare.split('.')[1]?.length ?? 0 };
}

const known = new WeakMap<AuditContext, ProseText>();

/** Asked by many rules, read once a document. */
export function proseOf(context: AuditContext): ProseText {
  const found = known.get(context) ?? new ProseText(context.text);
  known.set(context, found);
  return found;
}

/** Whether part ÷ whole is the printed percentage, rounded or cut off. */
export function givesPercent(part: Exact, whole: Exact, percent: Exact, places: number): boolean {
  if (whole.isZero) return false;
  const step = Exact.ratio(1n, 10n ** BigInt(places));
  return part.div(whole).mul(Exact.hundred).sub(percent).abs().lt(step);
}
