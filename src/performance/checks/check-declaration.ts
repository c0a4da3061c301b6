import { placeOf } from '../place-of.ts';
import type { LeafResult, Scoring } from '../scoring-context.ts';

/** What only a goal declaration is asked: a target for every indicator it names. */
export function checkDeclaration({ book, problems }: Scoring, leaves: readonly LeafResult[]): void {
  const sheet = book.tables.indicators;
  for (const { indicator, record, applicable } of leaves)
    if (record !== undefined && applicable && !indicator.isExecution && indicator.target.kind === 'none')
      problems.add(
        'target-missing',
        `${indicator.path[2]}：没有指标值`,
        `“${indicator.path[2]}” has no target`,
        placeOf(sheet, record, 'target'),
      );
}
