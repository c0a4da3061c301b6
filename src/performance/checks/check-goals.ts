import { scanDates, scanNumbers } from '../../quantity/index.ts';
import type { Scoring } from '../scoring-context.ts';

/** The overall goal: measurable, and its result not the goal copied. */
export function checkGoals({ book, problems }: Scoring): void {
  const { goalExpected, goalActual } = book.project;
  const sheet = book.projectSheetName;
  if (goalExpected !== undefined && !isMeasurable(goalExpected.value))
    problems.add(
      'goal-without-figure',
      '年度总体目标没有可以衡量的数量、质量或时限',
      'the overall goal has nothing that can be measured',
      { sheet, cell: goalExpected.cell },
    );
  if (goalExpected === undefined || goalActual === undefined) return;
  if (plain(goalExpected.value) === plain(goalActual.value))
    problems.add(
      'goal-text-copied',
      '“实际完成情况”与“预期目标”一字不差，没有写实际做到什么',
      'the result repeats the goal word for word',
      { sheet, cell: goalActual.cell },
    );
}

function plain(value: string): string {
  return value.normalize('NFKC').replace(/[\s。，、；.,;]/g, '');
}

/** A quantity with its unit, or a day or month: something a reader can hold a result against. */
function isMeasurable(goal: string): boolean {
  const quantities = scanNumbers(goal).filter((number) => number.kind === 'quantity' && number.unit !== undefined);
  return (
    quantities.length > 0 || scanDates(goal).some((date) => date.precision === 'day' || date.precision === 'month')
  );
}
