import JSZip from 'jszip';
import { expect, test } from 'vitest';
import { compileFormulas } from '../formula/index.ts';
import { formulaSchema, LEDGER_FORMULAS } from '../ledger/index.ts';
import { indicatorLibraries, readProjectBookBytes, writeProjectBook } from './index.ts';

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

test('the six kinds of project a bureau has are there, each entry with direction, way, evidence and pitfall', () => {
  expect(indicatorLibraries().map(({ id }) => id)).toEqual([
    'enrolment',
    'fund-supervision',
    'matching-fund',
    'medical-assistance',
    'publicity',
    'work-fund',
  ]);
  for (const { indicators } of indicatorLibraries())
    for (const { direction, calculation, evidence, pitfalls } of indicators)
      expect([direction, calculation, evidence, pitfalls].every((words) => words.trim() !== '')).toBe(true);
});

test('for matching funds, always executed in full, days in place and accuracy of heads are offered', () => {
  const names = indicatorLibraries()
    .find(({ id }) => id === 'matching-fund')
    ?.indicators.map(({ level3 }) => level3);
  expect(names).toEqual(expect.arrayContaining(['配套资金到位及时天数', '核定人数准确率']));
});

test('the drop-downs of the workbook draw on the library, which is not read as a sheet of the book', async () => {
  const libraries = indicatorLibraries();
  const bytes = await writeProjectBook({ project: {}, tables: {} }, { sample: true, libraries });
  const zip = await JSZip.loadAsync(bytes);
  const workbook = (await zip.file('xl/workbook.xml')?.async('string')) ?? '';
  expect(workbook).toContain('name="指标库"');
  const sheets = await Promise.all(
    Object.values(zip.files)
      .filter(({ name }) => /worksheets\/sheet\d+\.xml$/.test(name))
      .map((file) => file.async('string')),
  );
  const offered = new Set(libraries.flatMap(({ indicators }) => indicators.map(({ level3 }) => level3)));
  expect(sheets.some((xml) => xml.includes(`<formula1>指标库!$N$4:$N$${3 + offered.size}</formula1>`))).toBe(true);
  const { problems } = await readProjectBookBytes('空白.xlsx', bytes);
  expect(problems.filter((one) => one.where.sheet === '指标库')).toEqual([]);
});
