import { text } from '../../problem/index.ts';
import { normaliseIdentityNumber, upgradeIdentityNumber } from '../../register/index.ts';
import type { ComparisonKind, Level } from './kind.ts';

const LEVELS = [
  { name: 'equal', text: text('号码相同', 'equal'), initialM: 0.88, impliesBirth: true },
  {
    name: 'upgraded',
    text: text('15 位升 18 位后相同', 'equal after 15→18'),
    initialM: 0.02,
    otherwise: 'equal',
    impliesBirth: true,
  },
  {
    name: 'check-digit',
    text: text('仅校验码不同', 'only the check character differs'),
    initialM: 0.005,
    otherwise: 'one-digit',
    impliesBirth: true,
  },
  { name: 'one-digit', text: text('差一位', 'one digit off'), initialM: 0.05, impliesBirth: true },
  { name: 'transposed', text: text('两位对调', 'two digits swapped'), initialM: 0.02, impliesBirth: true },
  {
    name: 'birth-date',
    text: text('号码不同，内含生日相同', 'different, same embedded birth date'),
    initialM: 0.004,
    impliesBirth: true,
  },
  { name: 'different', text: text('不同', 'different'), initialM: 0.02 },
  {
    name: 'two-valid-same-birth',
    text: text('两个都有效的不同号码，生日相同', 'two different valid numbers, same birth date'),
    initialM: 0.0003,
    otherwise: 'birth-date',
    impliesBirth: true,
  },
  {
    name: 'two-valid',
    text: text('两个都有效的不同号码', 'two different valid numbers'),
    initialM: 0.0007,
    otherwise: 'different',
  },
] as const satisfies readonly Level[];

const [EQUAL_18, CHECK, ONE_DIGIT, SWAPPED, BIRTH, DIFFERENT, TWO_VALID_BIRTH, TWO_VALID] = [2, 3, 4, 5, 6, 7, 8, 9];
const WIDTH = 20;
const FIFTEEN = 1;
const VALID = 2;

/**
 * Identity numbers. A slip of one digit or of two neighbours always breaks the check character, so two different
 * numbers that both pass belong to two persons (twins among them) unless the rest speaks strongly against it.
 */
export const identityNumber: ComparisonKind = {
  name: 'identity-number',
  takesThresholds: false,
  levels: () => LEVELS,
  clean: (raw) => {
    const plain = isEighteen(raw) ? raw : normaliseIdentityNumber(raw);
    if (plain.length < 12 || plain.length > WIDTH) return undefined;
    if (!isEighteen(plain) && !/^[\dA-Z]+$/.test(plain)) return undefined;
    return isFiller(plain) ? undefined : plain;
  },
  blockValue: (clean) => (clean.length === 15 ? upgradeIdentityNumber(clean) : clean),
  features: (values) => {
    const digits = new Uint8Array(values.length * WIDTH);
    const lengths = new Uint8Array(values.length);
    const flags = new Uint8Array(values.length);
    values.forEach((value, code) => {
      const number = value.length === 15 ? upgradeIdentityNumber(value) : value;
      lengths[code] = number.length;
      const old = value.length === 15;
      for (let at = 0; at < number.length; at += 1) digits[code * WIDTH + at] = number.charCodeAt(at);
      flags[code] = (old ? FIFTEEN : 0) | (!old && isValid(digits, code * WIDTH, number.length) ? VALID : 0);
    });
    return { digits, lengths, flags };
  },
  levelOf: (features) => {
    const digits = features.digits as Uint8Array;
    const lengths = features.lengths as Uint8Array;
    const flags = features.flags as Uint8Array;
    return (left, right) => {
      const a = left * WIDTH;
      const b = right * WIDTH;
      const lengthA = lengths[left] ?? 0;
      const lengthB = lengths[right] ?? 0;
      if (lengthA !== 18 || lengthB !== 18) {
        if (lengthA === lengthB) return substitutions(digits, a, b, lengthA) === 1 ? ONE_DIGIT : DIFFERENT;
        if (Math.abs(lengthA - lengthB) !== 1) return DIFFERENT;
        return lengthA > lengthB
          ? oneDropped(digits, a, lengthA, b, lengthB)
            ? ONE_DIGIT
            : DIFFERENT
          : oneDropped(digits, b, lengthB, a, lengthA)
            ? ONE_DIGIT
            : DIFFERENT;
      }
      const flagA = flags[left] ?? 0;
      const flagB = flags[right] ?? 0;
      const compared = ((flagA | flagB) & FIFTEEN) !== 0 ? 17 : 18;
      let off = 0;
      let first = -1;
      let second = -1;
      for (let at = 0; at < compared; at += 1) {
        if (digits[a + at] === digits[b + at]) continue;
        off += 1;
        if (off === 1) first = at;
        else if (off === 2) second = at;
        else break;
      }
      if (off === 0) return EQUAL_18;
      if (off === 1) return first === 17 ? CHECK : ONE_DIGIT;
      const bothValid = (flagA & flagB & VALID) !== 0;
      if (
        off === 2 &&
        !bothValid &&
        digits[a + first] === digits[b + second] &&
        digits[a + second] === digits[b + first]
      )
        return SWAPPED;
      let sameBirth = true;
      for (let at = 6; at < 14; at += 1) if (digits[a + at] !== digits[b + at]) sameBirth = false;
      if (bothValid) return sameBirth ? TWO_VALID_BIRTH : TWO_VALID;
      return sameBirth ? BIRTH : DIFFERENT;
    };
  },
  termFrequency: false,
  memo: false,
};

/** Eighteen characters as they should be: the common case, told without a regular expression. */
function isEighteen(raw: string): boolean {
  if (raw.length !== 18) return false;
  for (let at = 0; at < 17; at += 1) {
    const code = raw.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  const last = raw.charCodeAt(17);
  return last === 88 || (last >= 48 && last <= 57);
}

/** Numbers typed to fill a cell: one digit over and over, 123456789…, no birth date. */
function isFiller(plain: string): boolean {
  if (plain.startsWith('123456789') || plain.startsWith('0123456789') || plain.startsWith('00000000', 6)) return true;
  for (let at = 1; at < 9; at += 1) if (plain.charCodeAt(at) !== plain.charCodeAt(0)) return false;
  return true;
}

const FACTORS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = [...'10X98765432'].map((character) => character.charCodeAt(0));
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The same judgement as `readIdentityNumber`, on bytes: a million numbers in a tenth of a second. */
function isValid(digits: Uint8Array, from: number, length: number): boolean {
  if (length !== 18) return false;
  let sum = 0;
  for (let at = 0; at < 17; at += 1) {
    const digit = (digits[from + at] as number) - 48;
    if (digit > 9) return false;
    sum += digit * (FACTORS[at] as number);
  }
  if (digits[from + 17] !== CHECKS[sum % 11]) return false;
  const two = (at: number): number => (digits[from + at] as number) * 10 + (digits[from + at + 1] as number) - 528;
  const century = two(6);
  const year = century * 100 + two(8);
  const month = two(10);
  const day = two(12);
  if (century < 18 || month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] as number)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function substitutions(digits: Uint8Array, a: number, b: number, length: number): number {
  let off = 0;
  for (let at = 0; at < length; at += 1) if (digits[a + at] !== digits[b + at]) off += 1;
  return off;
}

function oneDropped(digits: Uint8Array, long: number, length: number, short: number, shortLength: number): boolean {
  let skipped = 0;
  for (let at = 0; at < shortLength; at += 1) {
    while (skipped <= 1 && digits[long + at + skipped] !== digits[short + at] && at + skipped < length) skipped += 1;
    if (skipped > 1) return false;
  }
  return true;
}
