import { sqlText } from '../database/sql.ts';
import type { RegisterField } from '../kinds/register-kinds.ts';
import { foldText, UNFOLDED } from './clean-value.ts';

/**
 * Most cells of a register are plain: their clean value can be had in SQL at once. The others, some hundredths, go to
 * `cleanValue`. A cell that `isPlain` or `isWrong`, or that meets a condition of `nearly`, must get in SQL what `cleanValue` gives it.
 */
export interface PlainRule {
  /** Values made of the cell once that the conditions read many times; a later one may read those before it. */
  readonly steps: readonly PlainStep[];
  /** SQL condition on a text expression; `step` gives the SQL of a step's value. */
  readonly isPlain: (raw: string, step: StepOf) => string;
  /** SQL of the clean value of a plain cell. */
  readonly value: (raw: string) => string;
  /** Other spellings that SQL can clean; their raw value is kept beside. */
  readonly nearly: readonly { readonly is: (raw: string) => string; readonly value: (raw: string) => string }[];
  /** Cells that are surely wrong: their clean value is null. */
  readonly isWrong?: (step: StepOf) => string;
}

type StepOf = (name: string) => string;
interface PlainStep {
  readonly name: string;
  readonly sql: (raw: string, step: StepOf) => string;
}

const SAME = (raw: string): string => raw;
const TEXT: PlainRule = {
  steps: [],
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
  steps: [],
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

const HALF = 10 ** 9;

/** Σ digit × 2^place by the modulus of 11, of nine digits. A digit is n/10^k − 10 × n/10^(k+1), so it is n − 8 × Σ 2^(k−1) × n/10^k, and −8 is 3. */
function weighed(nine: string): string {
  const quotients = Array.from({ length: 8 }, (_, k) => `${2 ** k} * (${nine} // ${10 ** (k + 1)})`);
  return `(${nine} + 3 * (${quotients.join(' + ')})) % 11`;
}

/**
 * By whole-number arithmetic, because taking a text apart character by character is many times slower; in two halves, because
 * 32 bits are quicker than 64. `sum` is that of GB 11643: 1 if the check character is right.
 */
const IDENTITY_STEPS: readonly PlainStep[] = [
  { name: 'read', sql: identityNumber },
  {
    name: 'number',
    sql: (_raw, step) =>
      `CASE WHEN ${step('read')} BETWEEN ${10n ** 17n} AND ${10n ** 18n - 1n} THEN ${step('read')} END`,
  },
  { name: 'high', sql: (_raw, step) => `CAST(${step('number')} // ${HALF} AS INTEGER)` },
  { name: 'low', sql: (_raw, step) => `CAST(${step('number')} % ${HALF} AS INTEGER)` },
  {
    // 18 characters that read as a number of 18 digits are all digits, unless there is an exponent or a leading 0x.
    name: 'shape',
    sql: (raw, step) =>
      `strlen(${raw}) = 18 AND ${raw} >= '1' AND ${step('number')} IS NOT NULL AND NOT contains(${raw}, 'e') AND NOT contains(${raw}, 'E')`,
  },
  {
    name: 'sum',
    // 2^9 is 6 by the modulus of 11.
    sql: (raw, step) =>
      `(${weighed(step('low'))} + 6 * (${weighed(step('high'))}) + CASE WHEN suffix(${raw}, 'X') THEN 10 ELSE 0 END) % 11`,
  },
];

/** 29 February is left to `cleanValue`, which knows leap years. */
function soundIdentity(step: StepOf, asOf: string): string {
  const [earliest, latest] = [`${Number(asOf.slice(0, 4)) - 119}0101`, asOf.replaceAll('-', '')];
  const [month, day] = [`(${step('low')} // 1000000 % 100)`, `(${step('low')} // 10000 % 100)`];
  return `(${[
    step('shape'),
    `${step('sum')} = 1`,
    `${step('number')} // 10000 % 100000000 BETWEEN ${earliest} AND ${latest}`,
    `CASE WHEN ${day} BETWEEN 1 AND 28 THEN ${month} BETWEEN 1 AND 12 ELSE ${day} BETWEEN 1 AND [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][${month}] END`,
  ].join(' AND ')})`;
}

/** @param asOf birth dates after it are not plain, so that `cleanValue` judges them */
export function plainRule(field: Pick<RegisterField, 'type' | 'values'>, asOf: string): PlainRule {
  switch (field.type) {
    case 'identity':
      return {
        steps: IDENTITY_STEPS,
        isPlain: (_raw, step) => soundIdentity(step, asOf),
        value: SAME,
        nearly: [],
        isWrong: (step) => `(${step('shape')} AND ${step('sum')} <> 1)`,
      };
    case 'name':
      return { steps: [], isPlain: (raw) => `regexp_full_match(${raw}, '[一-鿿]+')`, value: SAME, nearly: [] };
    case 'date':
      return DATE;
    case 'place':
    case 'text':
      return TEXT;
    case 'phone':
      return {
        steps: [],
        isPlain: (raw) => `(length(${raw}) = 11 AND ${raw} BETWEEN '13' AND '19999999999' AND ${isNumber(raw)})`,
        value: SAME,
        nearly: [],
      };
    case 'money':
      return {
        steps: [],
        isPlain: (raw) => `regexp_full_match(${raw}, '\\d{1,13}(\\.\\d{1,2})?')`,
        value: (raw) => `CAST(TRY_CAST(${raw} AS DECIMAL(18,2)) * 100 AS BIGINT)`,
        nearly: [],
      };
    case 'month':
      return {
        steps: [],
        isPlain: (raw) => `regexp_full_match(${raw}, '\\d{4}-(0[1-9]|1[0-2])')`,
        value: SAME,
        nearly: [],
      };
    case 'year':
      return { steps: [], isPlain: (raw) => `regexp_full_match(${raw}, '\\d{4}')`, value: SAME, nearly: [] };
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
  if (known.length === 0) return { steps: [], isPlain: () => 'false', value: SAME, nearly: [] };
  const cases = known.map(([spelling, code]) => `WHEN ${sqlText(spelling)} THEN ${sqlText(code)}`).join(' ');
  return {
    steps: [],
    isPlain: (raw) => `${raw} IN (${known.map(([spelling]) => sqlText(spelling)).join(', ')})`,
    value: (raw) => `CASE ${raw} ${cases} END`,
    nearly: [],
  };
}
