import { inflateRawSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Report } from '../report.ts';
import { form, sampleReport, sampleTable } from '../testing/sample-papers.ts';
import { renderDocx } from './render-docx.ts';

/** The parts of an archive, by its central directory. */
function unzip(bytes: Uint8Array): Map<string, string> {
  const buffer = Buffer.from(bytes);
  const parts = new Map<string, string>();
  let at = buffer.readUInt32LE(buffer.length - 6);
  while (buffer.readUInt32LE(at) === 0x02014b50) {
    const nameLength = buffer.readUInt16LE(at + 28);
    const name = buffer.toString('utf8', at + 46, at + 46 + nameLength);
    const start = buffer.readUInt32LE(at + 42) + 30 + nameLength;
    parts.set(name, inflateRawSync(buffer.subarray(start, start + buffer.readUInt32LE(at + 20))).toString('utf8'));
    at += 46 + nameLength;
  }
  return parts;
}

function assertWellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}

test('a clerk renders the same paper twice and gets the same bytes', () => {
  for (const make of [sampleTable, sampleReport])
    expect(Buffer.from(renderDocx(make().report)).equals(Buffer.from(renderDocx(make().report)))).toBe(true);
});

test('every part is well-formed and every figure stands in a hidden control with its fact as tag', () => {
  const { report, facts } = sampleReport();
  const parts = unzip(renderDocx(report));
  for (const xml of parts.values()) assertWellFormed(xml);
  const document = parts.get('word/document.xml') ?? '';
  for (const fact of facts) expect(document).toContain(`<w:tag w:val="${fact.id}"/>`);
  expect(document.match(/w15:appearance w15:val="hidden"/g)?.length).toBe(document.match(/<w:sdt>/g)?.length);
});

test('merged cells, repeated header rows and the landscape annex are there', () => {
  const document = unzip(renderDocx(sampleReport().report)).get('word/document.xml') ?? '';
  expect(document.match(/<w:vMerge w:val="restart"\/>/g)?.length).toBe(8);
  expect(document.match(/<w:vMerge\/>/g)?.length).toBe(72);
  expect(document.match(/<w:tblHeader\/>/g)?.length).toBe(2);
  expect(document).toContain('w:orient="landscape"');
  expect(document.match(/<w:sectPr>/g)?.length).toBe(2);
});

test('markup, control characters and lone surrogates in a text do not break the file', () => {
  const report: Report = {
    title: 'a<b&"c"',
    kind: 'report',
    page: { orientation: 'portrait', grid: true },
    pageNumber: 'none',
    header: [form('<页眉>')],
    blocks: [{ kind: 'paragraph', role: 'body', inlines: [form('<w:t>&amp;\u0001\ud800]]>𠮷\t2\n3')] }],
  };
  const parts = unzip(renderDocx(report));
  for (const xml of parts.values()) assertWellFormed(xml);
  expect(parts.get('word/document.xml')).toContain('&lt;w:t&gt;&amp;amp;]]&gt;𠮷');
});
