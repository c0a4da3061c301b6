import type { Table } from '../../document/index.ts';
import type { ProjectBook } from '../../ledger/index.ts';
import type { Evaluation } from '../../performance/index.ts';
import { type FigureWriter, words } from './inlines.ts';
import { TableBuilder } from './table-builder.ts';

/** The base-data table: the money and what the ledgers add up to, each with the place it comes from. */
export function ledgerTable(evaluation: Evaluation, book: ProjectBook, figures: FigureWriter): Table {
  const builder = new TableBuilder([12, 60, 40, 44]).row();
  for (const heading of ['序号', '数据名称', '数值', '出处']) builder.cell([words(heading)], 1, { header: true });
  const { budget, lineage } = evaluation;
  const money = [budget.initial, budget.adjusted, budget.inPlace, budget.executed].flatMap((figure) =>
    figure === undefined ? [] : [figure.factId],
  );
  const facts = [...money, ...evaluation.baseData].map((id) => lineage.get(id));
  for (const [index, fact] of facts.entries()) {
    const where =
      fact.origin.kind === 'counted'
        ? `${fact.origin.source.sheet ?? fact.origin.source.name}，${fact.origin.rowCount}行`
        : fact.origin.kind === 'entered'
          ? `${fact.origin.sheet}，${fact.origin.cell}`
          : fact.origin.kind === 'computed'
            ? fact.origin.formula
            : '';
    builder
      .row()
      .cell([words(String(index + 1))])
      .cell([words(fact.label)], 1, { align: 'left' })
      .cell([figures.fact(fact.id, { style: 'number', showUnit: true })])
      .cell([words(where)], 1, { align: 'left' });
  }
  if (facts.length === 0) builder.row().cell([words(`${book.file.name}的台账没有可列的数据。`)], 4);
  return builder.build(1);
}
