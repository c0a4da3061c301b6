/**
 * The text a document was read into, with its folded form. Folding never changes the length, so an offset into one
 * is an offset into the other; offsets inside the audit are UTF-16, outside they are code points.
 */
export class SourceText {
  readonly raw: string;
  /** Full-width letters, digits and signs made half-width; one character stays one character. */
  readonly folded: string;
  #astral: readonly number[] | undefined;

  constructor(raw: string) {
    this.raw = raw;
    this.folded = blankPageMarks(fold(raw));
  }

  /** The words between two offsets as printed, without white space and page marks. */
  words(start: number, end: number): string {
    const written = this.raw.slice(start, end);
    if (!this.folded.slice(start, end).includes(PAGE_SEAM)) return squeeze(written);
    return squeeze([...written].filter((_, at) => this.folded[start + at] !== PAGE_SEAM).join(''));
  }

  /** UTF-16 offset → code-point offset. */
  codePoint(offset: number): number {
    this.#astral ??= astralOffsets(this.raw);
    let low = 0;
    let high = this.#astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#astral[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return offset - low;
  }
}

/** Offsets of the second halves of surrogate pairs: each of them makes a UTF-16 offset one larger. */
function astralOffsets(raw: string): readonly number[] {
  const offsets: number[] = [];
  for (let index = 1; index < raw.length; index += 1) {
    const unit = raw.charCodeAt(index);
    const before = raw.charCodeAt(index - 1);
    if (unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff) offsets.push(index);
  }
  return offsets;
}

const SPECIAL = new Map<string, string>([
  ['　', ' '],
  ['\u00a0', ' '],
  ['\ufeff', ' '],
  ['\u200b', ' '],
  ['≧', '≥'],
  ['⩾', '≥'],
  ['≦', '≤'],
  ['⩽', '≤'],
  ['═', '='],
  ['﹦', '='],
  ['﹪', '%'],
  ['﹥', '>'],
  ['﹤', '<'],
  ['－', '-'],
  ['−', '-'],
  ['–', '-'],
]);

function fold(raw: string): string {
  return raw.replace(/[\u00a0\u200b\u3000\ufeff\uff01-\uff5e≧≦⩾⩽═﹦﹪﹥﹤−–]/g, (character) => {
    const special = SPECIAL.get(character);
    if (special !== undefined) return special;
    const code = character.charCodeAt(0);
    return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
  });
}

/**
 * Document exchanges print a text page by page, each page a line that begins with its number: 1、… 2、…. Where a page
 * breaks off inside a sentence or a table, the line break and the number become white space that parts nothing.
 */
function blankPageMarks(folded: string): string {
  const first = /(?:^|\n)1、/.exec(folded);
  if (first === null) return folded;
  const from = first.index + (folded[first.index] === '\n' ? 1 : 0);
  const lines = folded.slice(from).trimEnd().split('\n');
  const numbered = lines.every((line, nth) => line.startsWith(`${nth + 1}、`) || line.trim() === '');
  const broken = lines.slice(0, -1).some((line) => line.length > 150 && !/[。;:!?)]$/.test(line.trimEnd()));
  if (!numbered || !broken) return folded;
  const blanked = folded.slice(from).replace(/(?:^|\n)\d{1,3}、/g, (mark) => PAGE_SEAM.repeat(mark.length));
  return folded.slice(0, from) + blanked;
}

/** White space that stands for a page break which parts nothing. */
export const PAGE_SEAM = '\u2029';

/** Without any white space. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}
