import { readExact } from '../../fact/index.ts';
import { type Problem, problem, text } from '../../problem/index.ts';
import { convert, Exact, findUnit, sameDimension, toFixed } from '../../quantity/index.ts';
import type { PublicFact } from './public-fact.ts';
import type { Verification } from './verification.ts';
import { type VisibleLine, whereOf } from './visible-lines.ts';

/** A fact as `evaluation.json` gives it; `value` as exact text, `null` when undecided. */
export interface EvaluationFact {
  readonly id: string;
  readonly label: string;
  readonly value: string | null;
  readonly unit: string;
}

/** Whether the facts inside the paper are those of the evaluation. */
export function sameFacts(
  carried: readonly PublicFact[],
  facts: readonly EvaluationFact[],
  file: string,
): readonly Problem[] {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  return carried.flatMap((fact) => {
    const other = known.get(fact.id);
    if (other !== undefined && (fact.value.kind === 'withheld' || exactText(fact) === other.value)) return [];
    const message =
      other === undefined
        ? text(`事实“${fact.label}”不在评价结果中`, `the fact “${fact.label}” is not in the evaluation`)
        : text(
            `事实“${fact.label}”：文件内为“${exactText(fact) ?? '待定'}”，评价结果为“${other.value ?? '待定'}”`,
            `the fact “${fact.label}” is “${exactText(fact) ?? ''}” here, “${other.value ?? ''}” in the evaluation`,
          );
    return [problem('facts-differ', 'error', message, { file, key: fact.id })];
  });
}

function exactText(fact: PublicFact): string | null {
  switch (fact.value.kind) {
    case 'number':
    case 'date':
    case 'text':
      return fact.value.value;
    case 'interval':
      return `${fact.value.low}..${fact.value.high}`;
    case 'undecided':
    case 'withheld':
      return null;
  }
}

const NUMBER = /([+−-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(%|‰|万元|亿元|元)?/g;
const DATE = /(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?/g;

/**
 * A paper without its facts held against an evaluation: each figure control against its fact, each other number
 * against any fact that would print so. A number standing alone (a table cell) that is no fact is an error
 * (`not-in-evaluation`); one in a sentence may be the form's own and is only listed.
 */
export function compareWithEvaluation(
  lines: readonly VisibleLine[],
  facts: readonly EvaluationFact[],
  file: string,
): { readonly problems: readonly Problem[]; readonly numbers: Verification['numbers'] } {
  const index = new FactIndex(facts);
  const problems: Problem[] = [];
  const untraceable: { number: string; quote: string }[] = [];
  let matched = 0;
  for (const line of lines) {
    for (const run of line.inlines) {
      const tag = run.kind === 'text' ? run.tag : undefined;
      if (tag === undefined || index.prints(tag, run.text)) continue;
      problems.push(
        problem(
          'figure-changed',
          'error',
          text(`“${run.text}”与评价结果中的事实不符`, `“${run.text}” is not the fact of the evaluation`),
          {
            ...whereOf(line, file),
            key: tag,
          },
        ),
      );
    }
    const words = line.shown.trim();
    for (const token of tokens(words)) {
      if (index.knows(token)) {
        matched += 1;
        continue;
      }
      untraceable.push({ number: token.words, quote: words.slice(0, 40) });
      if (token.words.length === words.replace(/^[≥≤><＝=]/, '').length)
        problems.push(
          problem(
            'not-in-evaluation',
            'error',
            text(`“${words}”在评价结果中没有对应的事实`, `no fact of the evaluation prints “${words}”`),
            whereOf(line, file),
          ),
        );
    }
  }
  return { problems, numbers: { facts: matched, literals: 0, untraceable } };
}

interface Token {
  readonly words: string;
  readonly value: Exact | undefined;
  readonly places: number;
  readonly unit: string;
  readonly date?: string;
}

function tokens(words: string): readonly Token[] {
  const found: Token[] = [];
  const rest = words.replace(DATE, (whole, year: string, month: string, day: string | undefined) => {
    const date = `${year}-${month.padStart(2, '0')}${day === undefined ? '' : `-${day.padStart(2, '0')}`}`;
    found.push({ words: whole, value: undefined, places: 0, unit: '', date });
    return ' ';
  });
  for (const match of rest.matchAll(NUMBER)) {
    const [whole, sign = '', digits = '', fraction = '', unit = ''] = match;
    const plain = Exact.tryParse(`${digits.replaceAll(',', '')}${fraction === '' ? '' : `.${fraction}`}`);
    const value = sign === '−' || sign === '-' ? plain?.neg() : plain;
    found.push({ words: whole.trim(), value, places: fraction.length, unit });
  }
  return found;
}

class FactIndex {
  readonly #facts: readonly EvaluationFact[];
  readonly #byId: ReadonlyMap<string, EvaluationFact>;
  readonly #printed = new Map<number, Set<string>>();
  readonly #words: ReadonlySet<string>;

  constructor(facts: readonly EvaluationFact[]) {
    this.#facts = facts;
    this.#byId = new Map(facts.map((fact) => [fact.id, fact]));
    this.#words = new Set(facts.flatMap((fact) => (fact.value === null ? [] : [fact.value])));
  }

  /** Whether some fact prints so at the token's places. */
  knows(token: Token): boolean {
    if (token.date !== undefined) {
      const { date } = token;
      return [...this.#words].some((value) => value === date || (date.length === 7 && value.startsWith(date)));
    }
    if (token.value === undefined) return false;
    return this.#at(token.places).has(toFixed(token.value.abs(), { places: token.places, mode: 'half-up' }));
  }

  /** Whether the words are how a fact prints: its number in its own or another unit, its date or words. */
  prints(id: string, words: string): boolean {
    const fact = this.#byId.get(id);
    if (fact === undefined) return false;
    if (fact.value === null) return /^(待定|无法计算)/.test(words);
    const own = fact.value.includes('..') ? fact.value.split('..') : [fact.value];
    const spoken = tokens(words);
    if (spoken.length === 0) return own.includes(words);
    return spoken.every((token) => {
      const { date, value, places } = token;
      if (date !== undefined) return own.some((one) => one.startsWith(date));
      if (value === undefined) return false;
      const printed = toFixed(value.abs(), { places, mode: 'half-up' });
      return own.some(
        (one) =>
          one === words ||
          (/^\d{4}-/.test(one) && one.startsWith(words)) ||
          scaled(one, fact.unit).some((candidate) => toFixed(candidate.abs(), { places, mode: 'half-up' }) === printed),
      );
    });
  }

  #at(places: number): ReadonlySet<string> {
    const known = this.#printed.get(places);
    if (known !== undefined) return known;
    const made = new Set<string>();
    for (const fact of this.#facts)
      for (const one of (fact.value ?? '').split('..'))
        for (const value of scaled(one, fact.unit)) made.add(toFixed(value.abs(), { places, mode: 'half-up' }));
    this.#printed.set(places, made);
    return made;
  }
}

/** A value in every unit a paper prints it in: money in 元, 万元 and 亿元, a ratio also as a percentage. */
function scaled(value: string, unit: string): readonly Exact[] {
  const exact = readExact(value);
  if (exact === undefined) return [];
  const from = findUnit(unit);
  if (from === undefined) return [exact];
  const others = ['元', '万元', '亿元', '', '%'].flatMap((symbol) => {
    const to = findUnit(symbol);
    return to !== undefined && symbol !== unit && sameDimension(from, to) && unit !== '分'
      ? [convert(exact, from, to)]
      : [];
  });
  return [exact, ...others];
}
