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
  const sorted = items.filter((item) => item.text.trim() !== '').sort((a, b) => a.y - b.y || a.x - b.x);
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
    if (last === undefined || gap > SEGMENT_GAP * size) segments.push(...splitSpaces(item));
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

/** A run such as `填表人：张三　　　电话` holds more than one segment. */
function splitSpaces(item: PageItem): Segment[] {
  const { y, size } = item;
  const total = visualLength(item.text);
  const segments: Segment[] = [];
  let at = 0;
  for (const piece of item.text.split(/( {3,}|\u3000{2,})/)) {
    const from = item.x + (item.width * at) / Math.max(1, total);
    at += visualLength(piece);
    const right = item.x + (item.width * at) / Math.max(1, total);
    if (piece.trim() !== '')
      segments.push({ text: piece, left: from, right, y, size, pieces: [{ text: piece, left: from, right }] });
  }
  return segments;
}

/** Width in half characters: a Han character counts two. */
function visualLength(words: string): number {
  let length = 0;
  for (const character of words) length += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return length;
}
