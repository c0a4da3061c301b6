import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { JipingError } from '../../problem/index.ts';
import { makeXlsx } from '../testing/make-xlsx.ts';
import { cellNumber } from './cell-number.ts';
import { cellDate, displayText } from './display-text.ts';
import { collectSheet, openSpreadsheet } from './open-spreadsheet.ts';
import type { SheetContent } from './spreadsheet.ts';

async function read(bytes: Uint8Array, index = 0): Promise<SheetContent> {
  const book = await openSpreadsheet(bytes);
  try {
    return await collectSheet(book.sheets[index]!, book.file);
  } finally {
    book.close();
  }
}

describe('a clerk hands in a workbook made by any program', () => {
  it('reads what Excel stores: numbers, texts, formulas, dates, errors, merges, hidden things', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('资金');
    sheet.getCell('A1').value = '预算资金';
    sheet.mergeCells('A1:C1');
    sheet.getCell('A2').value = 2109.07;
    sheet.getCell('B2').value = 0.1 + 0.2;
    sheet.getCell('C2').value = { formula: 'A2/2192.96', result: 0.9617457683 };
    sheet.getCell('C2').numFmt = '0.00%';
    sheet.getCell('A4').value = new Date(Date.UTC(2024, 6, 11));
    sheet.getCell('A4').numFmt = 'yyyy"年"m"月"d"日"';
    sheet.getCell('B4').value = { formula: '1/0', result: { error: '#DIV/0!' } };
    sheet.getCell('C4').value = true;
    sheet.getRow(4).hidden = true;
    sheet.getColumn(5).hidden = true;
    sheet.getColumn(5).width = 10;
    book.addWorksheet('参数', { state: 'hidden' }).getCell('A1').value = { richText: [{ text: '甲' }, { text: '乙' }] };
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());

    const money = await read(bytes);
    const [title, figures, last] = money.rows;
    expect(title!.cells[0]).toMatchObject({ address: 'A1', raw: '预算资金', type: 's' });
    expect(money.merges).toEqual([{ firstRow: 1, firstColumn: 1, lastRow: 1, lastColumn: 3 }]);
    expect(figures!.cells.map((cell) => cellNumber(cell)?.toString())).toEqual(['2109.07', '0.3', '0.9617457683']);
    expect(figures!.cells[1]!.raw).toBe('0.30000000000000004');
    expect(figures!.cells[2]).toMatchObject({ formula: 'A2/2192.96', format: '0.00%' });
    expect(displayText(figures!.cells[2]!)).toBe('96.17%');
    expect(last).toMatchObject({ row: 4, hidden: true });
    expect(cellDate(last!.cells[0]!)).toBe('2024-07-11');
    expect(displayText(last!.cells[0]!)).toBe('2024年7月11日');
    expect(last!.cells[1]).toMatchObject({ type: 'e', raw: '#DIV/0!', formula: '1/0' });
    expect(displayText(last!.cells[2]!)).toBe('TRUE');
    expect(money.hiddenColumns).toEqual([{ first: 5, last: 5 }]);
    const hidden = await read(bytes, 1);
    expect(hidden).toMatchObject({ name: '参数', hidden: true });
    expect(hidden.rows[0]!.cells[0]!.raw).toBe('甲乙');
  });

  it('reads prefixed, strict files without r attributes, phonetic guides and in-place strings', async () => {
    const bytes = await makeXlsx({
      prefix: 'x:',
      strict: true,
      workbookProperties: '<x:workbookPr date1904="1"/>',
      sharedStrings: '<x:si><x:t>重庆</x:t><x:rPh sb="0" eb="2"><x:t>チョンチン</x:t></x:rPh></x:si>',
      styles:
        '<x:numFmts><x:numFmt numFmtId="176" formatCode="yyyy/mm/dd"/></x:numFmts><x:cellStyleXfs><x:xf numFmtId="2"/></x:cellStyleXfs><x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="176"/></x:cellXfs>',
      sheets: {
        一: `<x:sheetData><x:row/><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c/><x:c s="1"><x:v>43830</x:v></x:c><x:c t="inlineStr"><x:is><x:r><x:t>第_x000A_</x:t></x:r><x:r><x:t>二</x:t></x:r></x:is></x:c></x:row>
          <x:row r="9"><x:c r="C9" t="str"><x:f t="shared" ref="C9:C10" si="0">A9&amp;B9</x:f><x:v>x</x:v></x:c></x:row><x:row><x:c r="C10" t="str"><x:f t="shared" si="0"/><x:v>y</x:v></x:c></x:row></x:sheetData>
          <x:headerFooter><x:oddHeader>&amp;C&amp;"宋体,常规"&amp;10绩效自评表&amp;R第&amp;P页</x:oddHeader></x:headerFooter>`,
      },
    });
    const sheet = await read(bytes);
    expect(sheet.rows.map((row) => row.row)).toEqual([2, 9, 10]);
    const [first, date, inline] = sheet.rows[0]!.cells;
    expect(first).toMatchObject({ address: 'A2', raw: '重庆' });
    expect(date!.address).toBe('C2');
    expect(cellDate(date!)).toBe('2024-01-01');
    expect(displayText(date!)).toBe('2024/01/01');
    expect(inline).toMatchObject({ address: 'D2', raw: '第\n二', type: 'inlineStr' });
    expect(sheet.rows.slice(1).map((row) => row.cells[0]!.formula)).toEqual(['A9&B9', 'A9&B9']);
    expect(sheet.pageTexts).toEqual(['绩效自评表 第页']);
  });

  it('reads an old .xls into the same cells', async () => {
    const { utils, write } = await import('@e965/xlsx');
    const sheet = utils.aoa_to_sheet([
      ['项目', '金额'],
      ['宣传', 50.5],
      [null, 0.5],
    ]);
    (sheet.B3 as { z: string }).z = '0.00%';
    sheet['!merges'] = [{ s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }];
    const book = utils.book_new(sheet, '表');
    const content = await read(write(book, { type: 'buffer', bookType: 'biff8' }) as Uint8Array);
    expect(content.rows.map((row) => row.cells.map(displayText))).toEqual([
      ['项目', '金额'],
      ['宣传', '50.5'],
      ['50.00%'],
    ]);
    expect(content.merges).toEqual([{ firstRow: 2, firstColumn: 1, lastRow: 3, lastColumn: 1 }]);
  });
});

describe('an export of a system', () => {
  it('is read as texts when it is a CSV, or a web page that calls itself .xls', async () => {
    const rows = async (words: string, file: string): Promise<unknown> => {
      const book = await openSpreadsheet(new TextEncoder().encode(words), { file });
      const { rows, merges } = await collectSheet(book.sheets[0]!, file);
      return [rows.map((row) => row.cells.map((cell) => `${cell.address}=${cell.raw}`)), merges.length];
    };
    expect(await rows('凭证号,金额\n001,"1,000.50"\n', '支付.csv')).toEqual([
      [
        ['A1=凭证号', 'B1=金额'],
        ['A2=001', 'B2=1,000.50'],
      ],
      0,
    ]);
    expect(await rows('<html><table><tr><td colspan=2>支付<tr><td>001<td>5</table>', '支付.xls')).toEqual([
      [['A1=支付'], ['A2=001', 'B2=5']],
      1,
    ]);
  });
});

describe('a file that is no workbook is refused in one sentence', () => {
  const refusal = async (bytes: Uint8Array, file = '表.xlsx', limits = {}): Promise<string> => {
    try {
      const book = await openSpreadsheet(bytes, { file, limits });
      for (const sheet of book.sheets) await collectSheet(sheet, file);
    } catch (fault) {
      if (fault instanceof JipingError) {
        expect([fault.code, fault.where.file]).toEqual(['unreadable', file]);
        return fault.text.zh;
      }
      throw fault;
    }
    return 'read';
  };
  const good = (rows: string): Promise<Uint8Array> => makeXlsx({ sheets: { A: `<sheetData>${rows}</sheetData>` } });

  it('says what the content is', async () => {
    const bytes = (words: string): Uint8Array => Buffer.from(words);
    expect(await refusal(bytes('%PDF-1.7\n…'))).toContain('内容是 PDF，扩展名是 .xlsx');
    expect(await refusal(bytes('<!DOCTYPE html><html><table></table></html>'))).toContain('网页（HTML）');
    expect(await refusal(bytes('姓名,金额\n张三,1\n'))).toContain('纯文本（或 CSV）');
    expect(await refusal(bytes(''))).toContain('空');
    const { CFB } = await import('@e965/xlsx');
    const locked = CFB.utils.cfb_new();
    CFB.utils.cfb_add(locked, '/EncryptedPackage', Buffer.from('secret'));
    expect(await refusal(CFB.write(locked, { type: 'buffer' }) as Uint8Array)).toContain('密码');
  });

  it('refuses damaged, truncated and hostile packages', async () => {
    const whole = await good('<row><c><v>1</v></c></row>');
    expect(await refusal(whole.slice(0, whole.length - 40))).toContain('损坏或不完整');
    expect(await refusal(await good('<row><c><v>1</c></row>'))).toContain('损坏');
    expect(await refusal(await good(`<row><c t="s"><v>7</v></c></row>`))).toContain('损坏');
    expect(await refusal(await good('<a>'.repeat(300) + '</a>'.repeat(300)))).toContain('嵌套');
    const attributes = Array.from({ length: 600 }, (_, index) => `a${index}="1"`).join(' ');
    expect(await refusal(await good(`<row ${attributes}/>`))).toContain('属性');
    expect(
      await refusal(await good(`<row>${' '.repeat(3_000_000)}</row>`), 'x.xlsx', { inflatedBytes: 2 ** 21 }),
    ).toContain('解压后');
    expect(await refusal(await good(' '.repeat(100 * 2 ** 20)))).toContain('压缩炸弹');
    expect(await refusal(await good('<row/>'.repeat(1_048_577)))).toContain('行');
    const zip = await JSZip.loadAsync(whole);
    zip.file(
      'xl/worksheets/sheet1.xml',
      '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData>&b;</sheetData></worksheet>',
    );
    expect(await refusal(await zip.generateAsync({ type: 'uint8array' }))).toContain('DOCTYPE');
  });

  it('notices a flipped bit by the checksum instead of reading another figure', async () => {
    const zip = await JSZip.loadAsync(await good('<row><c><v>2109.07</v></c></row>'));
    const bytes = await zip.generateAsync({ type: 'uint8array', compression: 'STORE' });
    const at = Buffer.from(bytes).indexOf('2109.07');
    bytes[at] = '3'.charCodeAt(0);
    expect(await refusal(bytes)).toContain('损坏');
  });
});
