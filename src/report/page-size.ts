import type { Report } from './report.ts';

/** Millimetres. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** A4. */
const SHORT = 210;
const LONG = 297;

/**
 * A report has the margins of GB/T 9704 (type area 156 × 225 mm), turned with the page so that the binding side stays;
 * a form has narrower ones: it is a sheet of its own and needs the width.
 */
export function pageMargins(kind: Report['kind'], orientation: 'portrait' | 'landscape'): Margins {
  if (kind === 'table')
    return orientation === 'portrait'
      ? { top: 25, right: 20, bottom: 24, left: 22 }
      : { top: 22, right: 20, bottom: 22, left: 22 };
  return orientation === 'portrait'
    ? { top: 37, right: 26, bottom: 35, left: 28 }
    : { top: 28, right: 35, bottom: 26, left: 37 };
}

/** Width of the type area in points. */
export function typeWidth(kind: Report['kind'], orientation: 'portrait' | 'landscape'): number {
  const { left, right } = pageMargins(kind, orientation);
  return (((orientation === 'portrait' ? SHORT : LONG) - left - right) * 72) / 25.4;
}
