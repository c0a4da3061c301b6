import type { Block, Inline, Table } from '../../document/index.ts';
import { orderedCells, type Report } from '../report.ts';
import { cellAlign } from '../table-layout.ts';
import { escapeXml } from '../xml.ts';

/** Screen and print look of a paper; no fonts, scripts or addresses from elsewhere. */
const STYLE = `
:root{color-scheme:light}
body{margin:0;background:#eee;color:#000;font:16pt/1.8 FangSong_GB2312,FangSong,STFangsong,"FandolFang R","Noto Serif CJK SC",serif}
main{box-sizing:border-box;max-width:210mm;margin:0 auto;padding:25mm 26mm 25mm 28mm;background:#fff}
main.landscape{max-width:297mm}
h1{margin:.6em 0;font:22pt/1.5 "FZXiaoBiaoSong-B05S","STZhongsong",SimSun,"Noto Serif CJK SC",serif;text-align:center;text-wrap:balance}
h2,h3,h4,h5{margin:0;font-size:16pt;font-weight:400;text-indent:2em}
h2{font-family:SimHei,"Noto Sans CJK SC",sans-serif}
h3{font-family:KaiTi_GB2312,KaiTi,STKaiti,"FandolKai",serif}
p{margin:0;text-align:justify}
p.body{text-indent:2em}
p.subtitle{text-align:center;font-family:KaiTi,STKaiti,serif}
p.unit-note{text-align:right;font-size:12pt}
p.note{font-size:10.5pt}
p.cover-line{padding-left:3em}
p.attachment{padding-left:2em}
p.signature,p.date{text-align:right;padding-right:4em}
p.signature{margin-top:2em}
p.left{text-align:left}p.center{text-align:center;text-indent:0}p.right{text-align:right;text-indent:0}
table{width:100%;margin:.3em 0 .6em;border-collapse:collapse;table-layout:fixed;font-size:10.5pt;line-height:1.45}
table+table{margin-top:-.6em}
th,td{padding:.2em .35em;border:1px solid #000;font-weight:400;text-align:center;vertical-align:middle;overflow-wrap:anywhere}
th{font-family:SimHei,"Noto Sans CJK SC",sans-serif}
td.left{text-align:left}td.right{text-align:right}
tr{break-inside:avoid}
hr{margin:2em 0;border:0;border-top:1px dashed #999}
@page{size:A4}
@media print{body{background:none}main{max-width:none;padding:0}hr{margin:0;border:0;break-after:page}}
`;

/** The paper as one self-contained page. A figure is `<data value="fact id">`. Equal reports give equal text. */
export function renderHtml(report: Report): string {
  const header = report.header === undefined ? '' : `<header><p class="center">${runs(report.header)}</p></header>`;
  const landscape = report.page.orientation === 'landscape' ? ' class="landscape"' : '';
  return (
    '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<title>${escapeXml(report.title)}</title><style>${STYLE}</style></head>\n` +
    `<body><main${landscape}>${header}\n${renderHtmlBlocks(report.blocks)}\n</main></body></html>\n`
  );
}

/** The blocks alone, for a page that brings its own head. */
export function renderHtmlBlocks(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join('\n');
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading': {
      const tag = `h${block.level + 1}`;
      return `<${tag}>${runs(block.inlines)}</${tag}>`;
    }
    case 'paragraph': {
      const align = block.align === undefined || block.align === 'justify' ? '' : ` ${block.align}`;
      return `<p class="${block.role}${align}">${runs(block.inlines)}</p>`;
    }
    case 'table':
      return tableHtml(block);
    case 'page-break':
      return '<hr>';
  }
}

function tableHtml(table: Table): string {
  const total = (table.widths ?? []).reduce((sum, width) => sum + width, 0);
  const columns = (table.widths ?? []).map((width) => `<col style="width:${((width / total) * 100).toFixed(2)}%">`);
  const rows: string[][] = Array.from({ length: table.rowCount }, () => []);
  for (const cell of orderedCells(table.cells)) {
    const tag = cell.header === true ? 'th' : 'td';
    const align = cellAlign(cell);
    const spans =
      (cell.columnSpan > 1 ? ` colspan="${cell.columnSpan}"` : '') +
      (cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : '');
    const body = cell.paragraphs.map(runs).join('<br>');
    rows[cell.row]?.push(`<${tag}${align === 'center' ? '' : ` class="${align}"`}${spans}>${body}</${tag}>`);
  }
  const lines = rows.map((cells) => `<tr>${cells.join('')}</tr>`);
  const head = lines.slice(0, table.headerRows);
  const thead = head.length === 0 ? '' : `<thead>${head.join('')}</thead>`;
  const colgroup = columns.length === 0 ? '' : `<colgroup>${columns.join('')}</colgroup>`;
  return `<table>${colgroup}${thead}<tbody>${lines.slice(table.headerRows).join('')}</tbody></table>`;
}

function runs(inlines: readonly Inline[]): string {
  return inlines
    .map((run) => {
      const words = escapeXml(run.text).replaceAll('\n', '<br>');
      const marked = run.kind === 'figure' ? `<data value="${escapeXml(run.factId)}">${words}</data>` : words;
      return run.bold === true ? `<b>${marked}</b>` : marked;
    })
    .join('');
}
