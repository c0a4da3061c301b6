import { JipingError, type Problem, problem, text } from '../../problem/index.ts';
import { printValue } from '../print.ts';
import { reportFigures } from '../report.ts';
import type { Manifest } from './manifest.ts';
import { readPublicValue } from './public-fact.ts';

/** Whether each figure of the issued paper is its fact, printed again by the one rule of printing. */
export function checkFacts(manifest: Manifest, file: string): readonly Problem[] {
  const facts = new Map(manifest.facts.map((fact) => [fact.id, fact]));
  const problems: Problem[] = [];
  for (const run of reportFigures(manifest.report)) {
    const fact = facts.get(run.factId);
    const value = fact === undefined ? undefined : readPublicValue(fact.value);
    if (fact === undefined || value === undefined) {
      problems.push(
        problem(
          'fact-missing',
          'error',
          text(`“${run.text}”所依据的事实不在文件内`, `the fact behind “${run.text}” is not in the file`),
          {
            file,
            key: run.factId,
          },
        ),
      );
      continue;
    }
    const printed = printOrNothing(() => printValue(value, run.format));
    if (printed !== run.text)
      problems.push(
        problem(
          'figure-not-its-fact',
          'error',
          text(
            `“${run.text}”与事实“${fact.label}”（应为“${printed ?? '无法打印'}”）不符`,
            `“${run.text}” is not the fact “${fact.label}” (${printed ?? 'unprintable'})`,
          ),
          { file, key: run.factId },
        ),
      );
  }
  return problems;
}

function printOrNothing(make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof JipingError) return undefined;
    throw error;
  }
}
