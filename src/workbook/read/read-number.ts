import { Exact, findUnit, parseNumber, type Unit } from '../../quantity/index.ts';

export type NumberReading =
  | { readonly kind: 'number'; readonly value: Exact; readonly unit: Unit | undefined }
  | { readonly kind: 'none'; readonly why: string };

const SHAPE = /^(\()?([+-]?)[¥￥]?([+-]?)(\d[\d,]*)(\.\d+)?(\))?\s*([^\d\s.,()]*)$/;
const GROUPED = /^\d{1,3}(?:,\d{3})+$/;

/**
 * A number as people type it into a cell: `１，２３４.５`, `3,600份`, `¥ 70.00`, `(1,200.00)` for a negative. Full width
 * is read as half; separators must stand at the thousands; Chinese numerals (三千六百) are read; anything more (≥, 约, ranges) is not one number.
 */
export function readNumberText(words: string): NumberReading {
  const plain = words
    .normalize('NFKC')
    .replace(/[−–—]/g, '-')
    .replace(/[，]/g, ',')
    .replace(/[\s\u00a0]/g, '');
  const match = SHAPE.exec(plain);
  if (match === null) {
    const spoken = parseNumber(plain);
    return spoken?.kind === 'quantity' && spoken.comparator === undefined && spoken.range === undefined
      ? { kind: 'number', value: spoken.value, unit: spoken.unit }
      : { kind: 'none', why: whyNot(plain) };
  }
  const [, open, signBefore, signAfter, digits = '', fraction = '', close, unitText = ''] = match;
  if ((open === undefined) !== (close === undefined)) return { kind: 'none', why: '括号不成对' };
  if (digits.includes(',') && !GROUPED.test(digits)) return { kind: 'none', why: '千分位位置不对' };
  const unit = unitText === '' ? undefined : findUnit(unitText);
  if (unitText !== '' && unit === undefined) return { kind: 'none', why: `不认识的单位“${unitText}”` };
  const magnitude = Exact.of(`${digits.replaceAll(',', '')}${fraction}`);
  const negative = (signBefore || signAfter) === '-' || open !== undefined;
  return { kind: 'number', value: negative ? magnitude.neg() : magnitude, unit };
}

function whyNot(plain: string): string {
  if (/^[约近]|[左右多余]$/.test(plain)) return '约数不是准数';
  if (/^[≥≤<>=]/.test(plain)) return '不要写比较符号';
  if (/\d\s*[-~至到]\s*\d/.test(plain)) return '写成了范围';
  return '';
}
