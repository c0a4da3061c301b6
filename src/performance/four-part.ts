import type { Scoring } from './scoring-context.ts';

/** Whether the table is by 决策/过程/产出/效益, where execution is a leaf of 过程 and not of the money block. */
export function isFourPart({ book, rules }: Scoring): boolean {
  const { levels } = rules.fork().read('fourPart');
  const used = book.tables.indicators.records.flatMap((record) => record.level1 ?? []);
  return used.length > 0 && used.every((level) => levels.includes(level));
}
