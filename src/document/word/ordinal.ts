const DIGITS = '〇一二三四五六七八九';
const FORMAL_DIGITS = '零壹贰叁肆伍陆柒捌玖';
const STEMS = '甲乙丙丁戊己庚辛壬癸';

/** An ordinal as Word's number formats print it (`w:numFmt`); formats unknown here are printed as digits. */
export function printOrdinal(value: number, format: string): string {
  switch (format) {
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'japaneseCounting':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
      return counting(value, DIGITS, ['', '十', '百', '千']).replace(/^一十/, '十');
    case 'chineseLegalSimplified':
    case 'ideographLegalTraditional':
      return counting(value, FORMAL_DIGITS, ['', '拾', '佰', '仟']);
    case 'ideographDigital':
    case 'japaneseDigitalTenThousand':
    case 'taiwaneseDigital':
      return String(value).replace(/\d/g, (digit) => DIGITS[Number(digit)] ?? digit);
    case 'ideographTraditional':
      return STEMS[value - 1] ?? String(value);
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return value >= 1 && value <= 20 ? String.fromCodePoint(0x2460 + value - 1) : String(value);
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return String(value).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    case 'decimalZero':
      return String(value).padStart(2, '0');
    case 'upperLetter':
      return letter(value, 65);
    case 'lowerLetter':
      return letter(value, 97);
    case 'upperRoman':
      return roman(value);
    case 'lowerRoman':
      return roman(value).toLowerCase();
    default:
      return String(value);
  }
}

function counting(value: number, digits: string, units: readonly string[]): string {
  if (value < 1 || value > 9999) return String(value);
  const text = String(value);
  let words = '';
  for (const [index, digit] of [...text].entries()) {
    const unit = units[text.length - 1 - index] ?? '';
    if (digit !== '0') words += (digits[Number(digit)] ?? '') + unit;
    else if (!words.endsWith(digits[0] ?? '') && /[1-9]/.test(text.slice(index))) words += digits[0] ?? '';
  }
  return words;
}

/** Word repeats the letter after z: 27 is aa, 28 is bb. */
function letter(value: number, base: number): string {
  if (value < 1 || value > 780) return String(value);
  return String.fromCharCode(base + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(value: number): string {
  if (value < 1 || value > 4999) return String(value);
  let rest = value;
  let words = '';
  for (const [amount, mark] of ROMAN) {
    while (rest >= amount) {
      words += mark;
      rest -= amount;
    }
  }
  return words;
}
