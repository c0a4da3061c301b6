import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { type Block, cellText } from '../blocks.ts';
import { parseDocument } from '../parse-document.ts';
import { expectPlaced } from '../testing/expect-placed.ts';
import { printOrdinal } from './ordinal.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

async function docx(body: string, parts: Readonly<Record<string, string>> = {}): Promise<Uint8Array> {
  const zip = new JSZip();
  const list = (items: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items}</Relationships>`;
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  zip.file('_rels/.rels', list(`<Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/>`));
  zip.file('word/document.xml', `<w:document ${W}><w:body>${body}</w:body></w:document>`);
  const relations = Object.keys(parts).map(
    (name, index) => `<Relationship Id="r${index}" Type="${office}/${name.replace(/\d/, '')}" Target="${name}.xml"/>`,
  );
  zip.file('word/_rels/document.xml.rels', list(relations.join('')));
  for (const [name, xml] of Object.entries(parts)) zip.file(`word/${name}.xml`, xml);
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

const run = (words: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${words}</w:t></w:r>`;
const p = (inside: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr>${inside}</w:p>`;
const tc = (words: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(run(words))}</w:tc>`;

const line = (block: Block): string =>
  block.kind === 'heading' || block.kind === 'paragraph' ? block.inlines.map((each) => each.text).join('') : block.kind;

describe('a Word report is read as its reader sees it', () => {
  it('reads insertions but not deletions, hidden words, field codes, comments; keeps control tags and marks', async () => {
    const document = await parseDocument(
      await docx(
        p(
          run('执行率') +
            `<w:ins>${run('96.18%')}</w:ins><w:del><w:r><w:delText>95%</w:delText></w:r></w:del><w:moveFrom>${run('旧')}</w:moveFrom>`,
        ) +
          p(
            run('到位') +
              run('隐', '<w:vanish/>') +
              `<w:sdt><w:sdtPr><w:tag w:val="f1"/></w:sdtPr><w:sdtContent>${run('28.57%', '<w:b/>')}</w:sdtContent></w:sdt>` +
              run('。'),
          ) +
          p(
            `<w:r><w:instrText>PAGE</w:instrText></w:r>${run('3')}<w:r><w:tab/><w:br/><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/></w:r>`,
          ) +
          p(`<w:r><w:br w:type="page"/></w:r>`) +
          p(''),
      ),
      '报告.docx',
    );
    expect(document.text).toBe('执行率96.18%\n到位28.57%。\n3\t\n☑-\n');
    expect(document.blocks[1]).toMatchObject({
      inlines: [{ text: '到位' }, { text: '28.57%', tag: 'f1', bold: true }, { text: '。' }],
    });
    expect(document.blocks.at(-1)!.kind).toBe('page-break');
    expectPlaced(document);
  });

  it('reads headings, automatic numbers, text boxes once, footnotes, headers and footers', async () => {
    const level = (at: number, format: string, text: string): string =>
      `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const list = (id: number, at = 0): string => `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr>`;
    const box = (words: string): string => `<w:txbxContent>${p(run(words))}</w:txbxContent>`;
    const document = await parseDocument(
      await docx(
        p(run('绩效评价报告'), '<w:pStyle w:val="T"/>') +
          p(run('项目概况'), '<w:pStyle w:val="H1"/>') +
          p(run('资金')) +
          p(run('预算'), list(2, 1)) +
          p(run('支出'), list(2, 1)) +
          p(run('绩效'), '<w:pStyle w:val="H1"/>') +
          p(run('其他'), list(2, 1)) +
          p(
            `${run('框外')}<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice>${box('框内 5')}</mc:Choice><mc:Fallback>${box('框内 5')}</mc:Fallback></mc:AlternateContent></w:r>`,
          ),
        {
          styles: `<w:styles ${W}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
            <w:style w:type="paragraph" w:styleId="H0"><w:name w:val="heading 1"/></w:style>
            <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="一级"/><w:basedOn w:val="H0"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>`,
          numbering: `<w:numbering ${W}><w:abstractNum w:abstractNumId="7">${level(0, 'chineseCounting', '%1、')}${level(1, 'decimal', '%1.%2')}</w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num></w:numbering>`,
          footnotes: `<w:footnotes ${W}><w:footnote>${p(run('注：2023年'))}</w:footnote></w:footnotes>`,
          header1: `<w:hdr ${W}>${p(run('某县医保局'))}</w:hdr>`,
          footer1: `<w:ftr ${W}>${p(run('— 1 —'))}</w:ftr>`,
        },
      ),
      'a.docx',
    );
    expect(document.blocks.map(line)).toEqual([
      '绩效评价报告',
      '一、项目概况',
      '资金',
      '一.1 预算',
      '一.2 支出',
      '二、绩效',
      '二.1 其他',
      '框外',
      '框内 5',
      '注：2023年',
      '某县医保局',
      '— 1 —',
    ]);
    expect(document.blocks[0]).toMatchObject({ kind: 'heading', level: 0 });
    expect(document.blocks[1]).toMatchObject({ kind: 'heading', level: 1 });
    expect(document.blocks.slice(7).map((block) => block.kind !== 'page-break' && block.position!.part)).toEqual([
      undefined,
      'text-box',
      'footnote',
      'header',
      'footer',
    ]);
    expectPlaced(document);
  });

  it('resolves merged cells, holes and nested tables', async () => {
    const nested = `<w:tbl><w:tr>${tc('内')}</w:tr></w:tbl>`;
    const document = await parseDocument(
      await docx(
        `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${tc('指标', '<w:gridSpan w:val="2"/>')}${tc('分值')}</w:tr>
         <w:tr>${tc('产出', '<w:vMerge w:val="restart"/>')}${tc('数量')}${tc('10')}</w:tr>
         <w:sdt><w:sdtContent><w:tr>${tc('', '<w:vMerge/>')}${tc('质量')}<w:tc>${p(run('2'))}${nested}${p(run('0'))}</w:tc></w:tr></w:sdtContent></w:sdt>
         <w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${tc('合计')}${tc('30')}</w:tr></w:tbl>`,
      ),
      'a.docx',
    );
    const [table, inner] = document.blocks;
    expect(table).toMatchObject({ kind: 'table', rowCount: 4, columnCount: 3, headerRows: 1 });
    if (table?.kind !== 'table') throw new Error('no table');
    expect(table.cells.map((cell) => [cell.row, cell.column, cell.rowSpan, cell.columnSpan, cellText(cell)])).toEqual([
      [0, 0, 1, 2, '指标'],
      [0, 2, 1, 1, '分值'],
      [1, 0, 2, 1, '产出'],
      [1, 1, 1, 1, '数量'],
      [1, 2, 1, 1, '10'],
      [2, 1, 1, 1, '质量'],
      [2, 2, 1, 1, '2\n0'],
      [3, 1, 1, 1, '合计'],
      [3, 2, 1, 1, '30'],
    ]);
    expect(inner).toMatchObject({ kind: 'table', rowCount: 1 });
    expect(document.text).toBe('指标 | 分值\n产出 | 数量 | 10\n质量 | 2 0\n合计 | 30\n内\n');
    expectPlaced(document);
  });

  it('prints the ordinals of Chinese lists', () => {
    const cases = [
      [10, 'chineseCounting', '十'],
      [21, 'chineseCounting', '二十一'],
      [105, 'chineseCountingThousand', '一百〇五'],
      [12, 'chineseLegalSimplified', '壹拾贰'],
      [3, 'decimalEnclosedCircle', '③'],
      [28, 'lowerLetter', 'bb'],
      [14, 'upperRoman', 'XIV'],
      [5, 'ideographTraditional', '戊'],
    ] as const;
    for (const [value, format, shown] of cases) expect(printOrdinal(value, format)).toBe(shown);
  });
});
