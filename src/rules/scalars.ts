import { z } from 'zod';
import { Exact } from '../quantity/index.ts';

/**
 * Schemas from the texts of a rule file to values. YAML scalars always arrive as text (failsafe schema): `on`,
 * `1e3`, `2024-01-01` or `007` mean nothing until the schema says so.
 */

/** A plain decimal such as `113.20`. */
export const decimal = (): z.ZodType<Exact> =>
  z.string().transform((value, context) => {
    const parsed = Exact.tryParse(value);
    if (parsed !== undefined) return parsed;
    context.addIssue({
      code: 'custom',
      message: `应为十进制数，现为“${value}”`,
      params: { en: `expected a decimal number, found “${value}”` },
    });
    return z.NEVER;
  });

export const integer = (): z.ZodType<number> =>
  z.string().transform((value, context) => {
    if (/^-?\d{1,15}$/.test(value)) return Number(value);
    context.addIssue({
      code: 'custom',
      message: `应为整数，现为“${value}”`,
      params: { en: `expected a whole number, found “${value}”` },
    });
    return z.NEVER;
  });

/** `YYYY-MM-DD`, a real calendar date. */
export const date = (): z.ZodType<string> =>
  z.string().transform((value, context) => {
    if (isCalendarDate(value)) return value;
    context.addIssue({
      code: 'custom',
      message: `应为 YYYY-MM-DD 的日期，现为“${value}”`,
      params: { en: `expected a date YYYY-MM-DD, found “${value}”` },
    });
    return z.NEVER;
  });

/** `true` or `false`, nothing else. */
export const flag = (): z.ZodType<boolean> =>
  z.string().transform((value, context) => {
    if (value === 'true' || value === 'false') return value === 'true';
    context.addIssue({
      code: 'custom',
      message: `应为 true 或 false，现为“${value}”`,
      params: { en: `expected true or false, found “${value}”` },
    });
    return z.NEVER;
  });

export const words = (): z.ZodType<string> => z.string().min(1);

export const choice = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values);

export function isCalendarDate(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day <= days;
}
