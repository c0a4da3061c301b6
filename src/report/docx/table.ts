import { type Cell, inlineText, type Table } from '../../document/index.ts';
import { labelMeasure } from '../measure.ts';
import { CELL_PADDING, cellAlign, layoutTable, TALLEST_WHOLE_ROW } from '../table-layout.ts';
import { type ControlCounter, inlinesXml } from './inline.ts';
import { FACES, fontsXml } from './styles.ts';

const BORDER = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
  .join('');

/** @param width of the type area in twips */
export function tableXml(table: Table, width: number, controls: ControlCounter): string {
  const layout = layoutTable(table, width / 20);
  const columns = wholeTwips(layout.widths, width);
  const rows: string[] = [];
  const places = gridPlaces(table);
  for (let row = 0; row < table.rowCount; row += 1) {
    const cells: string[] = [];
    for (let column = 0; column < table.columnCount; ) {
      const cell = places.get(row * table.columnCount + column);
      const span = cell?.columnSpan ?? 1;
      const twips = columns.slice(column, column + span).reduce((sum, value) => sum + value, 0);
      cells.push(cellXml(cell, row, span, twips, layout.fontSize, controls));
      column += span;
    }
    const whole = (layout.heights[row] ?? 0) <= TALLEST_WHOLE_ROW ? '<w:cantSplit/>' : '';
    const header = row < table.headerRows ? '<w:tblHeader/>' : '';
    rows.push(
      `<w:tr><w:trPr>${whole}<w:trHeight w:val="${Math.round(layout.fontSize * 36)}" w:hRule="atLeast"/>${header}<w:jc w:val="center"/></w:trPr>${cells.join('')}</w:tr>`,
    );
  }
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${BORDER}</w:tblBorders>` +
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>' +
    `<w:tblGrid>${columns.map((value) => `<w:gridCol w:w="${value}"/>`).join('')}</w:tblGrid>${rows.join('')}</w:tbl>`
  );
}

function cellXml(
  cell: Cell | undefined,
  row: number,
  span: number,
  twips: number,
  fontSize: number,
  controls: ControlCounter,
): string {
  const merge =
    cell === undefined || cell.rowSpan === 1 ? '' : cell.row === row ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>';
  const head =
    `<w:tcPr><w:tcW w:w="${twips}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ''}${merge}` +
    '<w:vAlign w:val="center"/></w:tcPr>';
  const covered = cell === undefined || cell.row !== row;
  const size = Math.round(fontSize * 2);
  const sizeXml = size === 21 ? '' : `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`;
  const run = (cell?.header === true ? fontsXml(FACES.black) : '') + sizeXml;
  const align = cell === undefined ? 'left' : cellAlign(cell);
  const style = `<w:pStyle w:val="c"/>${align === 'left' ? '' : `<w:jc w:val="${align}"/>`}`;
  const empty = `<w:p><w:pPr>${style}${sizeXml === '' ? '' : `<w:rPr>${sizeXml}</w:rPr>`}</w:pPr></w:p>`;
  if (covered) return `<w:tc>${head}${empty}</w:tc>`;
  const ems = (twips / 20 - CELL_PADDING) / fontSize;
  const body = cell.paragraphs
    .map((paragraph) => {
      const words = inlineText(paragraph);
      if (words === '') return empty;
      const measure = align === 'center' ? labelMeasure(words, ems) : undefined;
      const side = measure === undefined ? 0 : Math.floor(((ems - measure - 0.2) * fontSize * 20) / 2);
      const indent = side > 0 ? `<w:ind w:left="${side}" w:right="${side}"/>` : '';
      return `<w:p><w:pPr><w:pStyle w:val="c"/>${indent}${align === 'left' ? '' : `<w:jc w:val="${align}"/>`}</w:pPr>${inlinesXml(paragraph, controls, run)}</w:p>`;
    })
    .join('');
  return `<w:tc>${head}${body === '' ? empty : body}</w:tc>`;
}

/** Which cell covers each grid place: row × columns + column → cell. */
function gridPlaces(table: Table): Map<number, Cell> {
  const places = new Map<number, Cell>();
  for (const cell of table.cells)
    for (let row = cell.row; row < cell.row + cell.rowSpan; row += 1)
      for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1)
        places.set(row * table.columnCount + column, cell);
  return places;
}

/** Whole twips that add up to the width. */
function wholeTwips(points: readonly number[], width: number): number[] {
  const twips = points.map((value) => Math.floor(value * 20));
  const rest = width - twips.reduce((sum, value) => sum + value, 0);
  const last = twips.length - 1;
  if (last >= 0) twips[last] = (twips[last] ?? 0) + rest;
  return twips;
}
