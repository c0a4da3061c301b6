import type { SheetCell } from '../../document/index.ts';
import { text } from '../../problem/index.ts';
import type { SheetFindings } from './findings.ts';

/** What is left of a heading or a sheet name once width, case, spaces and decoration are taken away. */
export function plainWords(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[〔［【]/g, '(')
    .replace(/[〕］】]/g, ')')
    .replace(/[\s\u200b-\u200d\u2060\ufeff*:;"'“”‘’_]/g, '');
}

const UNTIDY = /^\s|\s$|[\r\u200b-\u200d\u2060\ufeff]|_x000d_/i;

/** The words of a cell as the unit wrote them: line ends unified, blanks and invisible marks at both ends dropped. */
export function cellWords(raw: string): string {
  if (!UNTIDY.test(raw)) return raw;
  return raw
    .replace(/_x000d_/gi, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/^[\s\u00a0]+|[\s\u00a0]+$/g, '');
}

/** Words by which people say "nothing to write here". */
const PLACEHOLDERS = new Set(['-', '--', '---', '—', '——', '–', '/', '\\', '无', '空', 'n/a', 'na', '暂无', '不详']);

export function isPlaceholder(words: string): boolean {
  return PLACEHOLDERS.has(plainWords(words));
}

/** The choice nearest to what was written, when one is near enough to be worth proposing. */
export function nearestChoice(written: string, choices: readonly string[]): string | undefined {
  const plain = plainWords(written);
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const choice of choices) {
    const candidate = plainWords(choice);
    const contained = plain.length > 0 && (candidate.includes(plain) || plain.includes(candidate));
    const distance = contained ? 0.5 : editDistance(plain, candidate);
    if (distance < least && distance < Math.max(candidate.length, plain.length)) {
      least = distance;
      best = choice;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  const left = Array.from(a).slice(0, 40);
  const right = Array.from(b).slice(0, 40);
  let previous = right.map((_, index) => index + 1);
  previous.unshift(0);
  for (const [row, character] of left.entries()) {
    const current = [row + 1];
    for (const [column, other] of right.entries())
      current.push(
        Math.min(
          (current[column] ?? 0) + 1,
          (previous[column + 1] ?? 0) + 1,
          (previous[column] ?? 0) + (character === other ? 0 : 1),
        ),
      );
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** Words of a cell as a message may repeat them: one short line, long numbers (identity, account) left out. */
export function quoted(words: string): string {
  const line = words.replace(/\s+/g, ' ').replace(/[\d０-９]{11,}[XxＸｘ]?/g, '〔长号码〕');
  const characters = Array.from(line);
  return characters.length > 24 ? `${characters.slice(0, 24).join('')}…` : line;
}

export function notePlaceholder(cell: SheetCell, words: string, findings: SheetFindings): void {
  findings.onCell(
    'placeholder-as-blank',
    'notice',
    text(`“${quoted(words)}”按空白处理。`, `“${quoted(words)}” is taken as blank.`),
    cell.address,
  );
}
