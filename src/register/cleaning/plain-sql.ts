import { sqlText } from '../database/sql.ts';
import type { RegisterField } from '../kinds/register-kinds.ts';
import { foldText, UNFOLDED } from './clean-value.ts';

/**
 * Most cells of a register are plain: their clean value can be had in SQL at once. The others, some hundredths, go to
 * `cleanValue`. A cell that `isPlain`, or that meets a condition of `nearly`, must get in SQL what `cleanValue` gives it.
 */
export interface PlainRule {
  /** A whole number made of the cell once, that `isPlain` reads many times. */
  readonly number?: (raw: string) => string;
  /** SQL condition on a text expression. */
  readonly isPlain: (raw: string, number: string) => string;
  /** SQL of the clean value of a plain cell. */
  readonly value: (raw: string) => string;
  /** Other spellings that SQL can clean; their raw value is kept beside. */
  readonly nearly: readonly { readonly is: (raw: string) => string; readonly value: (raw: string) => string }[];
}

const SAME = (raw: string): string => raw;
const TEXT: PlainRule = {
  isPlain: (raw) => `regexp_full_match(${raw}, '[${UNFOLDED}]+')`,
  value: SAME,
  nearly: [
    {
      is: (raw) => `regexp_full_match(${raw}, '[${UNFOLDED}（）]+')`,
      value: (raw) => `translate(${raw}, '（）', '()')`,
    },
  ],
};

/** The cell as a date and back again: equal only if it is a real day, written as we write it. */
const asDate = (raw: string): string => `CAST(TRY_CAST(${raw} AS DATE) AS VARCHAR)`;
const DATE: PlainRule = {
  isPlain: (raw) =>
    `(${raw} BETWEEN '1900-01-01' AND '2099-12-31' AND length(${raw}) = 10 AND ${asDate(raw)} = ${raw})`,
  value: SAME,
  nearly: [
    {
      is: (raw) =>
        `(regexp_full_match(${raw}, '(19|20)\\d\\d[-/]\\d{1,2}[-/]\\d{1,2}') AND TRY_CAST(replace(${raw}, '/', '-') AS DATE) IS NOT NULL)`,
      value: (raw) => asDate(`replace(${raw}, '/', '-')`),
    },
    {
      is: (raw) => `(regexp_full_match(${raw}, '(19|20)\\d{6}') AND TRY_CAST(${dashed(raw)} AS DATE) IS NOT NULL)`,
      value: (raw) => dashed(raw),
    },
  ],
};

function dashed(raw: string): string {
  return `${raw}[1:4] || '-' || ${raw}[5:6] || '-' || ${raw}[7:8]`;
}

/** Digits of at most 18 places as they stand, no sign, point, exponent or leading zero: cheaper to tell than by pattern. */
function isNumber(raw: string): string {
  return `CAST(TRY_CAST(${raw} AS BIGINT) AS VARCHAR) = ${raw}`;
}

/** The 18 places as a whole number; 0 in the place of a check character X. */
function identityNumber(raw: string): string {
  return `CASE WHEN suffix(${raw}, 'X') THEN 10 * TRY_CAST(left(${raw}, 17) AS BIGINT) ELSE TRY_CAST(${raw} AS BIGINT) END`;
}

/**
 * A sound number, by whole-number arithmetic: taking a text apart character by character is many times slower. The sum of
 * GB 11643, Σ digit × 2^place, must be 1 by the modulus of 11. A digit is n/10^k − 10 × n/10^(k+1), so the sum is
 * n − 8 × Σ 2^(k−1) × n/10^k, and −8 is 3 by that modulus. 29 February is left to `cleanValue`, which knows leap years.
 */
function soundIdentity(raw: string, number: string, asOf: string): string {
  const quotients = Array.from({ length: 17 }, (_, k) => `${2 ** k} * (${number} // ${10n ** BigInt(k + 1)})`);
  const total = `${number} + CASE WHEN suffix(${raw}, 'X') THEN 10 ELSE 0 END + 3 * (${quotients.join(' + ')})`;
  const [earliest, latest] = [`${Number(asOf.slice(0, 4)) - 119}0101`, asOf.replaceAll('-', '')];
  const [birth, month, day] = [
    `${number} // 10000 % 100000000`,
    `${number} // 1000000 % 100`,
    `${number} // 10000 % 100`,
  ];
  return `(${[
    // 18 characters that read as so large a number are all digits, unless there is an exponent or a leading 0x.
    `length(${raw}) = 18 AND ${raw} >= '1' AND ${number} >= ${10n ** 17n} AND NOT contains(${raw}, 'e') AND NOT contains(${raw}, 'E')`,
    `(${total}) % 11 = 1`,
    `${birth} BETWEEN ${earliest} AND ${latest}`,
    `${day} BETWEEN 1 AND [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][${month}]`,
  ].join(' AND ')})`;
}

/** @param asOf birth dates after it are not plain, so that `cleanValue` judges them */
export function plainRule(field: Pick<RegisterField, 'type' | 'values'>, asOf: string): PlainRule {
  switch (field.type) {
    case 'identity':
      return {
        number: identityNumber,
        isPlain: (raw, number) => soundIdentity(raw, number, asOf),
        value: SAME,
        nearly: [],
      };
    case 'name':
      return { isPlain: (raw) => `regexp_full_match(${raw}, '[一-鿿]+')`, value: SAME, nearly: [] };
    case 'date':
      return DATE;
    case 'place':
    case 'text':
      return TEXT;
    case 'phone':
      return {
        isPlain: (raw) => `(length(${raw}) = 11 AND ${raw} BETWEEN '13' AND '19999999999' AND ${isNumber(raw)})`,
        value: SAME,
        nearly: [],
      };
    case 'money':
      return {
        isPlain: (raw) => `regexp_full_match(${raw}, '\\d{1,13}(\\.\\d{1,2})?')`,
        value: (raw) => `CAST(TRY_CAST(${raw} AS DECIMAL(18,2)) * 100 AS BIGINT)`,
        nearly: [],
      };
    case 'month':
      return { isPlain: (raw) => `regexp_full_match(${raw}, '\\d{4}-(0[1-9]|1[0-2])')`, value: SAME, nearly: [] };
    case 'year':
      return { isPlain: (raw) => `regexp_full_match(${raw}, '\\d{4}')`, value: SAME, nearly: [] };
    case 'code':
      return codeRule(field.values);
  }
}

/** The codes themselves, then their spellings; the first meaning of a spelling counts, as in `cleanValue`. */
function codeRule(values: RegisterField['values']): PlainRule {
  const meaning = new Map(Object.keys(values).map((code) => [code, code]));
  for (const [code, spellings] of Object.entries(values))
    for (const spelling of spellings) if (!meaning.has(spelling)) meaning.set(spelling, code);
  const known = [...meaning].filter(([spelling]) => spelling !== '' && foldText(spelling) === spelling);
  if (known.length === 0) return { isPlain: () => 'false', value: SAME, nearly: [] };
  const cases = known.map(([spelling, code]) => `WHEN ${sqlText(spelling)} THEN ${sqlText(code)}`).join(' ');
  return {
    isPlain: (raw) => `${raw} IN (${known.map(([spelling]) => sqlText(spelling)).join(', ')})`,
    value: (raw) => `CASE ${raw} ${cases} END`,
    nearly: [],
  };
}
