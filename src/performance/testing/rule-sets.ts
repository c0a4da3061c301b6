import { packagedRulesFolder, readRuleFolder } from '../../rules/index.ts';
import { RuleReader } from '../rule-reader.ts';
import { type RuleSet, readRuleSets } from '../rule-set.ts';

export const ruleSets: readonly RuleSet[] = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));

export function ruleSet(id: string): RuleSet {
  const found = ruleSets.find((set) => set.id === id);
  if (found === undefined) throw new Error(`no rule set ${id}`);
  return found;
}

export function reader(id = 'CN2021'): RuleReader {
  return new RuleReader(ruleSet(id));
}
