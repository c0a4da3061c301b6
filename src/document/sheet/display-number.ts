import { Exact, round, toFixed } from '../../quantity/index.ts';
import { chineseDigitwise, chineseNumeral } from './chinese-digits.ts';
import type { FormatSection, FormatToken } from './number-format.ts';

const TEN = Exact.of(10);
const HUNDRED = Exact.hundred;
const THOUSAND = Exact.of(1000);

/** A number, without its sign, as one section of a format shows it. Fractions (`# ?/?`) are shown as General. */
export function displayNumber(value: Exact, section: FormatSection): string {
  const { tokens, chineseDigits } = section;
  const digits = tokens.some((token) => token.kind === 'digit');
  if (!digits) {
    return tokens
      .map((token) =>
        token.kind === 'general' || token.kind === 'text' ? general(value, chineseDigits) : plain(token),
      )
      .join('');
  }
  if (tokens.some((token) => token.kind === 'slash')) return displayGeneral(value);
  const shown = tokens.some((token) => token.kind === 'exponent')
    ? scientific(value, tokens)
    : positional(value, tokens);
  return chineseDigits === undefined ? shown : chineseDigitwise(shown, chineseDigits);
}

function general(value: Exact, chineseDigits: FormatSection['chineseDigits']): string {
  const shown = displayGeneral(value);
  if (chineseDigits === undefined) return shown;
  if (chineseDigits === 3) return chineseDigitwise(shown, 3);
  const [whole = '', fraction] = shown.split('.');
  const words = chineseNumeral(whole, chineseDigits);
  return fraction === undefined ? words : `${words}.${chineseDigitwise(fraction, chineseDigits)}`;
}

/** The General format in a column that is wide enough: at most 11 characters, else scientific. */
export function displayGeneral(value: Exact): string {
  if (value.sign < 0) return `-${displayGeneral(value.neg())}`;
  if (value.isZero) return '0';
  const exponent = magnitude(value);
  if (exponent < -9 || exponent >= 11) return trimmedScientific(value);
  const exact = value.toString();
  if (exact.length <= 11) return exact.includes('/') ? trimmedScientific(value) : exact;
  if (exponent < -4) return trimmedScientific(value);
  // Ten characters of digits besides the point; zeros before the first digit count.
  const places = Math.max(0, 9 - Math.max(0, exponent));
  const rounded = round(value, { places, mode: 'half-up' });
  return magnitude(rounded) >= 11 ? trimmedScientific(rounded) : rounded.toString();
}

function trimmedScientific(value: Exact): string {
  const digit: FormatToken = { kind: 'digit', place: '0' };
  const optional: FormatToken = { kind: 'digit', place: '#' };
  const fraction = [optional, optional, optional, optional, optional];
  const tokens: FormatToken[] = [digit, { kind: 'point' }, ...fraction, { kind: 'exponent', plus: true }, digit, digit];
  return scientific(value, tokens).replace('.E', 'E');
}

/** floor(log10(value)) of a positive number. */
function magnitude(value: Exact): number {
  let estimate = value.numerator.toString().length - value.denominator.toString().length;
  if (power(estimate).gt(value)) estimate -= 1;
  return estimate;
}

function power(exponent: number): Exact {
  return exponent >= 0 ? Exact.of(10n ** BigInt(exponent)) : Exact.ratio(1n, 10n ** BigInt(-exponent));
}

function plain(token: FormatToken): string {
  switch (token.kind) {
    case 'literal':
      return token.text;
    case 'percent':
      return '%';
    case 'point':
      return '.';
    case 'comma':
      return ',';
    case 'slash':
      return '/';
    default:
      return '';
  }
}

/** `#,##0.00`, `0.0%`, `0!.0,`: digits fill the places from the right, words between places stay where they are. */
function positional(value: Exact, tokens: readonly FormatToken[]): string {
  const pointAt = tokens.findIndex((token) => token.kind === 'point');
  const whole = pointAt === -1 ? tokens : tokens.slice(0, pointAt);
  const fraction = pointAt === -1 ? [] : tokens.slice(pointAt + 1);
  const lastWholeDigit = whole.findLastIndex((token) => token.kind === 'digit');
  const firstWholeDigit = whole.findIndex((token) => token.kind === 'digit');
  let scaled = value;
  for (const token of tokens) if (token.kind === 'percent') scaled = scaled.mul(HUNDRED);
  // Commas behind the last digit divide by a thousand each; between digits they group.
  for (const [index, token] of whole.entries())
    if (token.kind === 'comma' && index > lastWholeDigit && lastWholeDigit !== -1) scaled = scaled.div(THOUSAND);
  const lastDigit = fraction.findLastIndex((token) => token.kind === 'digit');
  for (const [index, token] of fraction.entries())
    if (token.kind === 'comma' && index > lastDigit) scaled = scaled.div(THOUSAND);
  const grouped = whole.some(
    (token, index) => token.kind === 'comma' && index > firstWholeDigit && index < lastWholeDigit,
  );
  const places = fraction.filter((token) => token.kind === 'digit').length;
  const [wholeDigits = '', fractionDigits = ''] = toFixed(scaled, { places, mode: 'half-up' }).split('.');
  const head = fillWhole(wholeDigits.replace(/^0+/, ''), whole, firstWholeDigit, grouped);
  return pointAt === -1 ? head : `${head}.${fillFraction(fractionDigits, fraction)}`;
}

function fillWhole(digits: string, tokens: readonly FormatToken[], firstDigit: number, grouped: boolean): string {
  let rest = digits;
  let written = 0;
  let shown = '';
  const put = (digit: string): void => {
    if (grouped && written > 0 && written % 3 === 0) shown = `,${shown}`;
    shown = digit + shown;
    written += 1;
  };
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    if (token === undefined || token.kind === 'comma') continue;
    if (token.kind !== 'digit') {
      shown = plain(token) + shown;
      continue;
    }
    if (rest !== '') {
      put(rest.slice(-1));
      rest = rest.slice(0, -1);
    } else if (token.place === '0') put('0');
    else if (token.place === '?') shown = ` ${shown}`;
    while (index === firstDigit && rest !== '') {
      put(rest.slice(-1));
      rest = rest.slice(0, -1);
    }
  }
  // A format such as `.00` has no place for the whole part, which is shown all the same.
  return firstDigit === -1 ? shown + rest : shown;
}

function fillFraction(digits: string, tokens: readonly FormatToken[]): string {
  const places = tokens.filter((token) => token.kind === 'digit');
  const lastFixed = places.findLastIndex((token) => token.place === '0');
  const lastSet = digits.length - 1 - (/0*$/.exec(digits)?.[0].length ?? 0);
  let at = -1;
  let shown = '';
  for (const token of tokens) {
    if (token.kind === 'comma') continue;
    if (token.kind !== 'digit') {
      shown += plain(token);
      continue;
    }
    at += 1;
    if (at <= Math.max(lastFixed, lastSet)) shown += digits[at] ?? '0';
    else if (token.place === '?') shown += ' ';
  }
  return shown;
}

function scientific(value: Exact, tokens: readonly FormatToken[]): string {
  const exponentAt = tokens.findIndex((token) => token.kind === 'exponent');
  const mantissa = tokens.slice(0, exponentAt);
  const tail = tokens.slice(exponentAt + 1);
  const point = mantissa.findIndex((token) => token.kind === 'point');
  const wholePlaces = (point === -1 ? mantissa : mantissa.slice(0, point)).filter((t) => t.kind === 'digit').length;
  const places = point === -1 ? 0 : mantissa.slice(point).filter((token) => token.kind === 'digit').length;
  const step = Math.max(1, wholePlaces);
  let exponent = value.isZero ? 0 : Math.floor(magnitude(value) / step) * step;
  const scale = (): Exact => round(value.div(power(exponent)), { places, mode: 'half-up' });
  if (scale().ge(TEN.mul(power(step - 1)))) exponent += step;
  const digitsOf = String(Math.abs(exponent));
  const width = tail.filter((token) => token.kind === 'digit').length;
  const marker = tokens[exponentAt];
  const sign = exponent < 0 ? '-' : marker?.kind === 'exponent' && marker.plus ? '+' : '';
  const after = tail.map((token) => (token.kind === 'digit' ? '' : plain(token))).join('');
  return `${positional(scale(), mantissa)}E${sign}${digitsOf.padStart(width, '0')}${after}`;
}
