import { z } from 'zod';
import { JipingError, text } from '../../problem/index.ts';
import { choice, flag, packagedRulesFolder, parseRuleFile, readRuleFolder, words } from '../../rules/index.ts';

const frameworkSchema = z.strictObject({
  id: words(),
  name: words(),
  version: words(),
  basis: z.strictObject({ document: words(), verified: flag() }),
  leaves: z.array(
    z.strictObject({
      level1: words(),
      level2: words(),
      level3: words(),
      standard: words(),
      /** The rate of the evaluation that is this leaf's result. */
      show: choice(['arrival', 'payment', 'executionInitial', 'executionAdjusted']).optional(),
    }),
  ),
});

/** The 决策 and 过程 leaves of a department evaluation; 产出 and 效益 are the project's own indicators. */
export type DepartmentFramework = z.infer<typeof frameworkSchema>;

/** @throws JipingError `invalid-rule` for a wrong file, `not-found` when the framework is missing. */
export function loadDepartmentFramework(folder: string = packagedRulesFolder()): DepartmentFramework {
  const [source] = readRuleFolder(folder, 'frameworks');
  if (source === undefined)
    throw new JipingError(
      'not-found',
      text('规则数据里没有部门评价的指标框架', 'the rule data hold no department framework'),
    );
  return parseRuleFile(source, frameworkSchema);
}
