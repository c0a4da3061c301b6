import { cellDate, cellNumber, type SheetCell } from '../../document/index.ts';
import type { ColumnSchema } from '../../ledger/index.ts';
import { text } from '../../problem/index.ts';
import { Exact, printScaled } from '../../quantity/index.ts';
import type { SheetFindings } from './findings.ts';
import type { CellValue, FoundColumn } from './found-column.ts';
import { holdsIdentityNumber } from './identity-cell.ts';
import { cellWords, nearestChoice, plainWords, quoted } from './plain-words.ts';
import { readDateCell } from './read-date-cell.ts';
import { isPercentFormat, readNumberCell } from './read-number-cell.ts';

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
      return readNumberCell(cell, words, column, findings);
    case 'date':
      return readDateCell(cell, words, findings);
    case 'flag':
      return readFlag(cell, words, findings);
    case 'choice':
      return readChoice(cell, words, column.schema, findings);
    case 'list':
      return readList(cell, words, column.schema, findings);
    case 'text':
    case 'long-text':
    case 'formula':
      return readText(cell, words);
  }
}

function errorName(raw: string): string {
  return /^#[A-Z0-9/!?_]{1,20}$/.test(raw) ? raw : '#?';
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
      text(`应填“是”或“否”，现为“${quoted(words)}”。`, `write “是” (yes) or “否” (no), not “${quoted(words)}”.`),
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
  const meant = Object.entries(schema.choiceSynonyms ?? {}).find(([written]) => plainWords(written) === plain)?.[1];
  if (meant !== undefined) {
    findings.onCell(
      'choice-by-likeness',
      'notice',
      text(`“${quoted(words)}”按“${meant}”读取。`, `“${quoted(words)}” is read as “${meant}”.`),
      cell.address,
    );
    return meant;
  }
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

/** The entries of a list; of a list with choices only those. */
function readList(
  cell: SheetCell,
  words: string,
  schema: ColumnSchema,
  findings: SheetFindings,
): readonly string[] | undefined {
  const entries = splitList(readText(cell, words));
  if (schema.choices === undefined || entries === undefined) return entries;
  const chosen = entries.flatMap((entry) => readChoice(cell, entry, schema, findings) ?? []);
  return chosen.length === 0 ? undefined : chosen;
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
function splitList(words: string): readonly string[] | undefined {
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
