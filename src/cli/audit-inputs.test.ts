import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CFB } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jiping } from './testing/run-in-process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-inputs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ROWS = [
  ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分'],
  ['产出指标', '数量指标', '培训人数', '≥100人', '90人', '50', '50'],
  ['', '质量指标', '合格率', '≥95%', '96%', '50', '50'],
  ['总分', '', '', '', '', '100', '100'],
];
const CSV = ROWS.map((row) => `${row.join(',')}\n`).join('');
const HTML = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><table>${ROWS.map(
  (row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
).join('')}</table></body></html>`;

/** An archive of one stored member under a name as old Chinese Windows writes it: GBK, not marked as UTF-8. */
function gbkZip(name: string, content: Uint8Array, crc: number): Buffer {
  const written = iconv.encode(name, 'gbk');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc, 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(written.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, written, content]);
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'),
    common,
    Buffer.alloc(14),
    written,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

function encryptedWorkbook(): Uint8Array {
  const container = CFB.utils.cfb_new();
  CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.alloc(64));
  CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(4096));
  return CFB.write(container, { type: 'buffer' }) as Uint8Array;
}

const SCAN = [
  '%PDF-1.4',
  '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj',
  '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj',
  '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj',
  'trailer << /Size 4 /Root 1 0 R >>\n%%EOF\n',
].join('\n');

test('a folder of everything: what can be read is audited, the rest is told in one sentence each', async () => {
  const zip = gbkZip('材料/自评表.csv', Buffer.from(CSV), crc32(Buffer.from(CSV)));
  const files: Readonly<Record<string, Uint8Array | string>> = {
    'gb.csv': iconv.encode(CSV, 'gb18030'),
    'utf16.csv': iconv.encode(CSV, 'utf16le', { addBOM: true }),
    'gb2312.html': iconv.encode(HTML, 'gb2312'),
    '网页改名.xls': HTML.replace('gb2312', 'utf-8'),
    '一/二/表.csv': CSV,
    '旧.zip': zip,
    '半截.zip': zip.subarray(0, zip.length - 30),
    '空.docx': '',
    '半截.pdf': '%PDF-1.7\n1 0 obj\n<< /Type /Cata',
    '扫描.pdf': SCAN,
    '加密.xlsx': encryptedWorkbook(),
    '乱.bin': Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256)),
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, '收', name)), { recursive: true });
    writeFileSync(join(folder, '收', name), content);
  }
  const { status, out, err } = await jiping(['audit', '收', '--format', 'json'], folder, '2026-11-22');
  const { documents } = JSON.parse(out) as {
    documents: { file: string; tables: { indicators: unknown[] }[]; findings: { rule: string }[] }[];
  };
  expect(documents.map((document) => document.file).sort()).toEqual(
    ['一/二/表.csv', 'gb.csv', 'gb2312.html', 'utf16.csv', '旧.zip/材料/自评表.csv', '网页改名.xls']
      .map((name) => `收/${name}`)
      .sort(),
  );
  for (const document of documents) {
    expect(document.tables.flatMap((table) => table.indicators)).toHaveLength(2);
    expect(document.findings.map((finding) => finding.rule)).toContain('full-score-but-target-missed');
  }
  expect(status).toBe(1);
  const sentences = err.trim().split('\n');
  expect(sentences).toHaveLength(6);
  const said = (name: string): string => sentences.find((line) => line.includes(`收/${name}：`)) ?? '';
  expect(said('空.docx')).toContain('重新获取');
  expect(said('半截.zip')).toContain('已损坏或不完整');
  expect(said('半截.pdf')).toContain('已损坏或不完整');
  expect(said('扫描.pdf')).toContain('没有文字层');
  expect(said('加密.xlsx')).toContain('取消密码');
  expect(said('乱.bin')).toContain('另存为');
});

test('a text too long to audit is refused by name', async () => {
  writeFileSync(join(folder, '长.txt'), '参保人数增加。\n'.repeat(510_000));
  const { status, err } = await jiping(['audit', '长.txt'], folder, '2026-11-22');
  expect(status).toBe(2);
  expect(err).toContain('长.txt：文字超过 400 万字，没有复核；请拆分后再试。');
});

test('nothing that can be read ends with status 2', async () => {
  writeFileSync(join(folder, '空.txt'), '');
  const { status, out, err } = await jiping(['audit', '空.txt'], folder, '2026-11-22');
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain('空.txt：文件是空的');
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
