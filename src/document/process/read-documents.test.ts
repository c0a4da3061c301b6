import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JipingError } from '../../problem/index.ts';
import type { ReadOutcome } from '../parse-archive.ts';
import { makeXlsx } from '../testing/make-xlsx.ts';
import { readDocument, readDocuments } from './read-documents.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiping-document-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function all(outcomes: AsyncGenerator<ReadOutcome>): Promise<string[]> {
  const lines: string[] = [];
  for await (const outcome of outcomes)
    lines.push(
      outcome.error === undefined
        ? `${outcome.name}: ${outcome.document.text.trim()}`
        : `${outcome.name}! ${outcome.error.code}`,
    );
  return lines;
}

describe('a folder of other people’s files', () => {
  it('is read in a helper process, archives and their GBK names included, and one bad file stops nothing', async () => {
    const inner = new JSZip();
    inner.file('内.txt', '内层');
    const zip = new JSZip();
    zip.file('b/说明.txt', '第二');
    zip.file('__MACOSX/._x', 'junk');
    zip.file('c.zip', await inner.generateAsync({ type: 'uint8array' }));
    zip.file('坏.docx', 'PK\u0003\u0004');
    // Chinese Windows: names in GBK, no flag for UTF-8
    const bytes = await zip.generateAsync({
      type: 'nodebuffer',
      compression: 'DEFLATE',
      encodeFileName: (name) => iconv.encode(name, 'gb18030') as unknown as string,
    });
    for (let at = bytes.indexOf('PK\u0003\u0004'); at !== -1; at = bytes.indexOf('PK\u0003\u0004', at + 4))
      bytes[at + 7]! &= ~8;
    for (let at = bytes.indexOf('PK\u0001\u0002'); at !== -1; at = bytes.indexOf('PK\u0001\u0002', at + 4))
      bytes[at + 9]! &= ~8;
    await put('包/a.zip', bytes);
    await put('包/报告.txt', '第一');
    await put('包/空.xlsx', '');
    await put('包/表.xlsx', await makeXlsx({ sheets: { A: '<sheetData><row><c><v>1</v></c></row></sheetData>' } }));
    await put('包/~$表.xlsx', 'lock');
    expect((await all(readDocuments([join(folder, '包'), join(folder, '无')]))).sort()).toEqual(
      [
        '包/a.zip/b/说明.txt: 第二',
        '包/a.zip/c.zip/内.txt: 内层',
        '包/a.zip/坏.docx! unreadable',
        '包/报告.txt: 第一',
        '包/空.xlsx! unreadable',
        '包/表.xlsx: 1',
        '无! not-found',
      ].sort(),
    );
  });

  it('reads no deeper than the limit of archives in archives', async () => {
    let bytes: Uint8Array = Buffer.from('x');
    let name = 'x.txt';
    for (let depth = 0; depth < 4; depth += 1) {
      bytes = await new JSZip().file(name, bytes).generateAsync({ type: 'uint8array' });
      name = `${depth}.zip`;
    }
    expect(await all(readDocuments([await put('套.zip', bytes)]))).toEqual(['套.zip/2.zip/1.zip! unreadable']);
  });
});

describe('a single file', () => {
  const failure = async (path: string, limits = {}): Promise<string> => {
    const fault: unknown = await readDocument(path, limits).catch((cause: unknown) => cause);
    if (!(fault instanceof JipingError)) throw new Error('was read');
    return `${fault.code}: ${fault.text.zh}`;
  };

  it('comes back whole, or with one sentence', async () => {
    const document = await readDocument(await put('一.txt', '资金 2109.07 万元\n'));
    expect(document).toMatchObject({ name: '一.txt', kind: 'txt', text: '资金 2109.07 万元\n' });
    expect(await failure(await put('假.xlsx', '%PDF-1.5 …'))).toContain('unreadable: ');
    expect(await failure(join(folder, '没有.txt'))).toContain('not-found: ');
    expect(
      await failure(await put('包.zip', await new JSZip().file('a.txt', 'a').generateAsync({ type: 'uint8array' }))),
    ).toContain('压缩包');
  });

  it('is given up when it takes too long or too much memory, and the process goes on', async () => {
    const cells = Array.from(
      { length: 150_000 },
      (_, index) => `<row><c t="inlineStr"><is><t>${index}</t></is></c></row>`,
    );
    const path = await put('大.xlsx', await makeXlsx({ sheets: { A: `<sheetData>${cells.join('')}</sheetData>` } }));
    expect(await failure(path, { milliseconds: 500 })).toContain('resource: 读取超过 0.5 秒');
    expect(await failure(path, { memoryMegabytes: 48 })).toMatch(/resource: 读取所需内存超过 48 MB/);
    expect(await failure(path, { fileBytes: 1000 })).toContain('unreadable: ');
  });
});
