import { isValidOn } from '../../rules/index.ts';
import { periodEnd } from '../period.ts';
import type { Scoring } from '../scoring-context.ts';

/** A rule set named by hand may not have been in force in the evaluated period. */
export function checkRuleSet({ book, problems, rules }: Scoring): void {
  const { ruleSet } = rules;
  const end = periodEnd(book);
  if (isValidOn(ruleSet.validity, end)) return;
  const cell = book.project.ruleSet?.cell;
  problems.add(
    'rule-set-not-in-force',
    `规则集${ruleSet.id}自${ruleSet.validity.from}起适用，评价期末${end}不在其内`,
    `rule set ${ruleSet.id} was not in force on ${end}`,
    cell === undefined ? {} : { sheet: book.projectSheetName, cell },
  );
}
