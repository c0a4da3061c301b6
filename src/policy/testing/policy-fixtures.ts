import { Exact, parseDate } from '../../quantity/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../../rules/index.ts';
import type { HeadsRow, InputTable } from '../heads-table.ts';
import type { GroupId } from '../insured-group.ts';
import { PolicyRules } from '../policy-rules.ts';
import { budgetYear, coverageYear, noticeYear, type SubsidyYears, settlementYear } from '../policy-years.ts';

/** The rules of the package; parsed once for all tests of a file. */
export function packagedPolicy(more: readonly { readonly file: string; readonly content: string }[] = []): PolicyRules {
  return PolicyRules.load(readRuleFolder(packagedRulesFolder(), 'policy'), more);
}

export function headsRow(group: GroupId, heads: number | string, row = 2): HeadsRow {
  return {
    group,
    heads: Exact.of(heads),
    deductions: { duplicates: Exact.zero, deaths: Exact.zero, elsewhere: Exact.zero },
    recognition: 'before',
    place: { file: 'heads.csv', version: 'v', row },
  };
}

export function table(file: string, content: string): InputTable {
  return {
    file,
    version: 'v',
    rows: content
      .trim()
      .split('\n')
      .map((line) => line.split(',')),
  };
}

/** Budget year with its own standard, heads counted in the year before. */
export function years(
  budget: number,
  options: { standard?: number; settlement?: number; asOf?: string } = {},
): SubsidyYears {
  const standard = options.standard ?? budget;
  const asOf = parseDate(options.asOf ?? `${budget}-06-30`);
  return {
    standard: noticeYear(standard),
    provisional: standard !== budget,
    coverage: coverageYear(budget),
    budget: budgetYear(budget),
    ...(options.settlement === undefined ? {} : { settlement: settlementYear(options.settlement) }),
    ...(asOf === undefined ? {} : { headsAsOf: asOf }),
  };
}
