import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../rules/index.ts';
import { openProjectBook, readProjectBookBytes } from './index.ts';
import { contentOf } from './testing/content-of.ts';

const hasLibreOffice = spawnSync('soffice', ['--version']).status === 0;
if (!hasLibreOffice) console.log('跳过 LibreOffice 往返测试：没有 soffice（apt-get install libreoffice-calc）');

describe.skipIf(!hasLibreOffice)('a book saved by LibreOffice', () => {
  let folder = '';
  const examples = ['fengshun-2023', 'gongqingcheng-2024'];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jiping-workbook-'));
    const convert = (format: string, files: readonly string[], into: string): void => {
      execFileSync(
        'soffice',
        [
          `-env:UserInstallation=file://${folder}/profile`,
          '--headless',
          '--convert-to',
          format,
          '--outdir',
          into,
          ...files,
        ],
        { stdio: 'ignore' },
      );
    };
    const originals = examples.map((name) => join(packageRoot(), 'examples', `${name}.xlsx`));
    convert('xlsx', originals, join(folder, 'xlsx'));
    convert('ods', originals, join(folder, 'ods'));
    convert('xls', originals, join(folder, 'xls'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(examples.flatMap((name) => ['xlsx', 'ods', 'xls'].map((format) => [name, format] as const)))(
    '%s as %s says what the original says',
    async (name, format) => {
      const original = await openProjectBook(join(packageRoot(), 'examples', `${name}.xlsx`));
      const saved = await openProjectBook(join(folder, format, `${name}.${format}`));
      expect(contentOf(saved.book)).toEqual(contentOf(original.book));
      expect(saved.problems).toEqual(original.problems);
    },
  );
});

test('a book as WPS writes it: no cell addresses, shared strings in runs, its own namespaces', async () => {
  const strings = ['项目', '填写内容', '类型', '资金来源', '金额（万元）', '日期', '年初预算', '财政拨款'];
  const rows = (...each: readonly string[][]): string => each.map((cells) => `<row>${cells.join('')}</row>`).join('');
  const s = (index: number): string => `<c t="s"><v>${index}</v></c>`;
  const sheet = (body: string): string =>
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><sheetPr/><sheetData>${body}</sheetData></worksheet>`;
  const zip = new JSZip();
  zip.file(
    '[Content_Types].xml',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
  );
  zip.file(
    '_rels/.rels',
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  );
  zip.file(
    'xl/workbook.xml',
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="资金" sheetId="1" r:id="rId1"/><sheet name="WpsReserved_CellImgList" sheetId="2" state="veryHidden" r:id="rId2"/></sheets></workbook>',
  );
  zip.file(
    'xl/_rels/workbook.xml.rels',
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
  );
  zip.file(
    'xl/styles.xml',
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="176" applyNumberFormat="1"/></cellXfs></styleSheet>',
  );
  zip.file(
    'xl/sharedStrings.xml',
    `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings
      .map((words) => `<si><r><rPr><b/></rPr><t>${words.slice(0, 1)}</t></r><r><t>${words.slice(1)}</t></r></si>`)
      .join('')}</sst>`,
  );
  zip.file(
    'xl/worksheets/sheet1.xml',
    sheet(
      rows([s(2), s(3), s(4), s(5)], [s(6), s(7), '<c><v>2109.0700000000002</v></c>', '<c s="1"><v>45118</v></c>']),
    ),
  );
  zip.file('xl/worksheets/sheet2.xml', sheet(''));
  const { book, problems } = await readProjectBookBytes('wps.xlsx', await zip.generateAsync({ type: 'uint8array' }));
  expect(book.tables.money.records).toHaveLength(1);
  expect(book.tables.money.records[0]).toMatchObject({ row: 2, kind: '年初预算', date: '2023-07-11' });
  expect(book.tables.money.records[0]?.amount?.toString()).toBe('2109.07');
  expect(problems.map(({ rule }) => rule)).toEqual(['sheet-missing', 'sheet-missing', 'sheets-absent']);
});
