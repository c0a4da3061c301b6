import { Exact, round } from '../../quantity/index.ts';
import type { SheetCell } from './cell.ts';

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
/** Excel keeps and shows 15 significant digits; what stands beyond them is the noise of binary storage. */
const SIGNIFICANT_DIGITS = 15;

/**
 * The decimal a numeric cell stands for: its stored text at 15 significant digits, so that 0.30000000000000004
 * is 0.3. Scientific notation is read exactly. `undefined` for a cell that is not a number.
 */
export function cellNumber(cell: SheetCell): Exact | undefined {
  return cell.type === 'n' ? storedNumber(cell.raw) : undefined;
}

/** As `cellNumber`, for a stored text such as `9.9999999999999995E-2`. */
export function storedNumber(raw: string): Exact | undefined {
  const match = NUMBER.exec(raw.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  const exponent = Number(exponentText) - fraction.length;
  if (Math.abs(exponent) > 400) return undefined;
  const surplus = digits.length - SIGNIFICANT_DIGITS;
  let value = digits === '' ? 0n : BigInt(digits);
  let power = exponent;
  if (surplus > 0) {
    value = round(Exact.ratio(value, 10n ** BigInt(surplus)), { places: 0, mode: 'half-up' }).numerator;
    power += surplus;
  }
  if (sign === '-') value = -value;
  return power >= 0 ? Exact.of(value * 10n ** BigInt(power)) : Exact.ratio(value, 10n ** BigInt(-power));
}
