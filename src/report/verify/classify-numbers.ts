import type { Verification } from './verification.ts';
import type { VisibleLine } from './visible-lines.ts';

const NUMBER = /\d[\d,.]*[%‰％]?|[０-９][０-９，．]*[％‰]?/g;

/** Sorts every number of the issued text: printed from a fact, a word of the form, or neither. */
export function classifyNumbers(lines: readonly VisibleLine[]): Verification['numbers'] {
  let facts = 0;
  let literals = 0;
  const untraceable: { number: string; quote: string }[] = [];
  for (const line of lines)
    for (const run of line.inlines)
      for (const match of run.text.matchAll(NUMBER)) {
        if (run.kind === 'figure') facts += 1;
        else if (run.source === 'form') literals += 1;
        else untraceable.push({ number: match[0], quote: around(run.text, match.index, match[0].length) });
      }
  return { facts, literals, untraceable };
}

function around(words: string, at: number, length: number): string {
  return words.slice(Math.max(0, at - 10), at + length + 10).replace(/\s+/g, ' ');
}
