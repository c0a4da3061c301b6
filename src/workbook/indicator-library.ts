import { z } from 'zod';
import { SCORING_KINDS } from '../ledger/index.ts';
import { choice, date, flag, packagedRulesFolder, parseRuleFile, readRuleFolder, words } from '../rules/index.ts';
import type { BookContent } from './write/book-content.ts';

const librarySchema = z
  .object({
    id: words(),
    version: words(),
    name: words(),
    projectType: words(),
    validity: z.object({ from: date(), to: date().optional() }).strict(),
    document: words(),
    verified: flag(),
    indicators: z.array(
      z
        .object({
          level1: words(),
          level2: words(),
          level3: words(),
          direction: choice(['越大越好', '越小越好', '越早越好', '等于', '定性']),
          unit: words().optional(),
          /** How the value comes about, in words. */
          calculation: words(),
          /** What proves it. */
          evidence: words(),
          /** Where it usually goes wrong. */
          pitfalls: words(),
          scoring: choice(SCORING_KINDS).optional(),
          formula: words().optional(),
          dataSource: words().optional(),
        })
        .strict(),
    ),
  })
  .strict();

export type IndicatorLibrary = z.infer<typeof librarySchema>;

/**
 * Typical third-level indicators by kind of project, from `rules/indicators`. They carry no weights and no targets:
 * those are set when the budget is approved.
 */
export function indicatorLibraries(folder: string = packagedRulesFolder()): readonly IndicatorLibrary[] {
  return readRuleFolder(folder, 'indicators').map((source) => parseRuleFile(source, librarySchema));
}

/** The content of a new book for one kind of project. */
export function contentOfLibrary(library: IndicatorLibrary): BookContent {
  const present = <T extends object>(record: T) =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
      [K in keyof T]: Exclude<T[K], undefined>;
    };
  return {
    project: { type: library.projectType },
    tables: {
      indicators: library.indicators.map(({ level1, level2, level3, unit, scoring, formula, dataSource }) =>
        present({ level1, level2, level3, unit, scoring, formula, dataSource }),
      ),
    },
  };
}
