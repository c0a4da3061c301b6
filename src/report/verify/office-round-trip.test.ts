import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseDocument } from '../../document/index.ts';
import { renderDocx } from '../docx/render-docx.ts';
import { form, type SamplePaper, sampleReport, sampleTable } from '../testing/sample-papers.ts';
import { renderXlsx } from '../xlsx/render-xlsx.ts';
import { sealReport } from './manifest.ts';
import type { Verification } from './verification.ts';
import { verifyPaper } from './verify-paper.ts';

// Needs LibreOffice: apt-get install libreoffice-writer libreoffice-calc
const soffice = spawnSync('soffice', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'jiping-office-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a file in LibreOffice and saves it in its own format. */
function resave(bytes: Uint8Array, name: string): Uint8Array {
  const out = join(folder, 'out');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(folder, name), bytes);
  const kind = name.split('.').at(-1) ?? '';
  const run = spawnSync('soffice', [
    `-env:UserInstallation=file://${join(folder, 'profile')}`,
    '--headless',
    '--convert-to',
    kind,
    '--outdir',
    out,
    join(folder, name),
  ]);
  expect(run.status, String(run.stderr)).toBe(0);
  return readFileSync(join(out, name));
}

async function check(bytes: Uint8Array, name: string): Promise<Verification> {
  return verifyPaper(bytes, await parseDocument(bytes, name), { trusted: [], renderPdf: () => undefined });
}

function seal({ report, facts }: SamplePaper): string {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  return sealReport(report, (id) => known.get(id));
}

test.skipIf(!soffice)(
  'a paper saved again by LibreOffice still verifies, and a change made there is found',
  async () => {
    const sample = sampleReport();
    const paper = { ...sample, report: { ...sample.report, header: [form('内部资料 2024')] } };
    const saved = resave(renderDocx(paper.report, seal(paper)), 'report.docx');
    const result = await check(saved, 'report.docx');
    expect(result.problems.filter((one) => one.severity !== 'notice')).toEqual([]);
    expect(result.consistency).toBe('consistent');
    const forged = resave(renderDocx(sampleReport('2109.77').report, seal(sample)), 'forged.docx');
    expect((await check(forged, 'forged.docx')).problems.map((one) => one.rule)).toContain('figure-changed');
  },
);

test.skipIf(!soffice)(
  'a workbook saved again by LibreOffice still verifies, and a change made there is found',
  async () => {
    const paper = sampleTable(35, 80);
    const result = await check(resave(renderXlsx(paper.report, seal(paper)), 'table.xlsx'), 'table.xlsx');
    expect(result.problems).toEqual([]);
    expect(result.consistency).toBe('consistent');
    const forged = resave(renderXlsx(sampleTable(36, 80).report, seal(paper)), 'forged.xlsx');
    expect((await check(forged, 'forged.xlsx')).consistency).toBe('changed');
  },
);
