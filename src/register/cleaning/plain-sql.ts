import type { FieldType } from '../kinds/register-kinds.ts';

/**
 * Most cells of a register are plain: their clean value can be had in SQL at once. The others, some hundredths, are
 * cleaned once a distinct value by `cleanValue`. `isPlain(x)` must imply that SQL's value equals `cleanValue(x)`.
 */
interface PlainRule {
  /** SQL condition on a text expression. */
  readonly isPlain: (raw: string) => string;
  /** SQL of the clean value of a plain cell. */
  readonly value: (raw: string) => string;
}

const SAME = (raw: string): string => raw;
const DATE = (raw: string): string =>
  `(regexp_full_match(${raw}, '(19|20)\\d\\d-\\d\\d-\\d\\d') AND try_cast(${raw} AS DATE) IS NOT NULL)`;

/**
 * A sound number, by whole-number arithmetic on its first 17 digits: taking a text apart character by character is many
 * times slower. 29 February is left to `cleanValue`, which knows leap years.
 */
function soundIdentity(raw: string, earliest: string, latest: string): string {
  const first17 = `TRY_CAST(left(${raw}, 17) AS BIGINT)`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights
    .map((weight, index) => `${weight} * (${first17} // ${10n ** BigInt(16 - index)} % 10)`)
    .join(' + ');
  const birth = `(${first17} // 1000 % 100000000)`;
  const [month, day] = [`(${first17} // 100000 % 100)`, `(${first17} // 1000 % 100)`];
  const realDay = `${month} BETWEEN 1 AND 12 AND ${day} >= 1 AND (${day} <= 28 OR (${day} <= 30 AND ${month} <> 2) OR (${day} = 31 AND ${month} IN (1, 3, 5, 7, 8, 10, 12)))`;
  return `${birth} BETWEEN ${earliest} AND ${latest} AND ${realDay} AND right(${raw}, 1) = substr('10X98765432', CAST((${sum}) % 11 AS INTEGER) + 1, 1)`;
}

/** @param asOf birth dates after it are not plain, so that `cleanValue` judges them */
export function plainRule(type: FieldType, asOf: string): PlainRule {
  const earliest = `${Number(asOf.slice(0, 4)) - 119}0101`;
  const latest = asOf.replaceAll('-', '');
  switch (type) {
    case 'identity':
      return {
        isPlain: (raw) =>
          `CASE WHEN regexp_full_match(${raw}, '\\d{17}[\\dX]') THEN ${soundIdentity(raw, earliest, latest)} ELSE false END`,
        value: SAME,
      };
    case 'name':
      return { isPlain: (raw) => `regexp_full_match(${raw}, '[一-鿿]+')`, value: SAME };
    case 'date':
      return { isPlain: DATE, value: SAME };
    case 'place':
    case 'text':
      return { isPlain: (raw) => `regexp_full_match(${raw}, '[一-鿿0-9A-Za-z]+')`, value: SAME };
    case 'phone':
      return { isPlain: (raw) => `regexp_full_match(${raw}, '1[3-9]\\d{9}')`, value: SAME };
    case 'money':
      return {
        isPlain: (raw) => `regexp_full_match(${raw}, '\\d{1,13}(\\.\\d{1,2})?')`,
        value: (raw) => `CAST(TRY_CAST(${raw} AS DECIMAL(18,2)) * 100 AS BIGINT)`,
      };
    case 'month':
      return { isPlain: (raw) => `regexp_full_match(${raw}, '\\d{4}-(0[1-9]|1[0-2])')`, value: SAME };
    case 'year':
      return { isPlain: (raw) => `regexp_full_match(${raw}, '\\d{4}')`, value: SAME };
    case 'code':
      return { isPlain: () => 'false', value: SAME };
  }
}
