import { type Matrix, multiply, toMatrix } from './page-space.ts';

/** A ruling line of a page. `at` is its y (level) or x (upright); `from` < `to` along it. Points. */
export interface DrawnLine {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface DrawnLines {
  readonly level: readonly DrawnLine[];
  readonly upright: readonly DrawnLine[];
}

/** What of pdf.js's list of drawing operators is used here. */
export interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** Operator numbers of pdf.js. */
export interface Operators {
  readonly save: number;
  readonly restore: number;
  readonly transform: number;
  readonly constructPath: number;
  readonly paintFormXObjectBegin: number;
  readonly paintFormXObjectEnd: number;
  readonly stroke: number;
  readonly closeEOFillStroke: number;
  readonly fill: number;
  readonly eoFill: number;
}

/** A filled shape this thin (points) is a line: Word and browsers draw borders so. */
const THIN = 3;
/** Shorter strokes are ornaments. */
const SHORT = 4;
/** A page with more is a drawing. */
const MOST = 10_000;

/** The horizontal and vertical lines a page draws, stroked or filled, in the space `base` leads to. */
export function drawnLines(list: OperatorList, operators: Operators, base: Matrix): DrawnLines {
  const level: DrawnLine[] = [];
  const upright: DrawnLine[] = [];
  let matrix = base;
  const saved: Matrix[] = [];
  const add = (x1: number, y1: number, x2: number, y2: number): void => {
    if (level.length + upright.length > MOST) return;
    if (Math.abs(y1 - y2) <= 0.5 && Math.abs(x1 - x2) >= SHORT)
      level.push({ at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) });
    else if (Math.abs(x1 - x2) <= 0.5 && Math.abs(y1 - y2) >= SHORT)
      upright.push({ at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) });
  };
  list.fnArray.forEach((operator, index) => {
    const args = list.argsArray[index];
    if (operator === operators.save) saved.push(matrix);
    else if (operator === operators.restore) matrix = saved.pop() ?? base;
    else if (operator === operators.transform) matrix = multiply(matrix, toMatrix(numbersOf(args)));
    else if (operator === operators.paintFormXObjectBegin) {
      saved.push(matrix);
      if (Array.isArray(args)) matrix = multiply(matrix, toMatrix(numbersOf(args[0])));
    } else if (operator === operators.paintFormXObjectEnd) matrix = saved.pop() ?? base;
    else if (operator === operators.constructPath && Array.isArray(args)) {
      const painted: unknown = args[0];
      if (typeof painted !== 'number' || painted < operators.stroke || painted > operators.closeEOFillStroke) return;
      const filled = painted === operators.fill || painted === operators.eoFill;
      const paths: unknown = args[1];
      for (const path of Array.isArray(paths) ? paths : []) tracePath(numbersOf(path) ?? [], matrix, filled, add);
    }
  });
  return { level, upright };
}

/** A path as pdf.js packs it: 0 x y move, 1 x y line, 2 six numbers curve, 3 four numbers curve, 4 close. */
function tracePath(
  path: readonly number[],
  matrix: Matrix,
  filled: boolean,
  add: (x1: number, y1: number, x2: number, y2: number) => void,
): void {
  const [a, b, c, d, e, f] = matrix;
  let points: [number, number][] = [];
  let curved = false;
  const place = (at: number): [number, number] => {
    const [x = 0, y = 0] = path.slice(at, at + 2);
    return [a * x + c * y + e, b * x + d * y + f];
  };
  const finish = (): void => {
    if (filled) {
      if (!curved && points.length >= 4) addThin(points, add);
    } else
      points.slice(1).forEach(([x, y], index) => {
        const [fromX, fromY] = points[index] ?? [x, y];
        add(fromX, fromY, x, y);
      });
    points = [];
    curved = false;
  };
  for (let at = 0; at < path.length; ) {
    const kind = path[at];
    if (kind === 0) {
      finish();
      points = [place(at + 1)];
      at += 3;
    } else if (kind === 1) {
      points.push(place(at + 1));
      at += 3;
    } else if (kind === 2 || kind === 3) {
      const size = kind === 2 ? 7 : 5;
      if (!filled) finish();
      curved = true;
      points.push(place(at + size - 2));
      at += size;
    } else if (kind === 4) {
      const [first] = points;
      if (first !== undefined) points.push(first);
      at += 1;
    } else break;
  }
  finish();
}

/** A filled shape counts by its middle line when it is thin. */
function addThin(
  points: readonly (readonly [number, number])[],
  add: (x1: number, y1: number, x2: number, y2: number) => void,
): void {
  let [left, top] = points[0] ?? [0, 0];
  let [right, bottom] = [left, top];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (bottom - top <= THIN) add(left, (top + bottom) / 2, right, (top + bottom) / 2);
  else if (right - left <= THIN) add((left + right) / 2, top, (left + right) / 2, bottom);
}

function numbersOf(value: unknown): number[] | undefined {
  if (Array.isArray(value) || value instanceof Float32Array || value instanceof Float64Array)
    return Array.from(value as ArrayLike<unknown>, Number);
  return undefined;
}
