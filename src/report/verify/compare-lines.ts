import { type Problem, problem, text } from '../../problem/index.ts';
import { alignLines, commonEnds, type LinePair } from './align-lines.ts';
import { keyOf, type VisibleLine, whereOf } from './visible-lines.ts';

export interface ComparisonOptions {
  readonly file: string;
  /** Any difference counts as a change: a PDF is not edited in good faith. */
  readonly strict: boolean;
}

const PART_NAMES: Readonly<Record<VisibleLine['part'], readonly [string, string]>> = {
  body: ['正文', 'body'],
  header: ['页眉', 'header'],
  footer: ['页脚', 'footer'],
  footnote: ['脚注', 'footnote'],
  'text-box': ['文本框', 'text box'],
  annotation: ['批注', 'annotation'],
};

/**
 * What in the file differs from the issued text. A difference in a digit, a Chinese number with its unit, a sign or
 * anywhere inside a figure is an error (`figure-changed`, `text-removed`, `text-added`), and so are issued words that
 * were replaced or lost (`wording-changed`: a grade turns from 优 to 差 without a digit). Words only added, such as a
 * signature, are a warning.
 */
export function compareLines(
  issued: readonly VisibleLine[],
  found: readonly VisibleLine[],
  options: ComparisonOptions,
): readonly Problem[] {
  const isBody = (line: VisibleLine): boolean => line.part === 'body';
  const body = alignLines(issued.filter(isBody), found.filter(isBody));
  return [...body, ...outsideBody(issued, found)].flatMap((pair) => judge(pair, options));
}

/** Heads and feet are repeated by section and page: each found line must be an issued one, and each issued be found. */
function outsideBody(issued: readonly VisibleLine[], found: readonly VisibleLine[]): readonly LinePair[] {
  const wanted = issued.filter((line) => line.part !== 'body');
  const present = found.filter((line) => line.part !== 'body');
  const same = (a: VisibleLine, b: VisibleLine): boolean => a.key === b.key;
  const lost = wanted.filter((line) => !present.some((other) => same(line, other)));
  const strange = present.filter((line) => !wanted.some((other) => same(line, other)));
  const once = strange.filter((line, index) => strange.findIndex((other) => same(line, other)) === index);
  return alignLines(lost, once);
}

function judge({ issued, found }: LinePair, options: ComparisonOptions): readonly Problem[] {
  if (issued !== undefined && found !== undefined)
    return issued.key === found.key ? [] : [changed(issued, found, options)];
  const line = issued ?? found;
  if (line === undefined) return [];
  const serious = options.strict || numbers(line.key) !== '' || line.inlines.some((run) => run.kind === 'figure');
  const where = whereOf(found ?? line, options.file);
  const severity = serious ? 'error' : 'warning';
  const [zh, en] = PART_NAMES[line.part];
  return [
    issued === undefined
      ? problem(
          'text-added',
          severity,
          text(`${zh}中多出“${quote(line)}”，签发时没有`, `${en}: “${quote(line)}” was not issued`),
          where,
        )
      : problem(
          'text-removed',
          severity,
          text(`${zh}中缺少签发时的“${quote(line)}”`, `${en}: “${quote(line)}” is missing`),
          where,
        ),
  ];
}

function changed(issued: VisibleLine, found: VisibleLine, options: ComparisonOptions): Problem {
  const { start, end } = commonEnds(issued.key, found.key);
  const serious =
    options.strict ||
    numbers(issued.key) !== numbers(found.key) ||
    touchesFigure(issued, start, issued.key.length - end);
  // The issued words are all still there when nothing stands between what both lines begin and end with.
  const added = start + end === issued.key.length;
  const [zh, en] = PART_NAMES[issued.part];
  const before = excerpt(issued.key, start, end);
  const after = excerpt(found.key, start, end);
  return problem(
    serious ? 'figure-changed' : 'wording-changed',
    serious || !added ? 'error' : 'warning',
    text(`${zh}：签发时为“${before}”，现为“${after}”`, `${en}: issued “${before}”, now “${after}”`),
    whereOf(found, options.file),
  );
}

/** Whether the changed stretch of an issued line touches the text of a figure. */
function touchesFigure(line: VisibleLine, from: number, to: number): boolean {
  let at = 0;
  for (const run of line.inlines) {
    const next = at + keyOf(run.text).length;
    if (run.kind === 'figure' && from < next && to > at) return true;
    if (run.kind === 'figure' && from === to && from > at && from < next) return true;
    at = next;
  }
  return false;
}

const NUMBER =
  /[+−±<>≤≥＜＞=＝-]?\d[\d,.，]*[%‰％]?[十百千万亿]*(?:元|分|人次|人|户次|户|家次|家|次|场|份|个|天|日|年|月)?|百分之[〇零一二三四五六七八九十百点]+|[〇零一二三四五六七八九十百千万亿两]+(?=[元人户次分个家场份天]|年|月|日)|[百千万亿]+元|单位:.{1,4}/g;

/** The numbers of a text with sign, scale and unit, and units named alone; full-width forms as half-width. */
function numbers(words: string): string {
  return (words.normalize('NFKC').match(NUMBER) ?? []).join(' ');
}

/** The changed stretch with a little around it. */
function excerpt(words: string, start: number, end: number): string {
  const from = Math.max(0, start - 12);
  const to = Math.min(words.length, words.length - end + 12);
  return `${from > 0 ? '…' : ''}${words.slice(from, to)}${to < words.length ? '…' : ''}`;
}

function quote(line: VisibleLine): string {
  const characters = [...line.shown.trim()];
  return characters.length <= 60 ? characters.join('') : `${characters.slice(0, 60).join('')}…`;
}
