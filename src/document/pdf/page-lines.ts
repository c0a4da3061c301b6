/** One run of text on a page. Points; y grows downwards from the top. */
export interface PageItem {
  readonly text: string;
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

/** Items of one line that stand together: a piece of a paragraph or of a cell. */
export interface Segment {
  text: string;
  left: number;
  right: number;
  y: number;
  size: number;
  /** The runs it was put together from. */
  pieces: { readonly text: string; readonly left: number; readonly right: number }[];
}

export interface PageLine {
  readonly y: number;
  readonly size: number;
  /** From left to right. */
  readonly segments: Segment[];
}

/** A gap this wide (in font sizes) separates two cells. Chinese text set justified stays well below it. */
const SEGMENT_GAP = 0.75;
/** Baselines this near (in font sizes) are one line. */
const BASELINE_TOLERANCE = 0.3;

/** Groups the runs of a page into lines and these into segments. */
export function pageLines(items: readonly PageItem[]): PageLine[] {
  const sorted = items.flatMap(splitAtSpaces).sort((a, b) => a.y - b.y || a.x - b.x);
  const groups: PageItem[][] = [];
  let baseline = Number.NEGATIVE_INFINITY;
  for (const item of sorted) {
    const group = groups.at(-1);
    if (group !== undefined && item.y - baseline <= BASELINE_TOLERANCE * item.size) group.push(item);
    else {
      groups.push([item]);
      baseline = item.y;
    }
  }
  return groups.map((group) => {
    const segments = lineSegments(group.sort((a, b) => a.x - b.x));
    return {
      y: Math.max(...segments.map((each) => each.y)),
      size: Math.max(...segments.map((each) => each.size)),
      segments,
    };
  });
}

function lineSegments(items: readonly PageItem[]): Segment[] {
  const segments: Segment[] = [];
  for (const item of items) {
    const last = segments.at(-1);
    const gap = last === undefined ? 0 : item.x - last.right;
    const size = Math.max(last?.size ?? 0, item.size);
    // Spaces a writer put into the run itself are gaps too: several of them separate cells.
    if (last === undefined || gap > SEGMENT_GAP * size) segments.push(newSegment(item));
    else {
      // Runs printed twice at the same place make a false bold.
      if (item.text === last.text && Math.abs(item.x - last.left) < 0.2 * size) continue;
      const space = gap > 0.15 * size && /[\x21-\x7e]$/.test(last.text) && /^[\x21-\x7e]/.test(item.text) ? ' ' : '';
      last.text += space + item.text;
      last.pieces.push({ text: item.text, left: item.x, right: item.x + item.width });
      last.right = Math.max(last.right, item.x + item.width);
      last.size = size;
    }
  }
  return segments;
}

function newSegment({ text, x, y, width, size }: PageItem): Segment {
  return { text, left: x, right: x + width, y, size, pieces: [{ text, left: x, right: x + width }] };
}

/**
 * pdf.js joins runs that stand near each other and writes the gap as a space: `一级指标 二级指标` may be two cells. A run
 * is taken apart at spaces beside Han characters (which need none) and at several spaces in a row. A Han character is as
 * wide as the font; what is left of the run's width belongs to the other characters and the spaces.
 */
function splitAtSpaces(item: PageItem): PageItem[] {
  if (!/\s/.test(item.text)) return item.text === '' ? [] : [item];
  let wide = 0;
  let narrow = 0;
  for (const character of item.text) {
    if (isWide(character)) wide += 1;
    else narrow += character === ' ' ? SPACE_WEIGHT : 1;
  }
  const rest = item.width - wide * item.size;
  const fits = rest >= 0 && narrow > 0;
  const wideWidth = fits ? item.size : item.width / Math.max(1, wide + narrow / 2);
  const narrowWidth = fits ? rest / narrow : wideWidth / 2;
  const pieces: PageItem[] = [];
  let at = item.x;
  for (const text of item.text.split(/((?<=[\u2e80-\uffef]) +| +(?=[\u2e80-\uffef])| {3,}|\u3000{2,})/)) {
    let width = 0;
    for (const character of text)
      width += isWide(character) ? wideWidth : narrowWidth * (character === ' ' ? SPACE_WEIGHT : 1);
    if (text.trim() !== '') pieces.push({ ...item, text, x: at, width });
    at += width;
  }
  return pieces;
}

/** A space is set about this wide against a digit. */
const SPACE_WEIGHT = 0.8;

export function isWide(character: string): boolean {
  return (character.codePointAt(0) ?? 0) > 0x2e7f;
}
