/** a, b, c, d, e, f of a PDF matrix: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export function toMatrix(numbers: readonly number[] | undefined): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers ?? [];
  return [a, b, c, d, e, f];
}

/** Quarter turns that make most of the letters stand upright: a wide table is often set sideways on an upright page. */
export function uprightTurn(runs: readonly { readonly matrix: Matrix; readonly letters: number }[]): Matrix {
  const votes = [0, 0, 0, 0];
  for (const { matrix, letters } of runs) {
    const [a, b] = matrix;
    const turn = Math.abs(a) >= Math.abs(b) ? (a >= 0 ? 0 : 2) : b >= 0 ? 1 : 3;
    votes[turn] = (votes[turn] ?? 0) + letters;
  }
  const most = votes.indexOf(Math.max(...votes));
  const turns: readonly Matrix[] = [
    [1, 0, 0, 1, 0, 0],
    [0, -1, 1, 0, 0, 0],
    [-1, 0, 0, -1, 0, 0],
    [0, 1, -1, 0, 0, 0],
  ];
  return turns[most] ?? [1, 0, 0, 1, 0, 0];
}
