/** From a first day to a last day, both included, `YYYY-MM-DD`; an absent `to` means "until replaced". */
export interface Validity {
  readonly from: string;
  readonly to?: string | undefined;
}

export function isValidOn(validity: Validity, date: string): boolean {
  return validity.from <= date && (validity.to === undefined || date <= validity.to);
}
