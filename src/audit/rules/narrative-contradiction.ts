import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { warning } from '../finding.ts';
import type { Statement } from '../statements/statement.ts';

/** One quantity stated twice in different numbers, or one target bounded from both sides: ≥177297 and ≤177297. */
export const narrativeContradiction: Detect = (context) =>
  context.quantities
    .filter(({ grade }) => grade === 'contradictory')
    .filter(({ one, other }) => one.role === 'target' || (one.source === 'prose' && other.source === 'prose'))
    .slice(0, 5)
    .map(({ one, other }) =>
      warning('narrative-contradiction', {
        message: text(
          `“${one.subject}”一处写 ${said(one)}，另一处写 ${said(other)}`,
          `“${one.subject}” is “${said(one)}” in one place and “${said(other)}” in another`,
        ),
        stated: said(one),
        expected: said(other),
        quotes: [one, other].map((statement) => ({ start: statement.start, end: statement.end })),
      }),
    );

function said(statement: Statement): string {
  return statement.text.replace(/\s+/g, '');
}
