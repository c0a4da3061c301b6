import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../rules/index.ts';
import type { Report } from '../report.ts';
import { form, sampleReport, sampleTable } from '../testing/sample-papers.ts';
import { covers, readCoverage } from './font-coverage.ts';
import { PdfRenderer } from './pdf-renderer.ts';

const renderer = new PdfRenderer();

function oneLine(content: string): Report {
  return {
    title: '一行',
    kind: 'report',
    page: { orientation: 'portrait', grid: true },
    pageNumber: 'dashes',
    blocks: [{ kind: 'paragraph', role: 'body', inlines: [form(content)] }],
  };
}

test('a paper rendered twice, by two renderers, gives the same bytes', () => {
  const again = new PdfRenderer();
  for (const make of [() => sampleTable(14, 80), sampleReport]) {
    const first = renderer.render(make().report, '{}').bytes;
    const second = again.render(make().report, '{}').bytes;
    expect(first?.length).toBeGreaterThan(10_000);
    expect(Buffer.from(first!).equals(Buffer.from(second!))).toBe(true);
  }
});

test('rare characters print; one that no font has is a named problem and no box', () => {
  expect(renderer.render(oneLine('㐂𠮷龘䶮𬱖 ≥ − “—” ① □√☆●→²³㎡℃')).problems).toEqual([]);
  const { bytes, problems } = renderer.render(oneLine('参保人员王\u{2f81a}\u{e000}等'));
  expect(bytes).toBeUndefined();
  expect(problems.at(-1)?.rule).toBe('character-without-font');
  expect(problems.at(-1)?.message.zh).toContain('U+E000');
});

test('words of the unit are never typst source', () => {
  const { bytes } = renderer.render(oneLine('#panic("x") $x$ *a* _b_ @c <d> \\ #sys.inputs [ ] "'));
  expect(bytes).toBeDefined();
});

test('the fonts that come with the package cover what they are used for', () => {
  const noto = readCoverage(join(packageRoot(), 'fonts', 'NotoSerifCJKsc-Regular.otf'));
  for (const character of '㐂𠮷龘䶮𬱖−≥') expect(covers(noto, character.codePointAt(0)!), character).toBe(true);
  expect(covers(noto, 0xe000)).toBe(false);
});

test('a folder without fonts is refused by name', () => {
  expect(() => new PdfRenderer('/nonexistent')).toThrow(/FandolFang|NotoSerif/);
});
