import { isCalendarDate } from '../rules/index.ts';

/** Why a text is not a sound identity number. Closed set; printed by the caller, never with the number itself. */
export type IdentityNumberFault =
  | 'empty'
  /** Not 15 or 18 characters, or a character that cannot stand there (scientific notation lands here). */
  | 'shape'
  /** Birth date is not a day of the calendar, lies after `asOf`, or more than 120 years before it. */
  | 'birth'
  | 'check-digit';

/** A citizen identity number (GB 11643) read from a cell. */
export interface IdentityNumber {
  /** Eighteen characters, upper-case X, 15-digit numbers already upgraded. */
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly birth: string;
  /** From the 17th digit: odd = male. */
  readonly sex: 'male' | 'female';
  /** First six digits: the county at the time of issue, possibly abolished since; never the present address. */
  readonly region: string;
  /** True if the cell held the old 15-digit form. */
  readonly upgraded: boolean;
}

export type IdentityNumberReading =
  | ({ readonly ok: true } & IdentityNumber)
  | { readonly ok: false; readonly fault: IdentityNumberFault; readonly text: string };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** The 18th character for the first seventeen digits (ISO 7064 MOD 11-2, GB 11643-1999). */
export function identityCheckCharacter(first17: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += (first17.charCodeAt(index) - 48) * (WEIGHTS[index] ?? 0);
  return CHECK_CHARACTERS[sum % 11] ?? '';
}

/**
 * What a cell most likely meant: full-width digits folded, spaces, hyphens and the apostrophe Excel exports put before
 * it removed, x upper-cased. Does not upgrade and does not judge.
 */
export function normaliseIdentityNumber(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[\s\p{Cf}'’‘`"“”\-‐-―]/gu, '')
    .replace(/[x×Х]$/iu, 'X')
    .toUpperCase();
}

/**
 * A 15-digit number in its 18-digit form. Serial numbers 996 to 999 were kept for centenarians, born 18xx.
 * @throws nothing; a text that is not 15 digits is returned as it is.
 */
export function upgradeIdentityNumber(number: string): string {
  if (!/^\d{15}$/.test(number)) return number;
  const century = Number(number.slice(12)) >= 996 ? '18' : '19';
  const first17 = `${number.slice(0, 6)}${century}${number.slice(6)}`;
  return first17 + identityCheckCharacter(first17);
}

/**
 * Reads an identity number: shape, real birth date not after `asOf` and not over 120 years before, check character.
 * Foreigners' permanent residence cards (9…) and residence permits of Hong Kong, Macao and Taiwan residents (81, 82,
 * 83…) of 18 digits pass by the same rule. Unknown region prefixes pass too: old counties are in no current table.
 * @param asOf `YYYY-MM-DD`; without it any calendar date from 1800 on will do.
 */
export function readIdentityNumber(raw: string, asOf?: string): IdentityNumberReading {
  const normal = normaliseIdentityNumber(raw);
  if (normal === '') return { ok: false, fault: 'empty', text: normal };
  if (!/^(?:\d{15}|\d{17}[\dX])$/.test(normal)) return { ok: false, fault: 'shape', text: normal };
  const number = upgradeIdentityNumber(normal);
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const earliest =
    asOf === undefined ? '1800-01-01' : `${String(Number(asOf.slice(0, 4)) - 120).padStart(4, '0')}${asOf.slice(4)}`;
  if (!isCalendarDate(birth) || birth < earliest || (asOf !== undefined && birth > asOf))
    return { ok: false, fault: 'birth', text: normal };
  if (identityCheckCharacter(number) !== number[17]) return { ok: false, fault: 'check-digit', text: normal };
  return {
    ok: true,
    number,
    birth,
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
    region: number.slice(0, 6),
    upgraded: normal.length === 15,
  };
}
