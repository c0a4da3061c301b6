import { cellNumber, type SheetCell } from '../../document/index.ts';
import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { SheetFindings } from './findings.ts';
import type { FoundColumn } from './found-column.ts';

/** From here on a figure of money or people cannot be meant; Excel keeps no more digits either. */
export const LARGEST = Exact.of(10n ** 15n);
const SCIENTIFIC = /^\d(?:\.\d+)?e\+?(?:1[4-9]|2\d)$/i;
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An identity number by its form: 18 places, a birth date that can be, and the right check character. */
function looksLikeIdentityNumber(words: string): boolean {
  for (const match of words.matchAll(
    /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g,
  )) {
    const number = match[0];
    const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
    if ('10X98765432'[sum % 11] === number[17]?.toUpperCase()) return true;
  }
  return false;
}

/** Whether the cell may hold an identity number; if so it is reported, its contents are not. */
export function holdsIdentityNumber(
  cell: SheetCell,
  words: string,
  column: FoundColumn,
  findings: SheetFindings,
): boolean {
  const type = column.schema.type;
  const numeric = type === 'number' || type === 'money' || type === 'date';
  const stored = cell.type === 'n' ? cellNumber(cell) : undefined;
  const tooLong =
    !numeric && (stored?.abs().ge(LARGEST) === true || (words.length < 30 && SCIENTIFIC.test(words.normalize('NFKC'))));
  if (tooLong) {
    findings.onCell(
      'long-number-as-number',
      'error',
      text(
        '长号码（如身份证号、凭证号）被存成了数字，末尾几位已经丢失；请把单元格设为文本后重新录入。',
        'a long number (identity or voucher number) was stored as a number and has lost its last digits; format the cell as text and type it again.',
      ),
      cell.address,
    );
    return true;
  }
  if (words.length < 18 || !looksLikeIdentityNumber(words.normalize('NFKC'))) return false;
  findings.onCell(
    'identity-number-in-book',
    'error',
    text(
      '单元格里有身份证号；项目工作簿不收身份证号，请改填人员编号或删去。',
      'the cell holds an identity number; a project workbook takes none: use the person code or delete it.',
    ),
    cell.address,
  );
  return true;
}
