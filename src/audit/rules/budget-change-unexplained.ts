import { text } from '../../problem/index.ts';
import { type Detect, figure, span, totalRow } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

const EXPLAINED =
  /预算(?:调整|追加|调减|调增)[^,。;\n|]{0,20}(?:原因|因|批复|批准|文件|号)|追加(?:预算|资金)|调[增减]预算|压减|收回/;

/** The budget changed during the year without a reason or an approval. */
export const budgetChangeUnexplained: Detect = (context) => {
  let isExplained: boolean | undefined;
  return context.tables.flatMap((table): Finding[] => {
    const row = totalRow(table.budget);
    const initial = figure(row?.initial);
    const adjusted = figure(row?.adjusted);
    if (
      row === undefined ||
      row.unreadable ||
      initial === undefined ||
      adjusted === undefined ||
      initial.value.value.eq(adjusted.value.value)
    )
      return [];
    isExplained ??= EXPLAINED.test(context.text);
    if (isExplained) return [];
    return [
      warning('budget-change-unexplained', {
        message: text(
          `年初预算 ${initial.text}，全年预算 ${adjusted.text}，没有说明调整原因和批准文号`,
          `the budget went from ${initial.text} to ${adjusted.text} without reason or approval`,
        ),
        stated: adjusted.text,
        expected: initial.text,
        quotes: span(initial, adjusted),
      }),
    ];
  });
};
