import { text } from '../../problem/index.ts';
import { type Detect, figure, span } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { fundingColumns } from './funding-columns.ts';

/** More spent than the year's budget. It happens lawfully, so it asks for an explanation. */
export const overExecution: Detect = (context) => [...ofBudgets(context), ...ofColumns(context)];

/** 实际支出 177.6 beside 计划安排资金 168 in the head of a report. */
const ofColumns: Detect = (context) => {
  const columns = fundingColumns(context);
  const planned = columns.find((column) => column.name.startsWith('计划'))?.whole;
  const spent = columns.find((column) => column.name.startsWith('实际支出'))?.whole;
  if (planned === undefined || spent === undefined || !spent.value.gt(planned.value)) return [];
  return [
    warning('over-execution', {
      message: text(
        `实际支出 ${spent.text} 大于计划安排资金 ${planned.text}`,
        `${spent.text} was spent of a plan of ${planned.text}`,
      ),
      stated: spent.text,
      expected: `≤${planned.text}`,
      quotes: span(planned, spent),
    }),
  ];
};

const ofBudgets: Detect = (context) => {
  const budgets = [
    ...context.tables.map((table) => table.budget),
    context.tables.length === 0 ? context.proseBudget : undefined,
  ];
  return budgets.flatMap((budget) => {
    const rows = budget?.rows ?? [];
    const found = rows.flatMap((row): Finding[] => {
      const adjusted = figure(row.adjusted);
      const executed = figure(row.executed);
      if (
        row.unreadable ||
        adjusted === undefined ||
        executed === undefined ||
        !executed.value.value.gt(adjusted.value.value)
      )
        return [];
      if (executed.value.unit !== adjusted.value.unit) return [];
      return [
        warning('over-execution', {
          message: text(
            `执行数 ${executed.text} 大于全年预算数 ${adjusted.text}`,
            `${executed.text} was spent of a budget of ${adjusted.text}`,
          ),
          stated: executed.text,
          expected: `≤${adjusted.text}`,
          quotes: span(adjusted, executed, row.rate),
        }),
      ];
    });
    return found.slice(0, 1);
  });
};
