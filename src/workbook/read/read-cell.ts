import { cellDate, cellNumber, type SheetCell } from '../../document/index.ts';
import type { ColumnSchema } from '../../ledger/index.ts';
import { text } from '../../problem/index.ts';
import {
  convert,
  Exact,
  findUnit,
  isCount,
  NO_UNIT,
  POINT,
  printScaled,
  sameDimension,
  type Unit,
} from '../../quantity/index.ts';
import type { SheetFindings } from './findings.ts';
import { cellWords, isPlaceholder, nearestChoice, plainWords, quoted } from './plain-words.ts';
import { readDateText } from './read-date.ts';
import { readNumberText } from './read-number.ts';

/** A column of one sheet as found: what it holds and the unit its heading carries. */
export interface FoundColumn {
  readonly key: string;
  readonly schema: ColumnSchema;
  /** Unit of the schema; `undefined` where the column has none. */
  readonly unit: Unit | undefined;
  /** Unit of the figures as written under this heading; differs from `unit` when the heading says so. */
  readonly written: Unit | undefined;
}

export type CellValue = Exact | string | boolean | readonly string[];

const LARGEST = Exact.of(10n ** 15n);

export function unitOf(schema: ColumnSchema): Unit | undefined {
  if (schema.type !== 'number' && schema.type !== 'money') return undefined;
  return unitNamed(schema.unit ?? '', schema);
}

/** 分 is a point of the score sheet in a number column and 0.01 元 in a money column. */
export function unitNamed(symbol: string, schema: ColumnSchema): Unit | undefined {
  return symbol === '分' && schema.type === 'number' ? POINT : findUnit(symbol);
}

/**
 * The value of one cell under its column, or `undefined` when the cell is blank or faulty. Every fault and every
 * conversion that needed judgement goes to `findings`; contents of a cell that may be an identity number never do.
 */
export function readCell(cell: SheetCell, column: FoundColumn, findings: SheetFindings): CellValue | undefined {
  const at = cell.address;
  if (column.schema.type === 'formula' && cell.formula !== undefined && /\p{Script=Han}/u.test(cell.formula)) {
    findings.onCell(
      'formula-with-equals',
      'notice',
      text(
        '公式前多了等号，已按公式文字读取；这一列直接写文字，前面不加等号。',
        'the formula was typed with an equals sign and is read as its words; type it without.',
      ),
      at,
    );
    return cell.formula.trim();
  }
  if (cell.type === 'e') {
    const hint = column.schema.type === 'formula' ? '；这一列直接写公式文字，前面不要加等号' : '';
    findings.onCell(
      'cell-error-value',
      'error',
      text(
        `单元格是错误值 ${errorName(cell.raw)}；请改正公式或直接填写结果${hint}。`,
        `the cell holds the error ${errorName(cell.raw)}; mend its formula or type the result.`,
      ),
      at,
    );
    return undefined;
  }
  if (cell.formula !== undefined && cell.raw === '' && cell.type !== 'str') {
    findings.onCell(
      'formula-without-result',
      'error',
      text(
        '公式没有保存计算结果；请用表格软件打开、重新计算并保存，或直接填写结果。',
        'the formula has no stored result; recalculate and save the file, or type the result.',
      ),
      at,
    );
    return undefined;
  }
  const words = cellWords(cell.raw);
  if (words === '') return undefined;
  if (holdsIdentityNumber(cell, words, column, findings)) return undefined;
  switch (column.schema.type) {
    case 'number':
    case 'money':
      return readNumber(cell, words, column, findings);
    case 'date':
      return readDate(cell, words, findings);
    case 'flag':
      return readFlag(cell, words, findings);
    case 'choice':
      return readChoice(cell, words, column.schema, findings);
    case 'list':
      return splitList(readText(cell, words));
    case 'text':
    case 'long-text':
    case 'formula':
      return readText(cell, words);
  }
}

function errorName(raw: string): string {
  return /^#[A-Z0-9/!?_]{1,20}$/.test(raw) ? raw : '#?';
}

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

function holdsIdentityNumber(cell: SheetCell, words: string, column: FoundColumn, findings: SheetFindings): boolean {
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

function readNumber(cell: SheetCell, words: string, column: FoundColumn, findings: SheetFindings): Exact | undefined {
  const { schema } = column;
  const fault = (rule: string, zh: string, en: string): undefined => {
    findings.onCell(rule, 'error', text(zh, en), cell.address);
    return undefined;
  };
  let value: Exact;
  let written = column.written;
  const stored = cellNumber(cell);
  if (cell.type === 'n' && stored !== undefined) {
    if (cellDate(cell) !== undefined)
      return fault(
        'number-is-date',
        `“${schema.name}”应填数字，单元格却是日期格式；请把格式改为常规后重新填写。`,
        `“${schema.name}” takes a number but the cell is a date; set the format to General and type it again.`,
      );
    value = stored;
    if (isPercentFormat(cell.format)) {
      value = stored.mul(Exact.hundred);
      if (schema.unit !== '%')
        findings.onCell(
          'percent-in-column',
          'warning',
          text(
            `单元格是百分比格式，按 ${value.toString()} 读取；请确认。`,
            `the cell has a percent format and is read as ${value.toString()}; please confirm.`,
          ),
          cell.address,
        );
    } else if (schema.unit === '%' && value.sign > 0 && value.le(Exact.one))
      findings.onCell(
        'percent-as-fraction',
        'warning',
        text(
          `按 ${value.toString()}% 读取；如果本意是 ${value.mul(Exact.hundred).toString()}%，请改填。`,
          `read as ${value.toString()}%; if ${value.mul(Exact.hundred).toString()}% was meant, type that.`,
        ),
        cell.address,
      );
  } else if (cell.type === 'b' || cell.type === 'd') {
    return fault(
      'cell-not-a-number',
      `“${schema.name}”应填数字；请改填数字。`,
      `“${schema.name}” takes a number; type one.`,
    );
  } else {
    if (isPlaceholder(words)) {
      notePlaceholder(cell, words, findings);
      return undefined;
    }
    const reading = readNumberText(words);
    if (reading.kind === 'none')
      return fault(
        'cell-not-a-number',
        schema.personal
          ? `“${schema.name}”应填数字；请改填数字。`
          : `“${schema.name}”应填数字，现为“${quoted(words)}”${reading.why === '' ? '' : `（${reading.why}）`}；请只填数字。`,
        schema.personal
          ? `“${schema.name}” takes a number; type one.`
          : `“${schema.name}” takes a number, not “${quoted(words)}”; type digits only.`,
      );
    value = reading.value;
    if (reading.unit !== undefined) {
      const own = reading.unit.symbol === '分' && schema.unit === '分' ? POINT : reading.unit;
      const expected = column.unit ?? NO_UNIT;
      if (!sameDimension(own, expected) && !(schema.unit === '' && expected.dimension === 'ratio'))
        return fault(
          'unit-differs',
          `“${headingName(schema)}”里写了“${quoted(words)}”，单位不对；请改成${schema.unit === '' ? '不带单位的数字' : `以${schema.unit}计的数字`}。`,
          `“${schema.name}” is counted in ${schema.unit || 'no unit'}, not in ${own.symbol}.`,
        );
      if (schema.unit === '') written = undefined;
      else {
        if (!own.factor.eq(expected.factor))
          findings.onCell(
            'unit-converted',
            'notice',
            text(
              `“${quoted(words)}”换算为 ${convert(value, own, expected).toString()}${schema.unit}。`,
              `“${quoted(words)}” was converted to ${convert(value, own, expected).toString()} ${schema.unit}.`,
            ),
            cell.address,
          );
        written = own;
      }
    }
  }
  if (column.unit !== undefined && written !== undefined) value = convert(value, written, column.unit);
  if (value.abs().ge(LARGEST))
    return fault(
      'number-out-of-range',
      `“${schema.name}”的数字大得不可能；请核对。`,
      `the number in “${schema.name}” is impossibly large; check it.`,
    );
  if (value.sign < 0 && !schema.negative)
    return fault(
      'negative-not-allowed',
      `“${schema.name}”不能是负数（${value.toString()}）；请核对，减少的金额用相应的类型表示。`,
      `“${schema.name}” cannot be negative (${value.toString()}); check it, and use the proper kind for a decrease.`,
    );
  if (schema.bounds !== undefined && (value.lt(Exact.of(schema.bounds.low)) || value.gt(Exact.of(schema.bounds.high))))
    return fault(
      'number-out-of-range',
      `“${schema.name}”应在 ${schema.bounds.low} 到 ${schema.bounds.high} 之间，现为 ${value.toString()}。`,
      `“${schema.name}” must lie between ${schema.bounds.low} and ${schema.bounds.high}, not ${value.toString()}.`,
    );
  const whole = (column.unit !== undefined && isCount(column.unit)) || schema.bounds !== undefined;
  if (whole && !value.isInteger)
    return fault(
      'count-not-whole',
      `“${schema.name}”应是整数，现为 ${value.toString()}；请核对。`,
      `“${schema.name}” counts things and must be whole, not ${value.toString()}.`,
    );
  return value;
}

function headingName(schema: ColumnSchema): string {
  return schema.unit === undefined || schema.unit === '' ? schema.name : `${schema.name}（${schema.unit}）`;
}

function notePlaceholder(cell: SheetCell, words: string, findings: SheetFindings): void {
  findings.onCell(
    'placeholder-as-blank',
    'notice',
    text(`“${quoted(words)}”按空白处理。`, `“${quoted(words)}” is taken as blank.`),
    cell.address,
  );
}

const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

function readDate(cell: SheetCell, words: string, findings: SheetFindings): string | undefined {
  const fault = (zh: string, en: string): undefined => {
    findings.onCell('cell-not-a-date', 'error', text(zh, en), cell.address);
    return undefined;
  };
  const bounded = (date: string): string | undefined => {
    const year = Number(date.slice(0, 4));
    if (year >= FIRST_YEAR && year <= LAST_YEAR) return date;
    return fault(`日期 ${date} 的年份不合理；请核对。`, `the year of ${date} cannot be right; check it.`);
  };
  const shown = cellDate(cell);
  if (shown !== undefined) return bounded(shown);
  if (cell.type === 'n' && !/^(?:19|20)\d{6}$/.test(words)) {
    const date = cellDate({ ...cell, format: 'yyyy-mm-dd' });
    const year = Number((date ?? '').slice(0, 4));
    if (date === undefined || year < FIRST_YEAR || year > LAST_YEAR || !/^\d{5}(?:\.\d+)?$/.test(words))
      return fault(
        `“${quoted(words)}”不是日期；请按 2023-07-11 的样子填写。`,
        `“${quoted(words)}” is no date; write it like 2023-07-11.`,
      );
    findings.onCell(
      'date-from-serial',
      'warning',
      text(
        `单元格是数字 ${quoted(words)}，按日期序号读作 ${date}；请确认并设为日期格式。`,
        `the number ${quoted(words)} is read as the date ${date}; confirm it and format the cell as a date.`,
      ),
      cell.address,
    );
    return date;
  }
  if (isPlaceholder(words)) {
    notePlaceholder(cell, words, findings);
    return undefined;
  }
  const reading = readDateText(words);
  if (reading.kind === 'day') return bounded(reading.date);
  if (reading.kind === 'month') {
    findings.onCell(
      'date-month-only',
      'warning',
      text(
        `“${quoted(words)}”只写到月，暂按当月最后一天 ${reading.date} 读取；请补上日。`,
        `“${quoted(words)}” names no day and is read as the month's last, ${reading.date}; please add the day.`,
      ),
      cell.address,
    );
    return bounded(reading.date);
  }
  const why = {
    'no-year': '没有写年份',
    'two-digit-year': '年份只有两位',
    'year-only': '只写了年份',
    'not-real': '没有这一天',
    'not-a-date': '不是日期',
  }[reading.why];
  return fault(
    `“${quoted(words)}”${why}；请按 2023-07-11 的样子填写。`,
    `“${quoted(words)}” is not a full date (${reading.why}); write it like 2023-07-11.`,
  );
}

const YES = new Set(['是', '√', '✓', '✔', 'y', 'yes', 'true', '1', '有']);
const NO = new Set(['否', '×', '✗', '✘', 'x', 'n', 'no', 'false', '0', '不是', '无']);

function readFlag(cell: SheetCell, words: string, findings: SheetFindings): boolean | undefined {
  const plain = plainWords(words);
  const value = YES.has(plain) ? true : NO.has(plain) ? false : undefined;
  if (value === undefined)
    findings.onCell(
      'choice-not-listed',
      'error',
      text(`应填“是”或“否”，现为“${quoted(words)}”。`, `write 是 or 否, not “${quoted(words)}”.`),
      cell.address,
    );
  else if (plain !== '是' && plain !== '否')
    findings.onCell(
      'choice-by-likeness',
      'notice',
      text(
        `“${quoted(words)}”按“${value ? '是' : '否'}”读取。`,
        `“${quoted(words)}” is read as ${value ? '是' : '否'}.`,
      ),
      cell.address,
    );
  return value;
}

function readChoice(cell: SheetCell, words: string, schema: ColumnSchema, findings: SheetFindings): string | undefined {
  const choices = schema.choices ?? [];
  const plain = plainWords(words);
  const exact = choices.find((choice) => plainWords(choice) === plain);
  if (exact !== undefined) return exact;
  const near = nearestChoice(words, choices);
  findings.onCell(
    'choice-not-listed',
    'error',
    text(
      `“${schema.name}”没有“${quoted(words)}”这一项；${near === undefined ? '' : `最接近的是“${near}”，`}可选：${choices.join('、')}。`,
      `“${schema.name}” has no choice “${quoted(words)}”${near === undefined ? '' : `; the nearest is “${near}”`}. Choices: ${choices.join(', ')}.`,
    ),
    cell.address,
  );
  return undefined;
}

/** The words of a text column; a number keeps its percent sign or becomes the date it shows. */
function readText(cell: SheetCell, words: string): string {
  if (cell.type === 'b') return cell.raw === '1' ? '是' : '否';
  const stored = cell.type === 'n' ? cellNumber(cell) : undefined;
  if (stored === undefined) return words;
  const date = cellDate(cell);
  if (date !== undefined) return date;
  if (isPercentFormat(cell.format)) return `${stored.mul(Exact.hundred).toString()}%`;
  // Codes such as 00031 kept as numbers under the format 00000.
  const zeros = /^0{2,20}$/.exec(cell.format);
  if (zeros !== null && stored.isInteger && stored.sign >= 0)
    return printScaled(stored.numerator, 0).padStart(cell.format.length, '0');
  return stored.toString();
}

/** Entries of a list cell; marks inside 《》, （） or “” belong to the entry. */
export function splitList(words: string): readonly string[] | undefined {
  const entries: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of words) {
    if ('《（(“「〔['.includes(character)) depth += 1;
    else if ('》）)”」〕]'.includes(character)) depth = Math.max(0, depth - 1);
    if ((depth === 0 && '、，,；;'.includes(character)) || character === '\n') {
      if (character === '\n') depth = 0;
      entries.push(current);
      current = '';
    } else current += character;
  }
  entries.push(current);
  const filled = entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
  return filled.length === 0 ? undefined : filled;
}

function isPercentFormat(format: string): boolean {
  return format.replace(/"[^"]*"|\\./g, '').includes('%');
}
