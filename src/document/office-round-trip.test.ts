import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellText, type Table } from './blocks.ts';
import { parseDocument } from './parse-document.ts';
import { expectPlaced } from './testing/expect-placed.ts';

const office = spawnSync('soffice', ['--version']).status === 0;
if (!office) console.log('LibreOffice tests are skipped: apt-get install libreoffice-writer libreoffice-calc');

const PAGE = `<html><head><meta charset="utf-8"></head><body><h1>项目支出绩效自评表</h1><p>本项目全年预算数2192.96万元，执行率96.18%。</p>
<table border=1><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>目标值</td><td>分值</td></tr>
<tr><td rowspan=3>产出指标</td><td rowspan=2>数量指标</td><td>参保人数</td><td>≥18万人</td><td>20</td></tr>
<tr><td>宣传活动次数</td><td>≥4次</td><td>10</td></tr><tr><td>质量指标</td><td>参保率</td><td>≥95%</td><td>20</td></tr>
<tr><td colspan=4>合计</td><td>50</td></tr></table><p>填表人：张三</p></body></html>`;

const GRID = [
  '0,0 1x1 一级指标',
  '0,1 1x1 二级指标',
  '0,2 1x1 三级指标',
  '0,3 1x1 目标值',
  '0,4 1x1 分值',
  '1,0 3x1 产出指标',
  '1,1 2x1 数量指标',
  '1,2 1x1 参保人数',
  '1,3 1x1 ≥18万人',
  '1,4 1x1 20',
  '2,2 1x1 宣传活动次数',
  '2,3 1x1 ≥4次',
  '2,4 1x1 10',
  '3,1 1x1 质量指标',
  '3,2 1x1 参保率',
  '3,3 1x1 ≥95%',
  '3,4 1x1 20',
  '4,0 1x4 合计',
  '4,4 1x1 50',
];

describe.skipIf(!office)('files LibreOffice makes of one page', () => {
  let folder: string;
  const convert = (from: string, to: string, filter: string, input?: string): Uint8Array => {
    const args = ['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', filter];
    execFileSync(
      'soffice',
      [...args, ...(input === undefined ? [] : [`--infilter=${input}`]), '--outdir', folder, join(folder, from)],
      { stdio: 'ignore' },
    );
    return readFileSync(join(folder, to));
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jiping-office-'));
    writeFileSync(join(folder, 'a.html'), PAGE);
    convert('a.html', 'a.docx', 'docx:MS Word 2007 XML', 'HTML (StarWriter)');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const grid = (tables: readonly Table[]): string[] =>
    tables.flatMap((table) =>
      table.cells.map((cell) => `${cell.row},${cell.column} ${cell.rowSpan}x${cell.columnSpan} ${cellText(cell)}`),
    );

  it.each([
    ['docx', ''],
    ['doc', 'doc'],
  ])('gives the same table from %s', async (kind, filter) => {
    const bytes = filter === '' ? readFileSync(join(folder, 'a.docx')) : convert('a.docx', `a.${kind}`, filter);
    const document = await parseDocument(bytes, `a.${kind}`);
    expect(grid(document.blocks.filter((block) => block.kind === 'table'))).toEqual(GRID);
    expect(document.text).toContain('本项目全年预算数2192.96万元，执行率96.18%。');
    expectPlaced(document);
  });

  it('gives the same table from a PDF, by its drawn lines', async () => {
    const document = await parseDocument(convert('a.docx', 'a.pdf', 'pdf'), 'a.pdf');
    expect(grid(document.blocks.filter((block) => block.kind === 'table')).slice(0, GRID.length)).toEqual(GRID);
    expect(document.text).toContain('本项目全年预算数2192.96万元，执行率96.18%。');
    expectPlaced(document);
  });
});
