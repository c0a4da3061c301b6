import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateForm, printForm, Random } from '../../audit/index.ts';
import { parseDocument } from '../../document/index.ts';
import { packageRoot } from '../../rules/index.ts';
import { jiping, type Ran } from '../testing/run-in-process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-audit-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: string[]): Promise<Ran> => jiping(words, folder, '2026-11-22');

interface Json {
  readonly documents: readonly {
    readonly file: string;
    readonly tables: readonly {
      readonly complete: boolean;
      readonly indicators: readonly { readonly path: readonly string[]; readonly target: string | null }[];
    }[];
    readonly findings: readonly {
      readonly id: string;
      readonly rule: string;
      readonly quotes: readonly { readonly text: string; readonly start: number; readonly end: number }[];
    }[];
  }[];
}

const correct = printForm(generateForm(8), 'pipe', 'standard', new Random(8));
const broken = printForm(generateForm(9, 'total-mismatch'), 'flattened', 'standard', new Random(9));

test('a finance bureau checks a folder of tables: status, JSON, and papers to send', async () => {
  mkdirSync(join(folder, '自评'));
  writeFileSync(join(folder, '自评', '甲.txt'), correct);
  writeFileSync(join(folder, '自评', '乙.txt'), iconv.encode(broken, 'gb18030'));
  const { status, out } = await run('audit', '自评', '--format', 'json', '--out', '复核');
  expect(status).toBe(1);
  const { documents } = JSON.parse(out) as Json;
  expect(documents.map((document) => document.file)).toEqual(['自评/乙.txt', '自评/甲.txt']);
  expect(documents[0]?.findings.map((finding) => finding.rule)).toContain('total-mismatch');
  expect(documents[1]?.tables[0]?.complete).toBe(true);
  expect(readdirSync(join(folder, '复核')).sort()).toEqual(
    [
      '乙.复核.html',
      '乙.复核意见书.docx',
      '复核台账.xlsx',
      '复核统计.docx',
      '甲.复核.html',
      '甲.复核意见书.docx',
    ].sort(),
  );
  const register = await parseDocument(readFileSync(join(folder, '复核', '复核台账.xlsx')), '复核台账.xlsx');
  expect(register.text).toContain('是否采纳');
  expect(register.text).toContain('各项得分相加为');
});

test('offsets count the characters that --text prints', async () => {
  writeFileSync(join(folder, 'a.txt'), `𠮷\r\n${broken}`);
  const { out: text } = await run('audit', 'a.txt', '--text');
  const { out } = await run('audit', 'a.txt', '--format', 'json');
  const characters = [...text];
  const [document] = (JSON.parse(out) as Json).documents;
  expect(document?.findings.length).toBeGreaterThan(0);
  for (const finding of document?.findings ?? [])
    for (const quote of finding.quotes) expect(characters.slice(quote.start, quote.end).join('')).toBe(quote.text);
});

test('a dismissed finding stays dismissed', async () => {
  writeFileSync(join(folder, 'a.txt'), broken);
  const first = await run('audit', 'a.txt', '--format', 'json');
  writeFileSync(join(folder, 'earlier.json'), first.out);
  const second = await run('audit', 'a.txt', '--format', 'json', '--baseline', 'earlier.json');
  expect(second.status).toBe(0);
  expect((JSON.parse(second.out) as Json).documents[0]?.findings).toEqual([]);
});

test('says in one sentence what it could not do', async () => {
  expect((await run('audit')).status).toBe(2);
  const { status, err } = await run('audit', '没有.txt');
  expect(status).toBe(2);
  expect(err).toContain('没有.txt');
});

test('a unit audits the folder of its own evaluation: the papers hold, pages and data are left out', async () => {
  const examples = join(packageRoot(), 'examples');
  for (const name of readdirSync(examples).filter((each) => each.endsWith('.xlsx'))) {
    const evaluated = await run('evaluate', join(examples, name), '--out', name);
    expect(evaluated.status).not.toBe(2);
    const { out } = await run('audit', name);
    expect(out).not.toContain('[错误]');
    expect(out).toMatch(/已跳过 .*evaluation\.json：.*不是报送材料/);
    expect(out).toMatch(/已跳过 .*数据来源\.html/);
    expect(out).toMatch(/自评表\.docx\n {2}读出自评表/);
  }
}, 240_000);
