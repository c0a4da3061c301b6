import type { Layout } from './piece.ts';

export function detectLayout(text: string): Layout {
  const pipes = count(text, '|');
  if (pipes >= 6) return 'pipe';
  const tabs = text.match(/\S[ ]*\t[ \t]*\S/g)?.length ?? 0;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (tabs >= 8 && tabs * 2 > lines.length) return 'pipe';
  let tokens = 0;
  let letters = 0;
  for (const line of lines) {
    const parts = line.trim().split(/\s+/);
    tokens += parts.length;
    letters += line.length;
  }
  if (lines.length >= 25 && tokens <= lines.length * 1.5) return 'line';
  if (tokens > 0 && letters / tokens > 22 && FORM.test(text)) return 'glued';
  return 'space';
}

/** Words only a form has; prose without spaces is not a table that lost its cells. */
export const FORM = /[二三]级\s*指标|年度(?:财政)?\s*资金总额|全年预算数\s*\(/;

export function count(text: string, character: string): number {
  let total = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) total += 1;
  return total;
}
