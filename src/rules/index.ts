export { parseRuleFile, type RuleSource } from './rule-file.ts';
export { packagedRulesFolder, packageRoot, readRuleFolder } from './rule-folder.ts';
export { RuleTrace } from './rule-trace.ts';
export { choice, date, decimal, flag, integer, isCalendarDate, words } from './scalars.ts';
export { isValidOn, type Validity } from './validity.ts';
