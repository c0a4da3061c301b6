/** What stands between two commas of a sentence. Offsets into the folded text. */
export interface Clause {
  readonly text: string;
  readonly start: number;
}

/** Inside a clause, without a comma: 目标值100%实际完成值98%; 人数 目标:90人 实际:95人. */
const TURN =
  /^(?:全年|年度|年末)?(?:实际(?:完成|实现|达到|值|为|[:\d])|完成值|完成情况[:为]|实现值)|^(?:年初|年度|全年|预期|绩效)?(?:目标值|指标值)/;

const TURNING = new Set(['全', '年', '实', '完', '目', '指', '预', '绩']);

/**
 * Sentences as clauses. What stands in brackets is left out unless it is the target: 94.6%(目标92%). A line that
 * begins with 实际完成值 or 目标值 goes on with the line above.
 */
export function* clausesOf(folded: string): Generator<readonly Clause[]> {
  const plain = withoutBrackets(withoutPageMarks(folded));
  let clauses: Clause[] = [];
  let start = 0;
  let line = 0;
  const push = (end: number): void => {
    const piece = plain.slice(start, end);
    if (piece.trim() !== '') clauses.push({ text: piece.replace(/[\s、]+$/, ''), start });
  };
  for (let at = 0; at <= plain.length; at += 1) {
    const character = plain[at] ?? '\n';
    const ends =
      at === plain.length ||
      character === '。' ||
      (character === ';' && !turns(plain, at + 1)) ||
      (character === '\n' && !isWrapped(plain, line, at) && !turns(plain, at + 1));
    const parts =
      character === '\n' ||
      character === PARTED ||
      character === ';' ||
      (character === ',' && !/^\d{3}(?!\d)/.test(plain.slice(at + 1, at + 5)));
    if (character === '\n') line = at + 1;
    if (ends || (parts && (character !== '\n' || turns(plain, at + 1)))) {
      push(at);
      start = at + 1;
    } else if (turnsHere(plain, at) && plain.slice(start, at).trim() !== '') {
      push(at);
      start = at;
    }
    if (!ends) continue;
    if (clauses.length > 0) yield clauses;
    clauses = [];
  }
}

/** A page number in a line of its own, and the line break before it. */
function withoutPageMarks(folded: string): string {
  return folded.replace(PAGE_MARK, (mark) => ' '.repeat(mark.length));
}

export const PAGE_MARK = /\n[ \t]{0,20}[-—–]\s?\d{1,4}\s?[-—–][ \t]{0,20}(?=\n)/g;

/** A comma no number has, for a bracket; what is folded has no such sign of its own. */
const PARTED = '，';

function withoutBrackets(folded: string): string {
  return folded.replace(/\([^()\n]{0,120}\)/g, (bracket: string, at: number) =>
    /^\([≥≤]?\d[\d.]{0,9}%?\p{Script=Han}{0,3}\)$/u.test(bracket) &&
    /(?:目标|指标|任务)[值数]?$/.test(folded.slice(Math.max(0, at - 4), at))
      ? ` ${bracket.slice(1, -1)} `
      : /^\((?:(?:年初|年度|绩效|预期|计划|全年|设定)?(?:目标|指标值|任务|计划)|[≥≤]\s?\d|实际)/.test(bracket)
        ? `${PARTED}${bracket.slice(1, -1)}${PARTED}`
        : ' '.repeat(bracket.length),
  );
}

function turns(text: string, at: number): boolean {
  return TURN.test(text.slice(at, at + 24).trimStart());
}

/** A quantity right before 实际完成, or a blank before 目标值 or 实际完成. */
function turnsHere(text: string, at: number): boolean {
  if (!TURNING.has(text[at] ?? '')) return false;
  const before = text[at - 1] ?? '';
  const apart = /\s/.test(before);
  if (!apart && !/[\d%、]$/.test(before) && !/\d\s?[%\p{Script=Han}]{1,4}$/u.test(text.slice(Math.max(0, at - 8), at)))
    return false;
  const here = TURN.exec(text.slice(at, at + 12));
  return here !== null && (apart || !/标值$/.test(here[0]));
}

/** A long line that does not end in a stop goes on in the next. */
function isWrapped(text: string, line: number, end: number): boolean {
  return end - line >= 28 && !/[。;:!?|]\s{0,9}$/.test(text.slice(Math.max(line, end - 10), end));
}
