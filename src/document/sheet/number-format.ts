import { Exact } from '../../quantity/index.ts';

export type FormatToken =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'digit'; readonly place: '0' | '#' | '?' }
  | { readonly kind: 'point' | 'comma' | 'percent' | 'slash' | 'text' | 'general' }
  | { readonly kind: 'exponent'; readonly plus: boolean }
  /** `code` in lower case: `yyyy`, `m`, `ampm`, `aaaa`; `minutes` once an m is known to mean minutes. */
  | { readonly kind: 'date'; readonly code: string }
  | { readonly kind: 'elapsed'; readonly code: string };

type Comparator = '<' | '<=' | '>' | '>=' | '=' | '<>';

export interface FormatSection {
  readonly tokens: readonly FormatToken[];
  readonly condition?: { readonly comparator: Comparator; readonly value: Exact };
  /** [DBNum1] 一二三, [DBNum2] 壹贰叁, [DBNum3] full-width digits. */
  readonly chineseDigits?: 1 | 2 | 3;
  readonly isDate: boolean;
}

export interface NumberFormat {
  /** Without the text section. */
  readonly numbers: readonly FormatSection[];
  readonly text?: FormatSection;
}

const cache = new Map<string, NumberFormat>();

/** Reads a number format code. Never fails: what it does not know is shown as it stands, as Excel does. */
export function parseNumberFormat(code: string): NumberFormat {
  const known = cache.get(code);
  if (known !== undefined) return known;
  const sections = splitSections(code).slice(0, 4).map(parseSection);
  const last = sections.at(-1);
  const hasText = last !== undefined && (sections.length === 4 || last.tokens.some((token) => token.kind === 'text'));
  const format = hasText && last !== undefined ? { numbers: sections.slice(0, -1), text: last } : { numbers: sections };
  if (cache.size < 1000) cache.set(code, format);
  return format;
}

/** Whether numbers under this code are days (`yyyy-mm-dd`), not only times of day or durations. */
export function isDayFormat(code: string): boolean {
  const first = parseNumberFormat(code).numbers[0];
  return (
    first?.tokens.some(
      (token) => token.kind === 'date' && /^[yde]|^m/.test(token.code) && !token.code.startsWith('minutes'),
    ) === true
  );
}

function splitSections(code: string): string[] {
  const sections: string[] = [];
  let start = 0;
  for (let index = 0; index < code.length; index += 1) {
    const character = code[index];
    if (character === '"') index = closing(code, index, '"');
    else if (character === '[') index = closing(code, index, ']');
    else if (character === '\\' || character === '!' || character === '_' || character === '*') index += 1;
    else if (character === ';') {
      sections.push(code.slice(start, index));
      start = index + 1;
    }
  }
  sections.push(code.slice(start));
  return sections;
}

function closing(code: string, from: number, mark: string): number {
  const end = code.indexOf(mark, from + 1);
  return end === -1 ? code.length : end;
}

const GENERAL = /^(General|G\/通用格式)/i;
const HALF_DAY = /^(AM\/PM|A\/P|上午\/下午)/i;
const DATE_RUN = /^(y+|m+|d+|h+|s+|a{3,4}|e+)/i;

function parseSection(code: string): FormatSection {
  const tokens: FormatToken[] = [];
  let condition: FormatSection['condition'];
  let chineseDigits: FormatSection['chineseDigits'];
  let index = 0;
  while (index < code.length) {
    const rest = code.slice(index);
    const character = rest[0] ?? '';
    const word = GENERAL.exec(rest)?.[0] ?? HALF_DAY.exec(rest)?.[0];
    if (word !== undefined) {
      tokens.push(GENERAL.test(word) ? { kind: 'general' } : { kind: 'date', code: halfDayCode(word) });
      index += word.length;
    } else if (character === '"') {
      const end = closing(code, index, '"');
      tokens.push({ kind: 'literal', text: code.slice(index + 1, end) });
      index = end + 1;
    } else if (character === '\\' || character === '!') {
      tokens.push({ kind: 'literal', text: code[index + 1] ?? '' });
      index += 2;
    } else if (character === '_' || character === '*') {
      // A gap as wide as the next character, or a filler: looks, not words.
      index += 2;
    } else if (character === '[') {
      const end = closing(code, index, ']');
      const inside = code.slice(index + 1, end);
      index = end + 1;
      const compared = /^(<=|>=|<>|<|>|=)\s*([+-]?\d+(?:\.\d+)?)$/.exec(inside);
      const value = compared === null ? undefined : Exact.tryParse(compared[2] ?? '');
      if (compared !== null && value !== undefined) condition = { comparator: compared[1] as Comparator, value };
      else if (/^(h+|m+|s+)$/i.test(inside)) tokens.push({ kind: 'elapsed', code: inside.toLowerCase() });
      else if (/^dbnum[123]$/i.test(inside)) chineseDigits = Number(inside.at(-1)) as 1 | 2 | 3;
      else if (inside.startsWith('$'))
        tokens.push({ kind: 'literal', text: inside.slice(1).replace(/-[0-9A-F]*$/i, '') });
    } else if (character === '0' || character === '#' || character === '?') {
      tokens.push({ kind: 'digit', place: character });
      index += 1;
    } else if (/^E[+-]/i.test(rest)) {
      tokens.push({ kind: 'exponent', plus: rest[1] === '+' });
      index += 2;
    } else if (DATE_RUN.test(rest)) {
      const run = DATE_RUN.exec(rest)?.[0] ?? character;
      tokens.push({ kind: 'date', code: run.toLowerCase() });
      index += run.length;
    } else {
      tokens.push(simpleToken(character));
      index += 1;
    }
  }
  const isDate = tokens.some((token) => token.kind === 'date' || token.kind === 'elapsed');
  const section = { tokens: isDate ? withMinutes(tokens) : tokens, isDate };
  return {
    ...section,
    ...(condition === undefined ? {} : { condition }),
    ...(chineseDigits === undefined ? {} : { chineseDigits }),
  };
}

function halfDayCode(word: string): string {
  if (word.startsWith('上')) return 'shangxiawu';
  return word.length === 3 ? 'ap' : 'ampm';
}

function simpleToken(character: string): FormatToken {
  switch (character) {
    case '.':
      return { kind: 'point' };
    case ',':
      return { kind: 'comma' };
    case '%':
      return { kind: 'percent' };
    case '/':
      return { kind: 'slash' };
    case '@':
      return { kind: 'text' };
    default:
      return { kind: 'literal', text: character };
  }
}

/** `m` means minutes right after hours or right before seconds. */
function withMinutes(tokens: readonly FormatToken[]): FormatToken[] {
  const clock = tokens.flatMap((token, index) =>
    token.kind === 'date' || token.kind === 'elapsed' ? [{ index, code: token.code }] : [],
  );
  const minutes = new Set<number>();
  for (const [place, each] of clock.entries()) {
    if (each.code !== 'm' && each.code !== 'mm') continue;
    if (clock[place - 1]?.code.startsWith('h') || clock[place + 1]?.code.startsWith('s')) minutes.add(each.index);
  }
  return tokens.map((token, index) =>
    minutes.has(index) && token.kind === 'date'
      ? { kind: 'date', code: token.code === 'mm' ? 'minutes2' : 'minutes' }
      : token,
  );
}
