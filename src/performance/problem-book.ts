import { type Problem, problem, text, type Where } from '../problem/index.ts';
import type { RuleReader } from './rule-reader.ts';
import type { Limit } from './rule-set.ts';

/** The problems of one evaluation, each as severe as the rule set says. */
export class ProblemBook {
  readonly #rules: RuleReader;
  readonly #problems: Problem[] = [];

  constructor(rules: RuleReader) {
    this.#rules = rules;
  }

  add(rule: string, zh: string, en: string, where: Where = {}, rules: RuleReader = this.#rules): Limit {
    const limit = rules.limit(rule);
    this.#problems.push(problem(rule, limit.severity, text(zh, en), where));
    return limit;
  }

  /** A problem that another part of the program has judged already. */
  push(found: Problem): void {
    this.#problems.push(found);
  }

  all(): readonly Problem[] {
    return this.#problems;
  }
}
