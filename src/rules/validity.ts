import { JipingError, text } from '../problem/index.ts';

/** From a first day to a last day, both included, `YYYY-MM-DD`; an absent `to` means "until replaced". */
export interface Validity {
  readonly from: string;
  readonly to?: string | undefined;
}

export function isValidOn(validity: Validity, date: string): boolean {
  return validity.from <= date && (validity.to === undefined || date <= validity.to);
}

/**
 * The one entry in force on `date`.
 * @throws JipingError `not-found` when none is, `invalid-rule` when several are (an overlap is a fault of the data).
 */
export function resolveAt<T extends { readonly validity: Validity }>(
  entries: readonly T[],
  date: string,
  what: string,
): T {
  const valid = entries.filter((entry) => isValidOn(entry.validity, date));
  const [only, second] = valid;
  if (only === undefined)
    throw new JipingError(
      'not-found',
      text(`${what}在 ${date} 没有有效的规定`, `no rule for ${what} is in force on ${date}`),
    );
  if (second !== undefined)
    throw new JipingError(
      'invalid-rule',
      text(`${what}在 ${date} 有两条同时有效的规定`, `two rules for ${what} are in force on ${date}`),
    );
  return only;
}
