import { JipingError, text } from '../problem/index.ts';

const ZERO = 0n;
const ONE = 1n;
const DECIMAL = /^([+-])?(\d+)(?:\.(\d+))?$/;

function gcd(a: bigint, b: bigint): bigint {
  let x = a < ZERO ? -a : a;
  let y = b;
  while (y !== ZERO) [x, y] = [y, x % y];
  return x;
}

/**
 * The one exact number: a rational over bigint, always in lowest terms with a positive denominator.
 * No binary float ever enters: `Exact.of(0.1)` is refused; write `Exact.of('0.1')`.
 */
export class Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;

  private constructor(numerator: bigint, denominator: bigint) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  static readonly zero = new Exact(ZERO, ONE);
  static readonly one = new Exact(ONE, ONE);
  static readonly hundred = new Exact(100n, ONE);

  /**
   * From an integer, or a plain decimal text such as `-2109.07` (optional sign, ASCII digits, optional fraction;
   * no separators, exponents or spaces: those are read by `parseNumber`).
   * @throws JipingError `internal` for a non-integer JS number or a malformed text.
   */
  static of(value: bigint | number | string | Exact): Exact {
    if (value instanceof Exact) return value;
    if (typeof value === 'bigint') return new Exact(value, ONE);
    if (typeof value === 'number') {
      if (!Number.isSafeInteger(value))
        throw new JipingError('internal', text(`不是整数：${value}`, `not an integer: ${value}`));
      return new Exact(BigInt(value), ONE);
    }
    const parsed = Exact.tryParse(value);
    if (parsed === undefined)
      throw new JipingError('internal', text(`不是十进制数：${value}`, `not a decimal number: ${value}`));
    return parsed;
  }

  /** As `of` for a text, but `undefined` when it is not a plain decimal. */
  static tryParse(value: string): Exact | undefined {
    const match = DECIMAL.exec(value);
    if (match === null) return undefined;
    const [, sign, whole = '', fraction = ''] = match;
    const digits = BigInt(whole + fraction);
    return Exact.ratio(sign === '-' ? -digits : digits, 10n ** BigInt(fraction.length));
  }

  /** numerator / denominator in lowest terms. @throws JipingError `internal` on a zero denominator. */
  static ratio(numerator: bigint, denominator: bigint): Exact {
    if (denominator === ZERO) throw new JipingError('internal', text('除数为零', 'division by zero'));
    if (denominator === ONE) return new Exact(numerator, ONE);
    const sign = denominator < ZERO ? -ONE : ONE;
    const divisor = gcd(numerator, denominator * sign);
    return new Exact((numerator * sign) / divisor, (denominator * sign) / divisor);
  }

  static sum(values: Iterable<Exact>): Exact {
    let total = Exact.zero;
    for (const value of values) total = total.add(value);
    return total;
  }

  static min(first: Exact, ...rest: Exact[]): Exact {
    return rest.reduce((least, value) => (value.lt(least) ? value : least), first);
  }

  static max(first: Exact, ...rest: Exact[]): Exact {
    return rest.reduce((most, value) => (value.gt(most) ? value : most), first);
  }

  add(other: Exact): Exact {
    if (this.denominator === other.denominator) return Exact.ratio(this.numerator + other.numerator, this.denominator);
    return Exact.ratio(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  sub(other: Exact): Exact {
    return this.add(other.neg());
  }

  mul(other: Exact): Exact {
    return Exact.ratio(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** @throws JipingError `internal` when `other` is zero: callers decide what 无法计算 means for them. */
  div(other: Exact): Exact {
    return Exact.ratio(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  neg(): Exact {
    return new Exact(-this.numerator, this.denominator);
  }

  abs(): Exact {
    return this.numerator < ZERO ? this.neg() : this;
  }

  /** Negative, zero or positive, as `this` is below, equal to or above `other`. */
  compare(other: Exact): -1 | 0 | 1 {
    const left = this.numerator * other.denominator;
    const right = other.numerator * this.denominator;
    return left < right ? -1 : left > right ? 1 : 0;
  }

  eq(other: Exact): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  lt(other: Exact): boolean {
    return this.compare(other) < 0;
  }

  le(other: Exact): boolean {
    return this.compare(other) <= 0;
  }

  gt(other: Exact): boolean {
    return this.compare(other) > 0;
  }

  ge(other: Exact): boolean {
    return this.compare(other) >= 0;
  }

  get sign(): -1 | 0 | 1 {
    return this.numerator === ZERO ? 0 : this.numerator < ZERO ? -1 : 1;
  }

  get isZero(): boolean {
    return this.numerator === ZERO;
  }

  get isInteger(): boolean {
    return this.denominator === ONE;
  }

  /** Digits after the point of the exact decimal, or `undefined` when it does not terminate (1/3). */
  get decimalPlaces(): number | undefined {
    let rest = this.denominator;
    let twos = 0;
    let fives = 0;
    while (rest % 2n === ZERO) {
      rest /= 2n;
      twos += 1;
    }
    while (rest % 5n === ZERO) {
      rest /= 5n;
      fives += 1;
    }
    return rest === ONE ? Math.max(twos, fives) : undefined;
  }

  /**
   * The exact decimal without exponent or superfluous zeros (`2109.07`), or `numerator/denominator` for a number
   * whose decimal does not terminate. Stable: used in ids and JSON.
   */
  toString(): string {
    const places = this.decimalPlaces;
    if (places === undefined) return `${this.numerator}/${this.denominator}`;
    return printScaled((this.numerator * 10n ** BigInt(places)) / this.denominator, places);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** `printScaled(210907n, 2)` = "2109.07". */
export function printScaled(scaled: bigint, places: number): string {
  const negative = scaled < ZERO;
  const digits = (negative ? -scaled : scaled).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const body = places === 0 ? whole : `${whole}.${digits.slice(digits.length - places)}`;
  return negative ? `-${body}` : body;
}
