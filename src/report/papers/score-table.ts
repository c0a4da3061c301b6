import type { Table } from '../../document/index.ts';
import type { Evaluation, ScoredIndicator } from '../../performance/index.ts';
import { type FigureWriter, unitWords, words } from './inlines.ts';
import { TableBuilder } from './table-builder.ts';

const HEADINGS = ['一级指标', '二级指标', '三级指标', '指标值', '实际完成值', '分值', '自评得分'];

/** The scored index table: every leaf with target, actual, weight and claimed score; the sum below. */
export function scoreTable(evaluation: Evaluation, figures: FigureWriter): Table {
  const builder = new TableBuilder([16, 20, 40, 26, 26, 13, 15]).row();
  for (const heading of HEADINGS) builder.cell([words(heading)], 1, { header: true });
  for (const leaf of evaluation.indicators) row(builder, leaf, evaluation, figures);
  builder.row().cell([words('合计')], 5, { header: true });
  builder.cell([figures.points(evaluation.total.weight)]).cell([figures.points(evaluation.total.claimed)]);
  return builder.build(1);
}

function row(builder: TableBuilder, leaf: ScoredIndicator, evaluation: Evaluation, figures: FigureWriter): void {
  const rate = leaf.isExecution ? evaluation.budget.rates.executionAdjusted : undefined;
  builder
    .row()
    .cell([unitWords(leaf.path[0])])
    .cell([unitWords(leaf.path[1])])
    .cell([unitWords(leaf.path[2])], 1, { align: 'left' })
    .cell(figures.measure(leaf.target, leaf.operator))
    .cell(rate === undefined ? figures.measure(leaf.actual) : [figures.rate(rate)])
    .cell([figures.points(leaf.weight)])
    .cell([figures.points(leaf.claimed)]);
}
