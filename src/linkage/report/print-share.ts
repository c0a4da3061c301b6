/** `3 / 120` as `2.50%`; a dash where there is nothing to divide by. */
export function printShare(part: number, whole: number): string {
  return whole === 0 ? '—' : `${((100 * part) / whole).toFixed(2)}%`;
}
