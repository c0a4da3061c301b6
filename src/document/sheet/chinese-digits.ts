const SIMPLE = '〇一二三四五六七八九';
const FORMAL = '零壹贰叁肆伍陆柒捌玖';
const WIDE = '０１２３４５６７８９';

export function chineseDigitwise(digits: string, style: 1 | 2 | 3): string {
  const marks = style === 1 ? SIMPLE : style === 2 ? FORMAL : WIDE;
  return digits.replace(/\d/g, (digit) => marks[Number(digit)] ?? digit);
}

/** A whole number in words as [DBNum1]General shows it: 1204 → 一千二百〇四, in style 2 壹仟贰佰零肆. */
export function chineseNumeral(whole: string, style: 1 | 2): string {
  const marks = style === 1 ? SIMPLE : FORMAL;
  const small = style === 1 ? ['', '十', '百', '千'] : ['', '拾', '佰', '仟'];
  const zero = marks[0] ?? '';
  if (/^0*$/.test(whole)) return zero;
  const padded = whole.padStart(Math.ceil(whole.length / 4) * 4, '0');
  const groups = padded.match(/\d{4}/g) ?? [];
  let words = '';
  let gap = false;
  for (const [index, group] of groups.entries()) {
    const big = ['', '万', '亿', '万亿'][groups.length - 1 - index] ?? '';
    let inGroup = '';
    for (const [place, digit] of [...group].entries()) {
      if (digit === '0') {
        gap = true;
        continue;
      }
      if (gap && words + inGroup !== '') inGroup += zero;
      gap = false;
      inGroup += (marks[Number(digit)] ?? '') + (small[3 - place] ?? '');
    }
    if (inGroup !== '') words += inGroup + big;
  }
  return words;
}
