import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { numberOf, proseOf } from './prose-text.ts';

const TERM =
  '(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)(?:万元|亿元|元|分|%|万人次|万人|人次|人|户)?(?:/[人户年]{1,2})?';
const EQUATION = new RegExp(`(?<![\\d.a-zA-Z×*xX÷/+\\-)(])${TERM}(?:[+\\-×*÷]${TERM}){1,8}=${TERM}(?![\\d.×*÷+])`, 'g');
const PIECE = /([+\-×*÷]|^)(\d[\d,]*(?:\.\d+)?)(万元|亿元|元|分|%|万人次|万人|人次|人|户)?(?:\/[人户年]{1,2})?/g;

/** 5分×25%=1.35分, 1725.17万元-1711.77万元=14.40万元: the left side is another number than the right. */
export function printedEquations(context: AuditContext, kind: 'sum' | 'product'): Finding[] {
  const prose = proseOf(context);
  if (!prose.text.includes('=')) return [];
  return [...prose.text.matchAll(EQUATION)].slice(0, 30).flatMap((match): Finding[] => {
    const equals = match[0].lastIndexOf('=');
    const pieces = [...match[0].slice(0, equals).matchAll(PIECE)];
    const products = /[×*÷]/.test(match[0]);
    if (products !== (kind === 'product') || (products && /[+-]/.test(match[0].slice(0, equals)))) return [];
    const result = /^(\d[\d,]*(?:\.\d+)?)(.*)$/.exec(match[0].slice(equals + 1));
    if (result === null) return [];
    const unit = result[2] ?? '';
    // Sums of one unit; of products only those with a share, whose unit needs no thought.
    const units = new Set(pieces.map((piece) => piece[3] ?? ''));
    if (!products && (units.size !== 1 || !units.has(unit))) return [];
    const share = products && (unit === '%' || pieces.some((piece) => piece[3] === '%'));
    if (products && (!share || !sameSides(pieces, unit))) return [];
    const due = value(pieces, unit);
    const { value: stated, places } = numberOf(result[1] ?? '0');
    const step = Exact.ratio(1n, 10n ** BigInt(places));
    const printed = pieces.map((piece) => numberOf(piece[2] ?? '0').places);
    const slack = products || Math.max(...printed) > places ? step : Exact.zero;
    if (due === undefined || due.sub(stated).abs().le(slack)) return [];
    const expected = toFixed(due, { places: Math.max(2, places), mode: 'half-up' });
    return [
      warning(kind === 'sum' ? 'component-sum-mismatch' : unit === '%' ? 'rate-mismatch' : 'product-mismatch', {
        message: text(
          `${match[0].slice(0, equals)} = ${expected}${unit}，写的是 ${result[0]}`,
          `${match[0].slice(0, equals)} = ${expected}${unit}, but ${result[0]} is printed`,
        ),
        stated: result[0],
        expected: `${expected}${unit}`,
        quotes: [prose.span(match.index, match.index + match[0].length)],
      }),
    ];
  });
}

/** a分×b%=c分 or a万元÷b万元=c%: what is left of the units stands on the right. */
function sameSides(pieces: readonly RegExpExecArray[], unit: string): boolean {
  const [first, second, third] = pieces;
  if (first === undefined || second === undefined || third !== undefined) return false;
  const [a, b] = [first[3] ?? '', second[3] ?? ''];
  if (second[1] === '÷') return unit === '%' && a === b && a !== '%';
  return unit !== '%' && (b === '%' ? a === unit : a === '%' && b === unit);
}

function value(pieces: readonly RegExpExecArray[], unit: string): Exact | undefined {
  let total: Exact | undefined;
  for (const piece of pieces) {
    const printed = numberOf(piece[2] ?? '0').value;
    const number = piece[3] === '%' && unit !== '%' ? printed.div(Exact.hundred) : printed;
    if (total === undefined) total = number;
    else if (piece[1] === '+') total = total.add(number);
    else if (piece[1] === '-') total = total.sub(number);
    else if (piece[1] === '÷') {
      if (number.isZero) return undefined;
      total = total.div(number).mul(unit === '%' ? Exact.hundred : Exact.one);
    } else total = total.mul(number);
  }
  return total;
}
