/** Marks of the Wingdings fonts that forms use; others of those fonts carry no words. */
const WINGDINGS: Readonly<Record<string, string>> = {
  '6C': '●',
  '6E': '■',
  '6F': '□',
  '70': '□',
  '71': '□',
  '72': '□',
  A8: '□',
  D8: '➢',
  FB: '×',
  FC: '√',
  FD: '☒',
  FE: '☑',
};
const WINGDINGS_2: Readonly<Record<string, string>> = {
  '4F': '×',
  '50': '√',
  '51': '☒',
  '52': '☑',
  '53': '☒',
  A3: '□',
};

/** The character of a `w:sym` (font, hexadecimal code). */
export function symbolWord(font: string, code: string): string {
  const value = Number.parseInt(code, 16);
  if (Number.isNaN(value) || value > 0x10ffff) return '';
  const mark = (value & 0xff).toString(16).toUpperCase();
  if (/^wingdings 2$/i.test(font)) return WINGDINGS_2[mark] ?? '';
  if (/^wingdings/i.test(font)) return WINGDINGS[mark] ?? '';
  return value >= 0xe000 && value <= 0xf8ff ? '' : String.fromCodePoint(value);
}
