import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, expect, test } from 'vitest';
import { type Block, type Inline, parseDocument } from '../../document/index.ts';
import { type Fact, valueText } from '../../fact/index.ts';
import { renderDocx } from '../docx/render-docx.ts';
import { PdfRenderer } from '../pdf/pdf-renderer.ts';
import type { Report } from '../report.ts';
import { form, type SamplePaper, sampleReport, sampleTable } from '../testing/sample-papers.ts';
import { renderXlsx } from '../xlsx/render-xlsx.ts';
import type { PaperKind } from './carrier.ts';
import { openManifest, sealReport } from './manifest.ts';
import { makeSigningKey, trustedKeys } from './signing-key.ts';
import type { Verification } from './verification.ts';
import { type VerifyOptions, verifyPaper } from './verify-paper.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiping-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = makeSigningKey(join(folder, 'home'), '某某县医疗保障局');
const renderer = new PdfRenderer();

const paper = sampleReport();
const table = sampleTable(35, 80);

function finder(facts: readonly Fact[]): (id: string) => Fact | undefined {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  return (id) => known.get(id);
}

function seal({ report, facts }: SamplePaper, signed = true): string {
  return sealReport(report, finder(facts), signed ? key : undefined);
}

async function check(bytes: Uint8Array, kind: PaperKind, extra: Partial<VerifyOptions> = {}): Promise<Verification> {
  return verifyPaper(bytes, await parseDocument(bytes, `a.${kind}`), {
    trusted: trustedKeys(join(folder, 'home')),
    renderPdf: (report) => renderer.render(report).bytes,
    ...extra,
  });
}

function errors(result: Verification): readonly string[] {
  return result.problems.filter((one) => one.severity === 'error').map((one) => one.rule);
}

/** A copy of an office file with one part rewritten. */
async function tamper(bytes: Uint8Array, part: string, edit: (xml: string) => string): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(bytes);
  const before = await zip.file(part)!.async('string');
  const after = edit(before);
  expect(after, `the edit of ${part} must do something`).not.toBe(before);
  zip.file(part, after);
  return zip.generateAsync({ type: 'uint8array' });
}

/** A copy of a report with the words of its text runs rewritten. */
function reworded(report: Report, edit: (words: string) => string): Report {
  const line = (inlines: readonly Inline[]): Inline[] => inlines.map((run) => ({ ...run, text: edit(run.text) }));
  const blocks = report.blocks.map((block): Block => {
    if (block.kind === 'page-break') return block;
    if (block.kind !== 'table') return { ...block, inlines: line(block.inlines) };
    return { ...block, cells: block.cells.map((cell) => ({ ...cell, paragraphs: cell.paragraphs.map(line) })) };
  });
  return { ...report, blocks };
}

test('each untouched paper is consistent, signed and trusted', async () => {
  const papers: readonly (readonly [PaperKind, Uint8Array])[] = [
    ['docx', renderDocx(paper.report, seal(paper))],
    ['docx', renderDocx(table.report, seal(table))],
    ['xlsx', renderXlsx(table.report, seal(table))],
    ['pdf', renderer.render(table.report, seal(table)).bytes!],
    ['pdf', renderer.render(paper.report, seal(paper)).bytes!],
  ];
  for (const [kind, bytes] of papers) {
    const result = await check(bytes, kind);
    expect(result.problems, kind).toEqual([]);
    expect(result.consistency).toBe('consistent');
    expect(result.signature).toEqual({ kind: 'signed', by: key.fingerprint, valid: true });
    expect(result.trustedAs).toBe('某某县医疗保障局');
    expect(result.numbers.facts).toBeGreaterThan(20);
    expect(result.numbers.untraceable.map((one) => one.number)).toContain('2');
  }
});

test('an unsigned paper says so; a stranger’s signature is valid and not trusted', async () => {
  const unsigned = await check(renderDocx(paper.report, seal(paper, false)), 'docx');
  expect(unsigned.consistency).toBe('consistent');
  expect(unsigned.signature).toEqual({ kind: 'unsigned' });
  const stranger = await check(renderDocx(paper.report, seal(paper)), 'docx', { trusted: [] });
  expect(stranger.signature).toMatchObject({ kind: 'signed', valid: true });
  expect(stranger.trustedAs).toBeUndefined();
});

test('one digit changed in the text of a Word paper', async () => {
  const bytes = renderDocx(paper.report, seal(paper));
  const result = await check(
    await tamper(bytes, 'word/document.xml', (xml) => xml.replace('2,109.07', '2,709.07')),
    'docx',
  );
  expect(errors(result)).toEqual(['figure-changed']);
  expect(result.problems[0]?.message.zh).toContain('2,709.07');
});

test('2023 → 3023 in the title', async () => {
  const docx = renderDocx(paper.report, seal(paper));
  const forged = await tamper(docx, 'word/document.xml', (xml) => xml.replace('2023年度', '3023年度'));
  expect(errors(await check(forged, 'docx'))).toEqual(['figure-changed']);
  const pdf = renderer.render(
    reworded(paper.report, (words) => words.replace('2023年度', '3023年度')),
    seal(paper),
  ).bytes!;
  expect(errors(await check(pdf, 'pdf'))).toContain('figure-changed');
});

test('a digit changed, added or written by hand in head, foot, text box, footnote and tracked change', async () => {
  const headed = { ...paper, report: { ...paper.report, header: [form('内部资料 2024')] } };
  const bytes = renderDocx(headed.report, seal(headed));
  expect((await check(bytes, 'docx')).problems).toEqual([]);
  expect(
    errors(await check(await tamper(bytes, 'word/header1.xml', (xml) => xml.replace('2024', '2025')), 'docx')),
  ).toEqual(['figure-changed']);
  expect(
    errors(await check(await tamper(bytes, 'word/footer1.xml', (xml) => xml.replace('>— <', '>得分98 — <')), 'docx')),
  ).toEqual(['text-added']);
  const typed = (xml: string): string =>
    xml.replace(/<w:r>(?:(?!<w:r>).)*?fldCharType="begin".*fldCharType="end"\/><\/w:r>/s, '<w:r><w:t>9</w:t></w:r>');
  expect(errors(await check(await tamper(bytes, 'word/footer1.xml', typed), 'docx'))).toEqual(['figure-changed']);
  const alone = (xml: string): string => xml.replace('</w:ftr>', '<w:p><w:r><w:t>98</w:t></w:r></w:p></w:ftr>');
  expect(errors(await check(await tamper(bytes, 'word/footer1.xml', alone), 'docx'))).toEqual(['text-added']);
  const box =
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>执行率 99%</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>';
  expect(
    errors(await check(await tamper(bytes, 'word/document.xml', (xml) => xml.replace('</w:p>', box)), 'docx')),
  ).toEqual(['text-added']);
  const tracked = '<w:ins w:id="900" w:author="a"><w:r><w:t>9</w:t></w:r></w:ins></w:p>';
  expect(
    errors(await check(await tamper(bytes, 'word/document.xml', (xml) => xml.replace('</w:p>', tracked)), 'docx')),
  ).toEqual(['figure-changed']);
  const deleted = (xml: string): string =>
    xml.replace(
      /<w:r>((?:(?!<w:r>).)*)<w:t xml:space="preserve">96\.18%<\/w:t><\/w:r>/,
      '<w:del w:id="901" w:author="a"><w:r><w:delText>96.18%</w:delText></w:r></w:del>',
    );
  expect(errors(await check(await tamper(bytes, 'word/document.xml', deleted), 'docx'))).toEqual(['figure-changed']);
});

test('a control removed, and a control put round something else', async () => {
  const bytes = renderDocx(paper.report, seal(paper));
  const removed = await tamper(bytes, 'word/document.xml', (xml) =>
    xml.replace(/<w:sdt>.*?<w:sdtContent>(.*?)<\/w:sdtContent><\/w:sdt>/, '$1'),
  );
  expect(errors(await check(removed, 'docx'))).toEqual(['control-removed']);
  const swapped = await tamper(bytes, 'word/document.xml', (xml) =>
    xml.replace(/(<w:tag w:val=")f[0-9a-f]{16}/, '$1f0000000000000000'),
  );
  expect(errors(await check(swapped, 'docx'))).toEqual(['control-removed', 'control-added']);
});

test('a grade in words is a figure too; issued words replaced are a change, words added are a warning', async () => {
  const bytes = renderDocx(table.report, seal(table));
  const graded = await tamper(bytes, 'word/document.xml', (xml) => xml.replace('基本完成', '全部完成'));
  expect(errors(await check(graded, 'docx'))).toEqual(['figure-changed']);
  const report = renderDocx(paper.report, seal(paper));
  const unit = await tamper(report, 'word/document.xml', (xml) => xml.replace('单位：万元', '单位：元'));
  expect(errors(await check(unit, 'docx'))).toEqual(['figure-changed']);
  const worded = await check(await tamper(bytes, 'word/document.xml', (xml) => xml.replace('总分', '合计')), 'docx');
  expect(worded.consistency).toBe('changed');
  expect(worded.problems.map((one) => [one.rule, one.severity])).toEqual([['wording-changed', 'error']]);
  const signed = await check(
    await tamper(bytes, 'word/document.xml', (xml) => xml.replace('总分', '总分（甲签）')),
    'docx',
  );
  expect(signed.consistency).toBe('consistent');
  expect(signed.problems.map((one) => [one.rule, one.severity])).toEqual([['wording-changed', 'warning']]);
});

test('the tab of a sheet is visible: a number in its name is a change, another name a remark', async () => {
  const bytes = renderXlsx(table.report, seal(table));
  const renamed = (tab: string): Promise<Uint8Array> =>
    tamper(bytes, 'xl/workbook.xml', (xml) => xml.replaceAll(/(<sheet name=")[^"]+(" sheetId="1")/g, `$1${tab}$2`));
  expect(errors(await check(await renamed('3023年'), 'xlsx'))).toEqual(['figure-changed']);
  const worded = await check(await renamed('自评'), 'xlsx');
  expect(worded.problems.map((one) => [one.rule, one.severity])).toEqual([['wording-changed', 'warning']]);
});

test('one value, one number format, one heading and one page head of a workbook', async () => {
  const headed = { ...table, report: { ...table.report, header: [form('内部资料 2024')] } };
  const bytes = renderXlsx(headed.report, seal(headed));
  expect((await check(bytes, 'xlsx')).problems).toEqual([]);
  const sheet = 'xl/worksheets/sheet1.xml';
  const value = await check(
    await tamper(bytes, sheet, (xml) => xml.replace('<v>2109.07</v>', '<v>2109.17</v>')),
    'xlsx',
  );
  expect(errors(value)).toEqual(['figure-changed']);
  expect(value.problems[0]?.where.cell).toMatch(/^[A-Z]+\d+$/);
  const shown = await check(
    await tamper(bytes, 'xl/styles.xml', (xml) => xml.replace('formatCode="0.00"', 'formatCode="0.0"')),
    'xlsx',
  );
  expect(errors(shown).length).toBeGreaterThan(0);
  expect(new Set(errors(shown))).toEqual(new Set(['figure-changed']));
  const title = await tamper(bytes, sheet, (xml) => xml.replace('（2024年度）', '（3024年度）'));
  expect(errors(await check(title, 'xlsx'))).toEqual(['figure-changed']);
  const head = await tamper(bytes, sheet, (xml) => xml.replaceAll('内部资料 2024', '内部资料 2025'));
  expect(errors(await check(head, 'xlsx'))).toEqual(['figure-changed']);
});

test('a cell made a formula, a hidden row, a picture put over the text', async () => {
  const bytes = renderXlsx(table.report, seal(table));
  const sheet = 'xl/worksheets/sheet1.xml';
  const formula = await tamper(bytes, sheet, (xml) => xml.replace('<v>2109.07</v>', '<f>2109+0.07</f><v>2109.07</v>'));
  expect(errors(await check(formula, 'xlsx'))).toEqual(['formula-added']);
  const hidden = await tamper(bytes, sheet, (xml) => xml.replace('<row r="6"', '<row r="6" hidden="1"'));
  expect(errors(await check(hidden, 'xlsx'))).toContain('cells-hidden');
  const zip = await JSZip.loadAsync(renderDocx(paper.report, seal(paper)));
  zip.file('word/media/image1.png', 'x');
  const pictured = await check(await zip.generateAsync({ type: 'uint8array' }), 'docx');
  expect(pictured.problems.map((one) => [one.rule, one.severity])).toEqual([['objects-added', 'warning']]);
});

test('a PDF whose page says something else than its facts', async () => {
  const forged = reworded(table.report, (words) => (words === '2109.07' ? '2109.01' : words));
  expect(errors(await check(renderer.render(forged, seal(table)).bytes!, 'pdf'))).toContain('figure-changed');
});

test('a stripped manifest is “cannot verify”, not “changed”; the evaluation still finds a forged figure', async () => {
  const bytes = renderDocx(paper.report);
  const blind = await check(bytes, 'docx');
  expect(blind.consistency).toBe('cannot-verify');
  expect(blind.problems.map((one) => one.rule)).toEqual(['manifest-missing']);
  const evaluation = evaluationOf(paper);
  expect((await check(bytes, 'docx', { evaluation })).consistency).toBe('consistent');
  const forged = await tamper(bytes, 'word/document.xml', (xml) => xml.replace('2,109.07', '2,709.07'));
  expect(errors(await check(forged, 'docx', { evaluation }))).toContain('figure-changed');
  const sheet = renderXlsx(table.report);
  const against = { evaluation: evaluationOf(table) };
  expect((await check(sheet, 'xlsx', against)).consistency).toBe('consistent');
  const value = await tamper(sheet, 'xl/worksheets/sheet1.xml', (xml) =>
    xml.replace('<v>2109.07</v>', '<v>2109.17</v>'),
  );
  expect(errors(await check(value, 'xlsx', against))).toContain('not-in-evaluation');
  const pdf = renderer.render(reworded(table.report, (words) => (words === '2109.07' ? '2109.01' : words))).bytes!;
  expect((await check(pdf, 'pdf')).consistency).toBe('cannot-verify');
  expect((await check(pdf, 'pdf', against)).numbers.untraceable.map((one) => one.number)).toContain('2109.01');
});

test('facts altered after signing, and facts of another evaluation', async () => {
  const sealed = seal(paper);
  const altered = sealed.replace('"value":"2109.07"', '"value":"2109.08"');
  expect(errors(await check(renderDocx(paper.report, altered), 'docx'))).toEqual([
    'figure-not-its-fact',
    'signature-invalid',
  ]);
  const { name, facts } = evaluationOf(paper);
  const other = facts.map((fact) => (fact.value === '2109.07' ? { ...fact, value: '2109.08' } : fact));
  expect(errors(await check(renderDocx(paper.report, sealed), 'docx', { evaluation: { name, facts: other } }))).toEqual(
    ['facts-differ'],
  );
  expect(openManifest('{"version":1}\n{}')).toBeUndefined();
  expect(openManifest(seal(table).replace(/"rowSpan":1,/, '"rowSpan":99999,'))).toBeUndefined();
  expect((await check(renderDocx(paper.report, 'x'), 'docx')).problems[0]?.rule).toBe('manifest-damaged');
});

test('the signing key is nobody else’s to read, and is never replaced', () => {
  const home = join(folder, 'home');
  expect(statSync(home).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, 'signing-key.pem')).mode & 0o777).toBe(0o600);
  const before = readFileSync(join(home, 'signing-key.pem'), 'utf8');
  expect(() => makeSigningKey(home, 'x')).toThrow();
  expect(readFileSync(join(home, 'signing-key.pem'), 'utf8')).toBe(before);
});

function evaluationOf({ facts }: SamplePaper): NonNullable<VerifyOptions['evaluation']> {
  return {
    name: 'evaluation.json',
    facts: facts.map((fact) => ({
      id: fact.id,
      label: fact.label,
      value: valueText(fact.value),
      unit: fact.value.kind === 'number' || fact.value.kind === 'interval' ? fact.value.unit.symbol : '',
    })),
  };
}

test('all marks of figures taken off is a warning, unless LibreOffice saved the file', async () => {
  const bytes = renderDocx(paper.report, seal(paper));
  const bare = (xml: string): string =>
    xml.replace(/<w:sdtPr>.*?<\/w:sdtPr>/gs, '').replace(/<\/?w:sdt>|<\/?w:sdtContent>/g, '');
  const stripped = await tamper(bytes, 'word/document.xml', bare);
  const lost = async (file: Uint8Array): Promise<readonly unknown[]> =>
    (await check(file, 'docx')).problems.map((one) => [one.rule, one.severity]);
  expect(await lost(stripped)).toEqual([['controls-lost', 'warning']]);
  const zip = await JSZip.loadAsync(stripped);
  zip.file(
    'docProps/app.xml',
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>LibreOffice/7.4</Application></Properties>',
  );
  expect(await lost(await zip.generateAsync({ type: 'uint8array' }))).toEqual([['controls-lost', 'notice']]);
});
