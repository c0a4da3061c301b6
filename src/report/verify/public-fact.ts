import type { Fact, FactId, FactValue, Origin } from '../../fact/index.ts';
import { inputsOf, originJson, readExact } from '../../fact/index.ts';
import { text } from '../../problem/index.ts';
import type { Unit } from '../../quantity/index.ts';
import { packRows } from './row-ranges.ts';

interface PublicUnit {
  readonly symbol: string;
  readonly dimension: string;
  readonly factor: string;
}

/** `withheld`: words that the paper does not print; they may be somebody's name. */
export type PublicValue =
  | { readonly kind: 'number'; readonly value: string; readonly unit: PublicUnit }
  | { readonly kind: 'interval'; readonly low: string; readonly high: string; readonly unit: PublicUnit }
  | { readonly kind: 'date' | 'text'; readonly value: string }
  | { readonly kind: 'undecided'; readonly reason: string; readonly form: '待定' | '无法计算' }
  | { readonly kind: 'withheld' };

/** What may travel inside a paper about one fact: no names of clerks, no personal cells, rows as packed ranges. */
export interface PublicFact {
  readonly id: FactId;
  readonly concept: string;
  readonly label: string;
  readonly value: PublicValue;
  readonly period: string;
  readonly place: string;
  readonly origin: Readonly<Record<string, unknown>>;
}

/**
 * The facts the given ids rest on, inputs before what is computed from them, as they may be published.
 * Ids without a fact are left out.
 */
export function projectFacts(printed: Iterable<FactId>, find: (id: FactId) => Fact | undefined): readonly PublicFact[] {
  const shown = new Set(printed);
  const seen = new Set<FactId>();
  const projected: PublicFact[] = [];
  const visit = (id: FactId): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const fact = find(id);
    if (fact === undefined) return;
    for (const input of inputsOf(fact)) visit(input);
    projected.push(projectFact(fact, shown.has(id)));
  };
  for (const id of shown) visit(id);
  return projected;
}

function projectFact(fact: Fact, printed: boolean): PublicFact {
  return {
    id: fact.id,
    concept: fact.concept,
    label: fact.label,
    value: projectValue(fact.value, printed),
    period: fact.period,
    place: fact.place,
    origin: projectOrigin(fact.origin),
  };
}

function projectValue(value: FactValue, printed: boolean): PublicValue {
  switch (value.kind) {
    case 'number':
      return { kind: 'number', value: value.value.toString(), unit: projectUnit(value.unit) };
    case 'interval':
      return {
        kind: 'interval',
        low: value.low.toString(),
        high: value.high.toString(),
        unit: projectUnit(value.unit),
      };
    case 'date':
      return { kind: 'date', value: value.value };
    case 'text':
      return printed ? { kind: 'text', value: value.value } : { kind: 'withheld' };
    case 'undecided':
      return { kind: 'undecided', reason: impersonal(value.reason.zh), form: value.form ?? '待定' };
  }
}

function projectUnit(unit: Unit): PublicUnit {
  return { symbol: unit.symbol, dimension: unit.dimension, factor: unit.factor.toString() };
}

function projectOrigin(origin: Origin): Readonly<Record<string, unknown>> {
  switch (origin.kind) {
    case 'counted':
      return { ...origin, query: impersonal(origin.query), rows: packRows(origin.rows) };
    case 'computed':
      return {
        ...origin,
        formula: impersonal(origin.formula),
        ...(origin.steps === undefined ? {} : { steps: origin.steps.map(impersonal) }),
      };
    case 'entered': {
      const { by: _, ...open } = origin;
      return open;
    }
    case 'surveyed':
      return { ...originJson(origin) };
    case 'stated':
      return { ...origin, quote: impersonal(origin.quote) };
  }
}

/** Identity, phone and account numbers out of a query or formula. */
function impersonal(words: string): string {
  return words.replace(/(?<![\d.])\d{10,}[\dXx](?![\d.])/g, '（号码略）');
}

/** The value as `print` takes it, or `undefined` when it is withheld or not well-formed. */
export function readPublicValue(value: PublicValue): FactValue | undefined {
  switch (value.kind) {
    case 'number': {
      const number = readExact(value.value);
      const unit = readUnit(value.unit);
      return number === undefined || unit === undefined ? undefined : { kind: 'number', value: number, unit };
    }
    case 'interval': {
      const low = readExact(value.low);
      const high = readExact(value.high);
      const unit = readUnit(value.unit);
      return low === undefined || high === undefined || unit === undefined
        ? undefined
        : { kind: 'interval', low, high, unit };
    }
    case 'date':
    case 'text':
      return { kind: value.kind, value: value.value };
    case 'undecided':
      return { kind: 'undecided', reason: text(value.reason, value.reason), form: value.form };
    case 'withheld':
      return undefined;
  }
}

function readUnit(unit: PublicUnit): Unit | undefined {
  const factor = readExact(unit.factor);
  return factor === undefined || factor.sign <= 0
    ? undefined
    : { symbol: unit.symbol, dimension: unit.dimension, factor };
}
