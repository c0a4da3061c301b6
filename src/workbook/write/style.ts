import type { Alignment, Borders, Fill, Font } from 'exceljs';

export const BODY_FONT: Partial<Font> = { name: '宋体', size: 11 };
export const TITLE_FONT: Partial<Font> = { name: '黑体', size: 16 };
export const HEADING_FONT: Partial<Font> = { name: '黑体', size: 11 };
export const NOTE_FONT: Partial<Font> = { name: '宋体', size: 10, color: { argb: 'FF595959' } };
export const SAMPLE_FONT: Partial<Font> = { name: '宋体', size: 11, italic: true, color: { argb: 'FF8C8C8C' } };
export const REQUIRED_MARK: Partial<Font> = { name: '黑体', size: 11, color: { argb: 'FFC00000' } };
export const LINK_FONT: Partial<Font> = { name: '宋体', size: 11, underline: true, color: { argb: 'FF1F4E79' } };

export const HEADING_FILL: Fill = solid('FFDCE6F1');
export const SAMPLE_FILL: Fill = solid('FFF2F2F2');
export const NOTE_FILL: Fill = solid('FFFFF9E5');

const line = { style: 'thin', color: { argb: 'FFA6A6A6' } } as const;
export const GRID: Partial<Borders> = { top: line, bottom: line, left: line, right: line };

export const WRAPPED: Partial<Alignment> = { vertical: 'middle', wrapText: true };

function solid(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

/** How wide words are in Excel's column units: a Chinese character takes two. */
export function wordsWidth(words: string): number {
  let width = 0;
  for (const character of words) width += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2.1 : 1.1;
  return width;
}

/** Height in points that wrapped words need in a column of this width. */
export function wrappedHeight(words: string, columnWidth: number, least: number): number {
  const lines = words
    .split('\n')
    .reduce((total, part) => total + Math.max(1, Math.ceil(wordsWidth(part) / Math.max(4, columnWidth - 3))), 0);
  return Math.min(400, Math.max(least, lines * 15.5 + 6));
}
