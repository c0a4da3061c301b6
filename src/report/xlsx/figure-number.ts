import type { FigureRun } from '../../document/index.ts';

/** A figure as Excel holds it: the printed number itself and a format that displays it as printed. */
export interface FigureNumber {
  /** Plain decimal; a percentage as its hundredth. */
  readonly value: string;
  readonly format: string;
}

const PRINTED = /^([+−-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)(\D*)$/;
/** Excel keeps 15 significant digits. */
const MOST_DIGITS = 15;

/**
 * The number a printed figure is, so that a reviewer can compute with it; `undefined` for words, dates, intervals,
 * 待定 and numbers longer than Excel holds: those stay text. There are no digits behind the printed ones.
 */
export function figureNumber(figure: FigureRun): FigureNumber | undefined {
  const { style } = figure.format;
  if (style === 'text' || style === 'date' || style === 'month') return undefined;
  const match = PRINTED.exec(figure.text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', percent = '', tail = ''] = match;
  const digits = whole.replaceAll(',', '');
  if (digits.length + fraction.length > MOST_DIGITS || (digits.length > 1 && digits.startsWith('0'))) return undefined;
  const places = fraction === '' ? '' : `.${'0'.repeat(fraction.length)}`;
  const grouped = style === 'grouped' ? '#,##0' : '0';
  const suffix = tail === '' ? '' : `"${tail.replaceAll('"', '')}"`;
  const body = `${grouped}${places}${percent}${suffix}`;
  const format = sign === '+' || sign === '−' ? `+${body};"−"${body};${body}` : body;
  const plain = percent === '' ? join(digits, fraction) : join(...hundredth(digits, fraction));
  return { value: sign === '−' || sign === '-' ? `-${plain}` : plain, format };
}

function join(whole: string, fraction: string): string {
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function hundredth(whole: string, fraction: string): [string, string] {
  const padded = whole.padStart(3, '0');
  return [padded.slice(0, -2), padded.slice(-2) + fraction];
}
