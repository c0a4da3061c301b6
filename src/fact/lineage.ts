import { JipingError, text } from '../problem/index.ts';
import type { Fact, FactId } from './fact.ts';

/** One step of an explanation: the fact and, below it, the facts it was computed from. */
export interface Explanation {
  readonly fact: Fact;
  readonly inputs: readonly Explanation[];
}

/**
 * The facts of one evaluation and what each was computed from. Acyclic by construction: a fact is added after
 * its inputs, and its id is a hash over theirs.
 */
export class Lineage {
  readonly #facts = new Map<FactId, Fact>();

  /**
   * Adds a fact and returns it, so that a computation can be written in one line. Adding the same fact twice is fine.
   * @throws JipingError `internal` when an input is unknown.
   */
  add(fact: Fact): Fact {
    for (const input of inputsOf(fact))
      if (!this.#facts.has(input))
        throw new JipingError(
          'internal',
          text(`事实 ${fact.concept} 的来源 ${input} 不存在`, `input ${input} of ${fact.concept} is unknown`),
        );
    const known = this.#facts.get(fact.id);
    if (known !== undefined) return known;
    this.#facts.set(fact.id, fact);
    return fact;
  }

  find(id: FactId): Fact | undefined {
    return this.#facts.get(id);
  }

  /** @throws JipingError `not-found` for an unknown id. */
  get(id: FactId): Fact {
    const fact = this.#facts.get(id);
    if (fact === undefined) throw new JipingError('not-found', text(`没有事实 ${id}`, `no fact ${id}`));
    return fact;
  }

  /** In the order added: inputs before what is computed from them. */
  all(): readonly Fact[] {
    return [...this.#facts.values()];
  }

  /** The chain from a figure down to sheets, cells and row ranges. */
  explain(id: FactId): Explanation {
    const fact = this.get(id);
    return { fact, inputs: inputsOf(fact).map((input) => this.explain(input)) };
  }
}

export function inputsOf(fact: Fact): readonly FactId[] {
  return fact.origin.kind === 'computed' || fact.origin.kind === 'surveyed' ? fact.origin.inputs : [];
}
