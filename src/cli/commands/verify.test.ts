import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Fact, makeFact } from '../../fact/index.ts';
import { Exact, WAN_YUAN } from '../../quantity/index.ts';
import { figure, loadSigningKey, type Report, renderDocx, sealReport } from '../../report/index.ts';
import { jiping, type Ran } from '../testing/run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiping-verify-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const home = join(folder, '.jiping-home');

async function verify(...words: string[]): Promise<Ran> {
  return jiping(['verify', ...words], folder);
}

function paper(wan: string): { readonly report: Report; readonly fact: Fact } {
  const fact = makeFact({
    concept: 'budget.adjusted',
    label: '全年预算数',
    value: { kind: 'number', value: Exact.of(wan), unit: WAN_YUAN },
    period: '2024',
    place: '某县',
    origin: { kind: 'entered', file: 'a.xlsx', version: '0', sheet: '资金', cell: 'C5', evidence: [] },
  });
  const run = figure(fact, { style: 'number', places: 2, showUnit: true });
  const words = { kind: 'text', text: '全年预算', source: 'form' } as const;
  return {
    fact,
    report: {
      title: '报告',
      kind: 'report',
      page: { orientation: 'portrait', grid: true },
      pageNumber: 'dashes',
      blocks: [{ kind: 'paragraph', role: 'body', inlines: [words, run] }],
    },
  };
}

test('a reviewer verifies a paper, a forged copy and a stripped copy', async () => {
  const made = await verify('--new-key', '--as', '某某县医疗保障局', '--format', 'json');
  expect(made.status).toBe(0);
  const key = loadSigningKey(home);
  expect(JSON.parse(made.out).own).toBe(key?.fingerprint);

  const { report, fact } = paper('2028.45');
  const manifest = sealReport(report, () => fact, key);
  writeFileSync(join(folder, 'good.docx'), renderDocx(report, manifest));
  writeFileSync(join(folder, 'forged.docx'), renderDocx(paper('2038.45').report, manifest));
  writeFileSync(join(folder, 'stripped.docx'), renderDocx(report));
  writeFileSync(
    join(folder, 'evaluation.json'),
    JSON.stringify({ facts: [{ id: fact.id, label: fact.label, value: '2028.45', unit: '万元' }] }),
  );

  const good = await verify('good.docx', '--format', 'json');
  expect(good.status).toBe(0);
  expect(JSON.parse(good.out)).toMatchObject({
    state: 'consistent',
    consistent: true,
    signature: { signed: true, valid: true, by: key?.fingerprint },
    trusted: true,
    trustedAs: '某某县医疗保障局',
    numbers: { facts: 1, untraceable: [] },
    problems: [],
  });
  expect((await verify('good.docx')).out).toContain('一致：是');

  const forged = await verify('forged.docx', '--format', 'json');
  expect(forged.status).toBe(1);
  expect(JSON.parse(forged.out).problems[0].rule).toBe('figure-changed');

  const stripped = await verify('stripped.docx');
  expect(stripped.status).toBe(2);
  expect(stripped.err).toContain('无法核验');
  expect((await verify('stripped.docx', '--with', 'evaluation.json')).status).toBe(0);
});

test('what cannot be verified is refused in one sentence', async () => {
  writeFileSync(join(folder, 'a.txt'), '一份文本');
  for (const words of [[], ['none.docx'], ['a.txt'], ['--trust', 'xyz', '--as', 'a']]) {
    const { status, err } = await verify(...words);
    expect(status, words.join(' ')).toBe(2);
    expect(err.trim().split('\n').length).toBe(1);
    expect(err).not.toContain('内部错误');
  }
});
