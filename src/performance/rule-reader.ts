import type { RuleReference } from '../fact/index.ts';
import { RuleTrace } from '../rules/index.ts';
import { type Limit, type RuleKey, type RuleSet, type RuleValue, referenceTo } from './rule-set.ts';

/** Reads a rule set and remembers what was read: for one figure (`fork`) and for the whole evaluation. */
export class RuleReader {
  readonly ruleSet: RuleSet;
  readonly #trace = new RuleTrace();
  readonly #parent: RuleReader | undefined;

  constructor(ruleSet: RuleSet, parent?: RuleReader) {
    this.ruleSet = ruleSet;
    this.#parent = parent;
  }

  /** A reader for one figure; what it reads is also known to this one. */
  fork(): RuleReader {
    return new RuleReader(this.ruleSet, this);
  }

  read<K extends RuleKey>(key: K): RuleValue<K> {
    this.#record(referenceTo(this.ruleSet, key));
    return this.ruleSet.data[key].value as RuleValue<K>;
  }

  /** What a named problem is worth in this rule set; a problem the set does not mention is a warning without effect. */
  limit(rule: string): Limit {
    const found = this.ruleSet.limits[rule];
    if (found === undefined) return { severity: 'warning', effect: 'none' };
    this.#record(referenceTo(this.ruleSet, `limits.${rule}`));
    return found.value;
  }

  references(): readonly RuleReference[] {
    return this.#trace.all();
  }

  get hasUnverified(): boolean {
    return this.#trace.hasUnverified;
  }

  #record(reference: RuleReference): void {
    this.#trace.record(reference);
    this.#parent?.note(reference);
  }

  note(reference: RuleReference): void {
    this.#record(reference);
  }
}
