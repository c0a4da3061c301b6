import { z } from 'zod';
import { findUnit } from '../quantity/index.ts';
import type { Fact, FactValue } from './fact.ts';
import { factId, readExact } from './fact-id.ts';

const factSchema = z.object({
  id: z.string(),
  concept: z.string(),
  label: z.string(),
  value: z.string().nullable(),
  unit: z.string(),
  period: z.string(),
  place: z.string(),
  origin: z.looseObject({ kind: z.string() }),
});

const fileSchema = z.looseObject({ facts: z.array(factSchema) });

/** The number facts of a JSON result of this program, and the labels of those that no longer carry their own id. */
export interface ReadFacts {
  readonly facts: readonly Fact[];
  /** Facts whose id is not the one of their contents: somebody changed the file. */
  readonly altered: readonly string[];
}

/**
 * Reads the `facts` of a JSON result (a settlement, an estimate). Only facts whose value is a number are kept; an id
 * is a hash of everything else about its fact, so a changed figure betrays itself.
 * @returns `undefined` when the text is no such result
 */
export function readFacts(json: string): ReadFacts | undefined {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    return undefined;
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) return undefined;
  const facts: Fact[] = [];
  const altered: string[] = [];
  for (const { id, value, unit, concept, label, period, place, origin } of parsed.data.facts) {
    const number = numberValue(value, unit);
    if (number === undefined) continue;
    // The origin was written by this program; its id vouches for its shape.
    const fact: Omit<Fact, 'id'> = {
      concept,
      label,
      value: number,
      period,
      place,
      origin: origin as unknown as Fact['origin'],
    };
    if (factId(fact) === id) facts.push({ ...fact, id });
    else altered.push(label);
  }
  return { facts, altered };
}

function numberValue(value: string | null, unit: string): FactValue | undefined {
  const number = value === null ? undefined : readExact(value);
  const known = findUnit(unit);
  return number === undefined || known === undefined ? undefined : { kind: 'number', value: number, unit: known };
}
