import type { RuleReference } from '../fact/index.ts';

/** Collects every rule datum read during a computation, each once, in order of first reading. */
export class RuleTrace {
  readonly #reads = new Map<string, RuleReference>();

  record(reference: RuleReference): void {
    const id = `${reference.ruleSet}@${reference.version}#${reference.key}`;
    if (!this.#reads.has(id)) this.#reads.set(id, reference);
  }

  all(): readonly RuleReference[] {
    return [...this.#reads.values()];
  }

  /** Whether anything read is 原文未核. */
  get hasUnverified(): boolean {
    return this.all().some((reference) => !reference.verified);
  }
}
