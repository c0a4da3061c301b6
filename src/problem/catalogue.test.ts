import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../', import.meta.url));
const HAN = /\p{Script=Han}|[，。；：、！？（）]/u;

/** Names of the user's material and of the trade that stay Chinese in an English sentence: quoted, or a tag or unit. */
const QUOTED = /“[^”]*”|"[^"]*"|\{\{[^}]*\}\}|\{[^}]*\}|元\|万元|[\d.]*万元|(?:元|万元)(?=[ ,;:.)]|$)/gu;

interface Pair {
  readonly where: string;
  readonly zh: string;
  readonly en: string;
}

/** The literal at `at` with every `${…}` in it as `{…}`, and where it ends; undefined if no literal stands there. */
function literalAt(source: string, at: number): { readonly words: string; readonly end: number } | undefined {
  const quote = source[at];
  if (quote !== "'" && quote !== '"' && quote !== '`') return undefined;
  let words = '';
  for (let index = at + 1; index < source.length; index += 1) {
    const character = source[index] ?? '';
    if (character === '\\') {
      words += source[index + 1] ?? '';
      index += 1;
    } else if (character === quote) return { words, end: index + 1 };
    else if (quote === '`' && character === '$' && source[index + 1] === '{') {
      index = holeEnd(source, index + 2);
      words += '{}';
    } else words += character;
  }
  return undefined;
}

/** The closing brace of a `${` hole, strings inside it passed over. */
function holeEnd(source: string, from: number): number {
  let depth = 1;
  for (let index = from; index < source.length; index += 1) {
    const inner = literalAt(source, index);
    if (inner !== undefined) index = inner.end - 1;
    else if (source[index] === '{') depth += 1;
    else if (source[index] === '}') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return source.length;
}

function skipSpace(source: string, from: number): number {
  return from + (/^\s*/.exec(source.slice(from, from + 200))?.[0].length ?? 0);
}

/** Every sentence written in both languages: `text(zh, en)` and the short names some files give it, and `{ zh, en }`. */
function pairsOf(file: string, source: string): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const call of source.matchAll(/(?<![\w.])(?:text|say|usage|refuse|fault)\(|\{ zh: /g)) {
    const first = literalAt(source, skipSpace(source, call.index + call[0].length));
    if (first === undefined) continue;
    const comma = skipSpace(source, first.end);
    if (source[comma] !== ',') continue;
    const after = skipSpace(source, comma + 1);
    const second = literalAt(source, source.startsWith('en: ', after) ? after + 4 : after);
    if (second === undefined) continue;
    const third =
      source[skipSpace(source, second.end)] === ','
        ? literalAt(source, skipSpace(source, skipSpace(source, second.end) + 1))
        : undefined;
    const line = source.slice(0, call.index).split('\n').length;
    // A check's own `fault` takes the rule's id before the two sentences.
    const [zh, en] = third !== undefined && /^[a-z-]+$/.test(first.words) ? [second, third] : [first, second];
    pairs.push({ where: `${file}:${line}`, zh: zh.words, en: en.words });
  }
  return pairs;
}

const pairs = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing\//.test(file))
  .flatMap((file) => pairsOf(file, readFileSync(join(SOURCE, file), 'utf8')));

/** What is wrong with a pair; undefined when it is sound. */
function faultOf({ zh, en }: Pair): string | undefined {
  if ((zh === '') !== (en === '')) {
    // Chinese has no plural and needs no article or space: an English ending may stand alone.
    return zh === '' && en.length <= 2 ? undefined : 'one language is empty';
  }
  if (HAN.test(en.replaceAll(QUOTED, ''))) return 'Chinese in the English sentence';
  if (/\p{Script=Han}/u.test(zh)) return undefined;
  const bare = (words: string): string => words.replaceAll(/[^a-z0-9]/gi, '');
  return bare(zh) === bare(en) ? undefined : 'no Chinese in the Chinese sentence';
}

describe('the message catalogue', () => {
  it('is found by the scan', () => {
    expect(pairs.length).toBeGreaterThan(900);
    expect(pairsOf('a.ts', "text(`共 ${a('}')} 个`, 'x ”')")).toEqual([{ where: 'a.ts:1', zh: '共 {} 个', en: 'x ”' }]);
  });

  it('has every sentence in both languages, none left in the other', () => {
    const faults = pairs.flatMap((pair) => {
      const fault = faultOf(pair);
      return fault === undefined ? [] : [`${pair.where} ${fault}: ${pair.zh} | ${pair.en}`];
    });
    expect(faults).toEqual([]);
  });
});
