import { z } from 'zod';
import type { Severity } from '../problem/index.ts';
import {
  choice,
  flag,
  packagedRulesFolder,
  parseRuleFile,
  type RuleSource,
  readRuleFolder,
  words,
} from '../rules/index.ts';

/** What people need to know of a rule; how it is detected is code. */
export interface AuditRule {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly what: string;
  readonly why: string;
  readonly whyEn: string;
  /** The gravest severity the rule can have. */
  readonly severity: Severity;
  readonly remedy: string;
  readonly remedyEn: string;
  readonly source: string;
  readonly verified: boolean;
  readonly examples: { readonly found: readonly string[]; readonly notFound: readonly string[] };
}

const schema: z.ZodType<AuditRule> = z.strictObject({
  id: words(),
  name: words(),
  nameEn: words(),
  what: words(),
  why: words(),
  whyEn: words(),
  severity: choice(['error', 'warning', 'notice']),
  remedy: words(),
  remedyEn: words(),
  source: words(),
  verified: flag(),
  examples: z.strictObject({ found: z.array(words()).min(1), notFound: z.array(words()).min(1) }),
});

export function readAuditRule(source: RuleSource): AuditRule {
  return parseRuleFile(source, schema);
}

/** Every rule of a folder by id. @throws JipingError `invalid-rule` */
export function readRuleBook(folder: string = packagedRulesFolder()): ReadonlyMap<string, AuditRule> {
  return new Map(
    readRuleFolder(folder, 'audit')
      .map((source) => readAuditRule(source))
      .map((rule) => [rule.id, rule]),
  );
}
