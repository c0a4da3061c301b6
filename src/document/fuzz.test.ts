import fc from 'fast-check';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { JipingError } from '../problem/index.ts';
import { parseFile } from './parse-archive.ts';
import { expectPlaced } from './testing/expect-placed.ts';
import { makeDoc } from './testing/make-doc.ts';
import { makePdf } from './testing/make-pdf.ts';
import { makeXlsx } from './testing/make-xlsx.ts';

const LIMITS = { inflatedBytes: 64 * 2 ** 20, milliseconds: 10_000 };
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** Whatever the bytes: documents whose places hold, or JipingErrors; nothing else is thrown. */
async function survives(bytes: Uint8Array, name: string): Promise<void> {
  for await (const outcome of parseFile(bytes, name, LIMITS)) {
    if (outcome.error === undefined) expectPlaced(outcome.document);
    else {
      expect(outcome.error).toBeInstanceOf(JipingError);
      expect(outcome.error.text.zh).toMatch(/[。]$/);
      expect(outcome.error.text.en).toMatch(/\.$/);
    }
  }
}

async function samples(): Promise<Readonly<Record<string, Uint8Array>>> {
  const row = (words: string): string =>
    `<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:tc></w:tr>`;
  const docx = new JSZip();
  docx.file(
    'word/document.xml',
    `<w:document ${W}><w:body><w:tbl>${row('甲')}${row('乙')}</w:tbl></w:body></w:document>`,
  );
  const xlsx = await makeXlsx({
    sharedStrings: '<si><t>一</t></si>',
    styles: '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>',
    sheets: {
      A: '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1/3</f><v>0.33</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A3"/></mergeCells>',
    },
  });
  const { utils, write } = await import('@e965/xlsx');
  const xls = write(
    utils.book_new(
      utils.aoa_to_sheet([
        ['项目', 1.5],
        ['二', 3],
      ]),
      '表',
    ),
    { type: 'buffer', bookType: 'biff8' },
  ) as Uint8Array;
  const zip = new JSZip();
  zip.file('a.txt', '文字');
  zip.file('b.xlsx', xlsx);
  const words = [
    { x: 50, y: 60, words: 'a' },
    { x: 150, y: 60, words: '1' },
    { x: 50, y: 80, words: 'b' },
    { x: 150, y: 80, words: '2' },
  ];
  return {
    'a.xlsx': xlsx,
    // Stored parts, so that flipped bits reach the XML (the checksum is then put right by nobody, but headers vary).
    'a.docx': await docx.generateAsync({ type: 'uint8array', compression: 'STORE' }),
    'a.xls': new Uint8Array(xls),
    'a.pdf': makePdf([words]),
    'a.doc': makeDoc([
      { words: '甲', mark: 'cell' },
      { words: '', mark: 'row', row: { edges: [0, 900], flags: [0] } },
      { words: '乙', mark: 'paragraph' },
    ]),
    'a.zip': await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }),
    'a.html': new TextEncoder().encode('<!doctype html><table><tr><td rowspan=2>a<td colspan=3>b</table><p>c'),
    'a.csv': new TextEncoder().encode('a,"b ""c""\nd",1\n2;3\n'),
  };
}

/** A copy cut short, with bits flipped, or with bytes put in or taken out. */
const mutation = fc.record({
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  flips: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), bit: fc.nat(7) }), {
    maxLength: 6,
  }),
  insert: fc.option(
    fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.uint8Array({ maxLength: 20 }) }),
  ),
});

function mutate(bytes: Uint8Array, change: typeof mutation extends fc.Arbitrary<infer T> ? T : never): Uint8Array {
  let copy = Uint8Array.from(bytes);
  for (const { at, bit } of change.flips) {
    const index = Math.floor(at * copy.length);
    copy[index] = (copy[index] ?? 0) ^ (1 << bit);
  }
  if (change.insert !== null) {
    const at = Math.floor(change.insert.at * copy.length);
    copy = Uint8Array.from([...copy.subarray(0, at), ...change.insert.bytes, ...copy.subarray(at)]);
  }
  return change.cut === null ? copy : copy.subarray(0, Math.floor(change.cut * copy.length));
}

describe('no file brings the reader down', () => {
  it('not random bytes, with or without a known beginning', async () => {
    const starts = [
      '',
      'PK\u0003\u0004',
      '%PDF-1.4\n',
      '<html>',
      '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1',
      '{\\rtf',
      '\u00ff\u00fe',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 2000 }), async (start, bytes) => {
        await survives(Buffer.concat([Buffer.from(start, 'latin1'), bytes]), 'a.xlsx');
      }),
      { numRuns: 150 },
    );
  });

  it('not damaged copies of true files', async () => {
    const whole = await samples();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(whole)), mutation, async (name, change) => {
        await survives(mutate(whole[name]!, change), name);
      }),
      { numRuns: 400 },
    );
  });

  it('not well-packed XML with nonsense inside', async () => {
    const tag = fc.constantFrom(
      'row',
      'c',
      'v',
      'is',
      't',
      'f',
      'mergeCell',
      'rPh',
      'sheetData',
      'cols',
      'col',
      'oddHeader',
    );
    const attribute = fc.constantFrom(
      '',
      ' r="A1"',
      ' r="5"',
      ' r="-1"',
      ' t="s"',
      ' t="b"',
      ' s="9"',
      ' hidden="1"',
      ' ref="B2:A1"',
      ' ref="x"',
      ' min="1" max="99999"',
    );
    const node: fc.Memo<string> = fc.memo((depth) =>
      fc
        .tuple(
          tag,
          attribute,
          depth <= 1
            ? fc.constantFrom('', '1', '字', '1e999')
            : fc.array(node(), { maxLength: 3 }).map((all) => all.join('')),
        )
        .map(([name, more, inside]) => `<${name}${more}>${inside}</${name}>`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(node(4), { maxLength: 4 }), async (nodes) => {
        await survives(
          await makeXlsx({ sheets: { A: `<sheetData>${nodes.join('')}</sheetData>${nodes.join('')}` } }),
          'a.xlsx',
        );
      }),
      { numRuns: 100 },
    );
    const part = fc.constantFrom(
      'w:p',
      'w:r',
      'w:t',
      'w:tbl',
      'w:tr',
      'w:tc',
      'w:vMerge',
      'w:gridSpan',
      'w:sdt',
      'w:tag',
      'w:txbxContent',
      'w:del',
      'w:gridBefore',
      'w:hMerge',
      'w:pPr',
      'w:numId',
    );
    const value = fc.constantFrom('', ' w:val="3"', ' w:val="99999999"', ' w:val="restart"', ' w:val="x"');
    const word: fc.Memo<string> = fc.memo((depth) =>
      fc
        .tuple(
          part,
          value,
          depth <= 1 ? fc.constant('字') : fc.array(word(), { maxLength: 3 }).map((all) => all.join('')),
        )
        .map(([name, more, inside]) => `<${name}${more}>${inside}</${name}>`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word(5), { maxLength: 4 }), async (nodes) => {
        const zip = new JSZip();
        zip.file('word/document.xml', `<w:document ${W}><w:body>${nodes.join('')}</w:body></w:document>`);
        await survives(await zip.generateAsync({ type: 'uint8array' }), 'a.docx');
      }),
      { numRuns: 100 },
    );
  });
});
