import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cellText, parseDocument, type Table } from '../document/index.ts';
import { packageRoot } from '../rules/index.ts';
import { jiping } from './testing/run-in-process.ts';

const office = spawnSync('soffice', ['--version']).status === 0;
if (!office) console.log('PDF of templates is not tested: apt-get install libreoffice-writer');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-template-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** Runs cut as Word cuts them: each piece is a run of its own. */
const p = (...pieces: string[]): string =>
  `<w:p>${pieces.map((words) => `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${words}</w:t></w:r><w:proofErr w:type="spellStart"/>`).join('')}</w:p>`;
const row = (...cells: string[]): string =>
  `<w:tr>${cells.map((words) => `<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${p(words)}</w:tc>`).join('')}</w:tr>`;
const table = (...rows: string[]): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join('')}</w:tbl>`;

async function template(body: string, header = '<w:p/>'): Promise<void> {
  const zip = new JSZip();
  zip.file(
    '[Content_Types].xml',
    `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="${TYPE}.header+xml"/></Types>`,
  );
  const relation = (id: string, type: string, target: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;
  zip.file('_rels/.rels', relation('rId1', 'officeDocument', 'word/document.xml'));
  zip.file('word/_rels/document.xml.rels', relation('rId7', 'header', 'header1.xml'));
  zip.file(
    'word/document.xml',
    `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${WORD}" xmlns:r="${OFFICE}"><w:body>${body}<w:sectPr><w:headerReference w:type="default" r:id="rId7"/></w:sectPr></w:body></w:document>`,
  );
  zip.file('word/header1.xml', `<?xml version="1.0" encoding="UTF-8"?><w:hdr xmlns:w="${WORD}">${header}</w:hdr>`);
  writeFileSync(join(folder, '模板.docx'), await zip.generateAsync({ type: 'uint8array' }));
}

const book = join(packageRoot(), 'examples', 'gongqingcheng-2024.xlsx');
const fill = (...more: string[]) =>
  jiping(['template', '模板.docx', '--book', book, '--out', 'out.docx', ...more], folder);
const GOOD =
  p('{{项目', '名称}}（根据财预〔2020〕10号）') +
  p('全年预算数{{全年预算', '数|带单位}}，执行率｛｛执行率｝｝，', '到位{{到位数|元}}。') +
  table(
    row('一级', '二级', '三级', '指标值', '完成值', '得分'),
    row(
      '{{#指标}}{{一级指标|合并}}',
      '{{二级指标|合并}}',
      '{{三级指标}}',
      '{{指标值}}',
      '{{实际完成值}}',
      '{{自评得分}}{{/指标}}',
    ),
    row('总分', '', '', '', '', '{{自评总分}}'),
  ) +
  p('{{#资金来源}}') +
  p('{{序号}}. {{资金来源}}：{{全年执行数}}') +
  p('{{/资金来源}}') +
  p('{{年度总体目标}}');

describe('a unit’s own Word template', () => {
  test('is filled, rows repeated and merged, and verify works on it figure by figure', async () => {
    await template(GOOD, p('{{项目名称}} 自评'));
    const { status, err } = await fill();
    expect(err).toBe('');
    expect(status).toBe(0);
    const bytes = readFileSync(join(folder, 'out.docx'));
    const { text, blocks } = await parseDocument(bytes, 'out.docx');
    expect(text).toContain('全年预算数2028.45万元，执行率100.00%，到位');
    expect(text).not.toContain('{{');
    const filled = blocks.find((block): block is Table => block.kind === 'table')!;
    const first = filled.cells.filter((cell) => cell.column === 0).map((cell) => [cellText(cell), cell.rowSpan]);
    expect(first[0]).toEqual(['一级', 1]);
    expect(new Set(first.map(([words]) => words)).size).toBe(first.length);
    expect(first.some(([, span]) => (span as number) > 1)).toBe(true);
    expect(filled.rowCount).toBe(first.reduce((sum, [, span]) => sum + (span as number), 0));

    const verified = await jiping(['verify', 'out.docx', '--format', 'json'], folder);
    const result = JSON.parse(verified.out);
    expect(result.problems).toEqual([]);
    expect(verified.status).toBe(0);
    expect(result.numbers.facts).toBeGreaterThan(15);

    // A changed digit is found.
    const zip = await JSZip.loadAsync(bytes);
    const xml = await zip.file('word/document.xml')!.async('string');
    zip.file('word/document.xml', xml.replace('100.00%', '98.00%'));
    writeFileSync(join(folder, 'out.docx'), await zip.generateAsync({ type: 'uint8array' }));
    expect((await jiping(['verify', 'out.docx'], folder)).status).toBe(1);
  });

  test('equal input gives equal bytes', async () => {
    await template(GOOD);
    await fill();
    const once = readFileSync(join(folder, 'out.docx'));
    await fill();
    expect(readFileSync(join(folder, 'out.docx')).equals(once)).toBe(true);
  });

  test('wrong tags are named with paragraph and remedy, and nothing is written', async () => {
    await template(
      p('甲') +
        p('{{年初预算}}') +
        p('{{三级指标}}') +
        p('{{执行率|三位}}') +
        p('{{项目名称') +
        table(row('{{#指标}}{{三级指标}}', '{{指标直}}')) +
        table(row('{{#指示}}{{三级指标}}{{/指示}}')),
    );
    const { status, out, err } = await fill('--format', 'json');
    expect(status).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    const messages = JSON.parse(out).problems.map((each: { message: string }) => each.message);
    expect(messages).toContain('第 2 段：没有 {{年初预算}} 这个标记；是不是要写 {{年初预算数}}。');
    expect(messages.some((each: string) => each.startsWith('第 3 段') && each.includes('{{#指标}}'))).toBe(true);
    expect(messages.some((each: string) => each.startsWith('第 4 段') && each.includes('三位'))).toBe(true);
    expect(messages.some((each: string) => each.startsWith('第 5 段') && each.includes('不成对'))).toBe(true);
    expect(messages.some((each: string) => each.includes('没有对应的 {{/指标}}'))).toBe(true);
    expect(messages.some((each: string) => each.includes('是不是要写 {{#指标}}'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['模板.docx']);
  });

  test('tags in a text box, in a cell of a table in a table and in the header, cut into runs, are filled', async () => {
    const box = `<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>${p('执行率', '{{执', '行率', '}}')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`;
    const inner = `<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>${table(`<w:tr><w:tc>${p('内表', '{{年初预', '算数}}')}</w:tc></w:tr>`)}<w:p/></w:tc></w:tr></w:tbl>`;
    await template(box + inner + p('正文'), p('{{主管', '部门}}'));
    const { status, out } = await fill();
    expect([status, out.includes('标记')]).toEqual([0, false]);
    const zip = await JSZip.loadAsync(readFileSync(join(folder, 'out.docx')));
    const part = async (name: string): Promise<string> =>
      ((await zip.file(name)?.async('string')) ?? '').replace(/<[^>]+>/g, '').trim();
    expect(await part('word/document.xml')).toContain('执行率100.00%');
    expect(await part('word/document.xml')).toContain('内表2109.07');
    expect(await part('word/header1.xml')).toBe('共青城市医疗保障局');
  });

  test('a loop in a loop, a loop closed by another name and a stray end are named, each with its paragraph', async () => {
    await template(
      table(row('{{#指标}}{{三级指标}}', '{{#佐证}}{{材料名称}}{{/佐证}}{{/指标}}')) +
        p('{{/问题}}') +
        p('{{#问题}}') +
        p('{{存在问题}}') +
        p('{{/佐证}}'),
    );
    const { status, out } = await fill('--format', 'json');
    expect(status).toBe(2);
    const messages: readonly string[] = JSON.parse(out).problems.map((each: { message: string }) => each.message);
    expect(messages).toContain('第 2 段：{{#佐证}} 写在 {{#指标}} 里面，循环里不能再有循环；请分成两行或两张表。');
    expect(messages.some((each) => each.startsWith('第 3 段') && each.includes('{{/问题}} 没有配对'))).toBe(true);
    expect(messages.some((each) => each.startsWith('第 4 段') && each.includes('没有对应的 {{/问题}}'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['模板.docx']);
  });

  test('without LibreOffice one sentence says how to get the PDF, and nothing is half written', async () => {
    await template(GOOD);
    const path = process.env.PATH;
    process.env.PATH = folder;
    try {
      const { status, err } = await fill('--pdf');
      expect([status, err.trim().split('\n').length]).toEqual([2, 1]);
      expect(err).toContain('没有 LibreOffice');
      expect(readdirSync(folder)).toEqual(['模板.docx']);
    } finally {
      process.env.PATH = path;
    }
  });

  test('the handbook names every tag', async () => {
    await template(p('{{不存在的标记}}'));
    const handbook = readFileSync(join(packageRoot(), 'docs', 'handbook', 'templates.md'), 'utf8');
    const source = readFileSync(join(packageRoot(), 'src', 'report', 'template', 'template-values.ts'), 'utf8');
    const tags = [...source.matchAll(/^\s+([\p{Script=Han}]+): (?:said|form|money|rate|points|score|\(\))/gmu)].map(
      (match) => match[1] ?? '',
    );
    expect(tags.length).toBeGreaterThan(40);
    expect(tags.filter((tag) => !handbook.includes(`{{${tag}}}`))).toEqual([]);
  });

  test.skipIf(!office)('a PDF of it by LibreOffice', async () => {
    await template(GOOD);
    expect((await fill('--pdf')).status).toBe(0);
    const read = await parseDocument(readFileSync(join(folder, 'out.pdf')), 'out.pdf');
    expect(read.text).toContain('执行率100.00%');
  });
});
