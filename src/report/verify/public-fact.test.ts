import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fact, makeFact, type RowRange } from '../../fact/index.ts';
import { Exact, PERCENT, PERSON } from '../../quantity/index.ts';
import { renderDocx } from '../docx/render-docx.ts';
import { figure } from '../print.ts';
import type { Report } from '../report.ts';
import { openManifest, sealReport } from './manifest.ts';
import { projectFacts } from './public-fact.ts';
import { packRows, unpackRows } from './row-ranges.ts';

test('row ranges come back as they went in', () => {
  const ranges = fc.array(fc.tuple(fc.integer({ min: 2, max: 5000 }), fc.integer({ min: 0, max: 300 })), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(ranges, (steps) => {
      let at = 0;
      const rows: RowRange[] = steps.map(([gap, length]) => {
        const from = at + gap;
        at = from + length;
        return { from, to: at };
      });
      expect(unpackRows(packRows(rows))).toEqual(rows);
    }),
  );
});

/** Any half of 200,000 rows, by a small fixed generator. */
function scattered(seed: number): RowRange[] {
  const rows: RowRange[] = [];
  let state = seed;
  let open: number | undefined;
  for (let row = 2; row <= 200_001; row += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const inside = state >>> 31 === 1;
    if (inside && open === undefined) open = row;
    if (!inside && open !== undefined) {
      rows.push({ from: open, to: row - 1 });
      open = undefined;
    }
  }
  return rows;
}

test('30 indicators over 200,000 scattered rows travel in at most 2 MB', () => {
  const facts: Fact[] = Array.from({ length: 30 }, (_, index) => {
    const rows = scattered(index + 1);
    return {
      id: `f${index.toString(16).padStart(16, '0')}`,
      concept: `indicator.${index}.actual`,
      label: '参保人数',
      value: { kind: 'number', value: Exact.of(100_000 + index), unit: PERSON },
      period: '2024',
      place: '某县',
      origin: {
        kind: 'counted',
        source: { kind: 'sheet', name: '项目.xlsx', version: 'a'.repeat(64), sheet: '参保进度' },
        query: `人数(参保进度, 乡镇="${index}")`,
        rows,
        rowCount: 100_000,
      },
    };
  });
  const report: Report = {
    title: '表',
    kind: 'table',
    page: { orientation: 'portrait', grid: false },
    pageNumber: 'none',
    blocks: facts.map((fact) => ({ kind: 'paragraph', role: 'body', inlines: [figure(fact, { style: 'number' })] })),
  };
  const sealed = sealReport(report, (id) => facts.find((fact) => fact.id === id));
  expect(Buffer.byteLength(sealed)).toBeLessThan(2_000_000);
  expect(renderDocx(report, sealed).length).toBeLessThan(2_000_000);
  expect(openManifest(sealed)?.facts.length).toBe(30);
});

test('no clerk, no identity or phone number and no unprinted words leave with a paper', () => {
  const input = makeFact({
    concept: 'person',
    label: '填报人',
    value: { kind: 'text', value: '王某某' },
    period: '',
    place: '',
    origin: { kind: 'entered', file: 'a', version: '0', sheet: 'b', cell: 'C1', by: '李某某', evidence: [] },
  });
  const rate = makeFact({
    concept: 'rate',
    label: '参保率',
    value: { kind: 'number', value: Exact.of('96.5'), unit: PERCENT },
    period: '',
    place: '',
    origin: {
      kind: 'computed',
      formula: '人数(名册, 证件号="110101199003070134") / 人数(名册, 电话="13800008000")',
      inputs: [input.id],
      rules: [],
    },
  });
  const known = new Map([input, rate].map((fact) => [fact.id, fact]));
  const projected = projectFacts([rate.id], (id) => known.get(id));
  expect(projected.map((fact) => fact.concept)).toEqual(['person', 'rate']);
  const words = JSON.stringify(projected);
  for (const secret of ['王某某', '李某某', '110101199003070134', '13800008000']) expect(words).not.toContain(secret);
});
