import { isCalendarDate } from '../../rules/index.ts';
import { normaliseIdentityNumber, readIdentityNumber } from '../identity-number.ts';
import type { FieldType, RegisterField } from '../kinds/register-kinds.ts';

/** Part of every dataset version's id: raise it when any value would be cleaned differently. */
export const CLEANING_VERSION = '2';

/** Stable ids of what cleaning found; counted in the quality report. */
export type CleaningFault =
  | 'identity-shape'
  | 'identity-scientific'
  | 'identity-birth'
  | 'identity-check-digit'
  | 'name-characters'
  | 'date-unreadable'
  | 'date-serial'
  | 'code-unknown'
  | 'phone-shape'
  | 'money-unreadable'
  | 'month-unreadable'
  | 'year-unreadable';

export interface CleanValue {
  /** Clean text, whole 分 as digits for money; null = nothing usable. */
  readonly value: string | null;
  readonly fault?: CleaningFault;
}

/** Cleans one cell. `asOf` bounds birth dates of identity numbers. Pure; the meaning of every import. */
export function cleanValue(raw: string, field: Pick<RegisterField, 'type' | 'values'>, asOf: string): CleanValue {
  const folded = foldText(raw);
  if (folded === '') return { value: null };
  return CLEANERS[field.type](raw, folded, field.values, asOf);
}

type Cleaner = (raw: string, folded: string, values: RegisterField['values'], asOf: string) => CleanValue;

const CLEANERS: Readonly<Record<FieldType, Cleaner>> = {
  identity: (raw, _folded, _values, asOf) => cleanIdentity(raw, asOf),
  name: (_raw, folded) => cleanName(folded),
  date: (_raw, folded) => cleanDate(folded),
  code: (_raw, folded, values) => cleanCode(folded, values),
  place: (_raw, folded) => ({ value: folded.replaceAll(/\s+/gu, '') }),
  text: (_raw, folded) => ({ value: folded }),
  phone: (_raw, folded) => cleanPhone(folded),
  money: (_raw, folded) => cleanMoney(folded),
  month: (_raw, folded) => cleanMonth(folded),
  year: (_raw, folded) => {
    const year = /^(\d{4})\s*年?度?$/.exec(folded)?.[1];
    return year === undefined ? { value: null, fault: 'year-unreadable' } : { value: year };
  },
};

/** Han characters and visible ASCII but quotes, as a range of regular expressions: folding leaves them as they are. */
export const UNFOLDED = '一-鿿!-&(-_a-~';
const NOTHING_TO_FOLD = new RegExp(`^[${UNFOLDED}]+$`);

/** NFKC without losing CJK compatibility ideographs; control and zero-width characters and outer spaces dropped. */
export function foldText(raw: string): string {
  if (NOTHING_TO_FOLD.test(raw)) return raw;
  let folded = '';
  for (const character of raw) {
    const code = character.codePointAt(0) ?? 0;
    const compatibility = (code >= 0xf900 && code <= 0xfaff) || (code >= 0x2f800 && code <= 0x2fa1f);
    folded += compatibility ? character : character.normalize('NFKC');
  }
  return folded
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/^[\s'’‘`]+|[\s'’‘`]+$/gu, '')
    .replaceAll(/\s+/gu, ' ');
}

function cleanIdentity(raw: string, asOf: string): CleanValue {
  const reading = readIdentityNumber(raw, asOf);
  if (reading.ok) return { value: reading.number };
  if (reading.fault === 'empty') return { value: null };
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(normaliseIdentityNumber(raw))) return { value: null, fault: 'identity-scientific' };
  return { value: null, fault: `identity-${reading.fault}` };
}

function cleanName(folded: string): CleanValue {
  const dotted = folded.replaceAll(/\s*[•‧∙・．.·･]\s*/gu, '·');
  const joined = /[A-Za-z]/.test(dotted) ? dotted : dotted.replaceAll(' ', '');
  const plain = joined.replaceAll(/^·+|·+$/gu, '');
  if (plain === '') return { value: null, fault: 'name-characters' };
  return /^[\p{Script=Han}·〇]+$/u.test(plain) && !/[\uE000-\uF8FF]/.test(plain)
    ? { value: plain }
    : { value: plain, fault: 'name-characters' };
}

function cleanDate(folded: string): CleanValue {
  const match =
    /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?$/.exec(
      folded,
    ) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(folded);
  if (match !== null) {
    const date = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
    return isCalendarDate(date) ? { value: date } : { value: null, fault: 'date-unreadable' };
  }
  // A day number of Excel that lost its format: 1900-03-01 is 61, 2099-12-31 is 73050.
  if (/^\d{4,5}$/.test(folded) && Number(folded) >= 3000 && Number(folded) <= 73_050)
    return {
      value: new Date(Date.UTC(1899, 11, 30) + Number(folded) * 86_400_000).toISOString().slice(0, 10),
      fault: 'date-serial',
    };
  return { value: null, fault: 'date-unreadable' };
}

function cleanCode(folded: string, values: RegisterField['values']): CleanValue {
  if (folded in values) return { value: folded };
  for (const [code, spellings] of Object.entries(values)) if (spellings.includes(folded)) return { value: code };
  return { value: null, fault: 'code-unknown' };
}

function cleanPhone(folded: string): CleanValue {
  const digits = folded.replaceAll(/[\s\-‐-―()]/gu, '').replace(/^\+?86(?=1\d{10}$)/, '');
  if (/^1[3-9]\d{9}$/.test(digits) || /^0\d{9,11}$/.test(digits)) return { value: digits };
  return { value: null, fault: 'phone-shape' };
}

function cleanMoney(folded: string): CleanValue {
  const plain = folded.replaceAll(/[,\s¥元]/gu, '');
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,2})0*)?$/.exec(plain);
  if (match === null) return { value: null, fault: 'money-unreadable' };
  const fen = BigInt(match[2] ?? '0') * 100n + BigInt((match[3] ?? '').padEnd(2, '0'));
  return { value: String(match[1] === '-' ? -fen : fen) };
}

function cleanMonth(folded: string): CleanValue {
  const match = /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?月?$/.exec(folded) ?? /^(\d{4})(\d{2})$/.exec(folded);
  const month = Number(match?.[2]);
  if (match === null || month < 1 || month > 12) return { value: null, fault: 'month-unreadable' };
  return { value: `${match[1]}-${String(month).padStart(2, '0')}` };
}
