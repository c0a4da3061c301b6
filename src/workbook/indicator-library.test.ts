import { expect, test } from 'vitest';
import { compileFormulas } from '../formula/index.ts';
import { formulaSchema, LEDGER_FORMULAS } from '../ledger/index.ts';
import { indicatorLibraries } from './index.ts';

test.each(indicatorLibraries().map((library) => [library.id, library] as const))(
  '%s: every formula can be computed from the ledgers, and nothing unverified is called verified',
  (_id, library) => {
    const formulas = library.indicators.flatMap(({ level3, formula }) =>
      formula === undefined ? [] : [{ name: level3, text: formula }],
    );
    const compiled = compileFormulas([...LEDGER_FORMULAS, ...formulas], formulaSchema());
    const faults = [...compiled.problems.values()].flat().map(({ message }) => message.zh);
    expect(faults).toEqual([]);
    expect(library.verified).toBe(false);
  },
);

test('each library has cost, quantity, quality, timeliness, benefit and satisfaction, and execution once', () => {
  for (const { indicators } of indicatorLibraries()) {
    const level2 = new Set(indicators.map((indicator) => indicator.level2));
    for (const needed of ['数量指标', '质量指标', '时效指标', '社会效益指标', '服务对象满意度'])
      expect(level2).toContain(needed);
    expect(indicators.filter(({ scoring }) => scoring === '预算执行')).toHaveLength(1);
    expect(new Set(indicators.map(({ level3 }) => level3)).size).toBe(indicators.length);
  }
});
