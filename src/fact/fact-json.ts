import type { Fact, FactValue, Origin } from './fact.ts';
import { valueText } from './fact-id.ts';

/** A fact in a JSON result: decimals as text, `null` for what is undecided. `readFacts` reads it back. */
export interface FactJson {
  readonly id: string;
  readonly concept: string;
  readonly label: string;
  readonly value: string | null;
  /** Empty when the value has none. */
  readonly unit: string;
  readonly period: string;
  readonly place: string;
  readonly origin: OriginJson;
}

export type OriginJson =
  | Exclude<Origin, { kind: 'surveyed' }>
  | (Readonly<Record<string, unknown>> & { kind: 'surveyed' });

export function factJson(fact: Fact): FactJson {
  const { id, concept, label, value, period, place, origin } = fact;
  return {
    id,
    concept,
    label,
    value: valueText(value),
    unit: unitText(value),
    period,
    place,
    origin: originJson(origin),
  };
}

function unitText(value: FactValue): string {
  return value.kind === 'number' || value.kind === 'interval' ? value.unit.symbol : '';
}

/** An origin as JSON holds it: the number of a survey's valid answers is exact, hence text. */
export function originJson(origin: Origin): OriginJson {
  return origin.kind === 'surveyed' ? { ...origin, validResponses: origin.validResponses.toString() } : origin;
}
