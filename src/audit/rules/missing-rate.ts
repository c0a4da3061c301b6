import { text } from '../../problem/index.ts';
import { type Detect, span, totalRow } from '../context.ts';
import { warning } from '../finding.ts';

/** Budget and expenditure are printed and the execution rate's cell is empty. */
export const missingRate: Detect = (context) =>
  context.tables.flatMap((table) => {
    const row = totalRow(table.budget);
    if (row === undefined || row.unreadable || !table.budget?.roles.includes('rate') || row.rate !== undefined)
      return [];
    if (row.executed === undefined || (row.adjusted ?? row.initial) === undefined) return [];
    return [
      warning('missing-rate', {
        message: text('预算执行率没有填', 'the execution rate is empty'),
        expected: '执行率',
        quotes: span(row.initial, row.adjusted, row.executed, row.weight, row.score),
      }),
    ];
  });
