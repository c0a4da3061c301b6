import JSZip from 'jszip';
import { expect, test } from 'vitest';
import { replacePart } from './replace-part.ts';

async function archive(): Promise<Uint8Array> {
  const zip = new JSZip();
  zip.file('xl/workbook.xml', '<workbook/>');
  zip.file('xl/worksheets/sheet1.xml', '<old/>'.repeat(1000));
  zip.file('图.bin', Buffer.from([1, 2, 3, 0, 255]), { compression: 'STORE' });
  // Sizes behind the data, as writers of streams have them.
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE', streamFiles: true, comment: 'kept' });
}

test('the part is another and everything else is as it was, for a reader that is not ours too', async () => {
  const xml = `<new>${'支付'.repeat(5000)}</new>`;
  const changed = replacePart(await archive(), '甲.xlsx', '/xl/worksheets/Sheet1.xml', xml);
  const zip = await JSZip.loadAsync(changed, { checkCRC32: true });
  expect(Object.keys(zip.files).filter((name) => !name.endsWith('/'))).toEqual([
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
    '图.bin',
  ]);
  expect(await zip.file('xl/worksheets/sheet1.xml')?.async('string')).toBe(xml);
  expect(await zip.file('xl/workbook.xml')?.async('string')).toBe('<workbook/>');
  expect([...((await zip.file('图.bin')?.async('uint8array')) ?? [])]).toEqual([1, 2, 3, 0, 255]);
  expect(replacePart(await archive(), '甲.xlsx', 'xl/worksheets/sheet1.xml', xml)).toEqual(changed);
});

test('a part that is not there, and bytes that are no archive', async () => {
  expect(() => replacePart(new Uint8Array(100), '甲.xlsx', 'a', '')).toThrow('部件缺失');
  const bytes = await archive();
  expect(() => replacePart(bytes, '甲.xlsx', 'xl/nothing.xml', '')).toThrow('部件缺失');
});
