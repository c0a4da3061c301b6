import { createHash } from 'node:crypto';
import { Exact } from '../quantity/index.ts';
import type { Fact, FactId, FactValue } from './fact.ts';

/** Canonical JSON: keys sorted, `undefined` dropped, exact numbers and units as text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'bigint') return item.toString();
    if (item !== null && typeof item === 'object' && !Array.isArray(item)) {
      const record = item as Record<string, unknown>;
      if ('symbol' in record && 'dimension' in record) return record.symbol;
      return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
    }
    return item;
  });
}

/** The id of a fact from everything else about it. */
export function factId(fact: Omit<Fact, 'id'>): FactId {
  return `f${createHash('sha256').update(canonical(fact)).digest('hex').slice(0, 16)}`;
}

export function makeFact(fact: Omit<Fact, 'id'>): Fact {
  return { ...fact, id: factId(fact) };
}

/** Exact text of a value for JSON: decimals as strings, an interval as `low..high`, undecided as `null`. */
export function valueText(value: FactValue): string | null {
  switch (value.kind) {
    case 'number':
      return value.value.toString();
    case 'interval':
      return `${value.low.toString()}..${value.high.toString()}`;
    case 'date':
    case 'text':
      return value.value;
    case 'undecided':
      return null;
  }
}

/** A decimal, or a fraction `1/3`, as `Exact` prints it. */
export function readExact(value: string): Exact | undefined {
  const fraction = /^(-?\d+)\/(\d*[1-9]\d*)$/.exec(value);
  if (fraction !== null) return Exact.ratio(BigInt(fraction[1] ?? ''), BigInt(fraction[2] ?? ''));
  return Exact.tryParse(value);
}
