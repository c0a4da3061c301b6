import { Exact, findUnit, halfWidth, PERCENT, parseDate, type Unit } from '../quantity/index.ts';
import { formulaProblem, SyntaxFault } from './formula-problem.ts';
import type { BinaryOperator, Span } from './syntax.ts';

export type Token = Span &
  (
    | { readonly kind: 'number'; readonly value: Exact; readonly unit: Unit | undefined }
    | { readonly kind: 'text' | 'date'; readonly value: string }
    /** `quoted`: written in [ ], never a word of the language. */
    | { readonly kind: 'name'; readonly value: string; readonly quoted: boolean }
    | { readonly kind: 'operator'; readonly value: BinaryOperator | '非' }
    | { readonly kind: 'mark'; readonly value: '(' | ')' | ',' | '.' }
    | { readonly kind: 'end' }
  );

const SPACE = /[ \t\r\n]+/y;
const DATE = /\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{4}年\d{1,2}月\d{1,2}日/y;
// No thousands separators: 最大(1,234) has two arguments.
const NUMBER = /\d+(?:\.\d+)?/y;
const UNIT = /[%‰]|\p{Script=Han}+(?:\/\p{Script=Han}+(?:[·]\p{Script=Han}+)*)?/uy;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const OPERATOR = /<>|!=|≠|<=|=<|≤|≦|《=|>=|=>|≥|≧|》=|==|[=<>《》+\-*/×÷]/y;
const QUOTES = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
]);
const OPERATORS = new Map<string, BinaryOperator>([
  ['!=', '<>'],
  ['≠', '<>'],
  ['=<', '<='],
  ['≤', '<='],
  ['≦', '<='],
  ['《=', '<='],
  ['=>', '>='],
  ['≥', '>='],
  ['≧', '>='],
  ['》=', '>='],
  ['==', '='],
  ['《', '<'],
  ['》', '>'],
  ['×', '*'],
  ['÷', '/'],
]);
const WORDS = new Map<string, BinaryOperator | '非'>([
  ['且', '且'],
  ['并且', '且'],
  ['AND', '且'],
  ['或', '或'],
  ['或者', '或'],
  ['OR', '或'],
  ['非', '非'],
  ['NOT', '非'],
]);

function at(pattern: RegExp, input: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(input)?.[0];
}

/** @throws SyntaxFault at the first character that cannot be read. */
export function tokenize(formula: string): readonly Token[] {
  const plain = halfWidth(formula);
  const tokens: Token[] = [];
  let position = 0;
  // A clerk who knows Excel begins with "=".
  const lead = /^\s*=/.exec(plain);
  if (lead !== null) position = lead[0].length;
  while (position < plain.length) {
    const space = at(SPACE, plain, position);
    if (space !== undefined) {
      position += space.length;
      continue;
    }
    const token = readToken(formula, plain, position, tokens.at(-1));
    tokens.push(token);
    position = token.end;
  }
  tokens.push({ kind: 'end', start: formula.length, end: formula.length });
  return tokens;
}

function readToken(formula: string, plain: string, start: number, previous: Token | undefined): Token {
  const char = plain[start] ?? '';
  const closing = QUOTES.get(char) ?? QUOTES.get(formula[start] ?? '');
  if (closing !== undefined) return readQuoted(formula, plain, start, closing);
  if (char === '[' || formula[start] === '【') return readBracketed(formula, plain, start);
  const date = at(DATE, plain, start);
  if (date !== undefined) {
    const value = parseDate(date);
    const end = start + date.length;
    if (value === undefined)
      throw new SyntaxFault(
        formulaProblem('formula-syntax', { start, end }, `没有 ${date} 这一天`, `there is no day ${date}`),
      );
    return { kind: 'date', value, start, end };
  }
  if (/\d/.test(char)) return readNumber(plain, start);
  if (char === '(' || char === ')' || char === ',' || char === '.')
    return { kind: 'mark', value: char, start, end: start + 1 };
  if (char === ';' || char === '、') return { kind: 'mark', value: ',', start, end: start + 1 };
  const operator = at(OPERATOR, plain, start);
  if (operator !== undefined)
    return {
      kind: 'operator',
      value: OPERATORS.get(operator) ?? (operator as BinaryOperator),
      start,
      end: start + operator.length,
    };
  const name = at(NAME, plain, start);
  if (name !== undefined) {
    // "举办"且类别=…: no blank is needed after something that cannot be part of a name.
    const glued =
      previous !== undefined && (previous.kind === 'text' || previous.kind === 'date' || isClosing(previous));
    const value = glued ? (/^(?:并且|或者|且|或)/.exec(name)?.[0] ?? name) : name;
    const word = WORDS.get(value) ?? WORDS.get(value.toUpperCase());
    const span = { start, end: start + value.length };
    return word === undefined
      ? { kind: 'name', value, quoted: false, ...span }
      : { kind: 'operator', value: word, ...span };
  }
  const span = { start, end: start + 1 };
  if (char === ':')
    throw new SyntaxFault(
      formulaProblem(
        'formula-syntax',
        span,
        '公式里不用单元格地址，写表名和列名，如 医疗救助.金额',
        'cell addresses are not used in formulas; write a sheet and a column, such as 医疗救助.金额',
      ),
    );
  throw new SyntaxFault(
    formulaProblem('formula-syntax', span, `读不懂“${formula[start] ?? ''}”`, `cannot read “${formula[start] ?? ''}”`),
  );
}

function isClosing(token: Token): boolean {
  return (token.kind === 'mark' && token.value === ')') || (token.kind === 'name' && token.quoted);
}

function readQuoted(formula: string, plain: string, start: number, closing: string): Token {
  // Full-width quotes are often typed as two of the same kind.
  let end = start + 1;
  while (
    end < formula.length &&
    formula[end] !== closing &&
    plain[end] !== closing &&
    !(closing === '”' && formula[end] === '“')
  )
    end += 1;
  if (end >= formula.length)
    throw new SyntaxFault(
      formulaProblem('formula-syntax', { start, end }, '引号没有结束', 'the quotation mark is not closed'),
    );
  return { kind: 'text', value: formula.slice(start + 1, end), start, end: end + 1 };
}

function readBracketed(formula: string, plain: string, start: number): Token {
  let end = start + 1;
  while (end < formula.length && plain[end] !== ']' && formula[end] !== '】') end += 1;
  const value = formula.slice(start + 1, end).trim();
  if (end >= formula.length || value === '')
    throw new SyntaxFault(
      formulaProblem(
        'formula-syntax',
        { start, end },
        '方括号里要有名称并且要结束',
        'a name in [ ] must be there and closed',
      ),
    );
  return { kind: 'name', value, quoted: true, start, end: end + 1 };
}

function readNumber(plain: string, start: number): Token {
  const digits = at(NUMBER, plain, start) ?? '';
  let end = start + digits.length;
  if (digits.length > 40)
    throw new SyntaxFault(formulaProblem('formula-limit', { start, end }, '数太长', 'the number is too long'));
  const value = Exact.of(digits);
  const suffix = at(UNIT, plain, end);
  if (suffix === undefined) return { kind: 'number', value, unit: undefined, start, end };
  if (suffix === '%') return { kind: 'number', value, unit: PERCENT, start, end: end + 1 };
  // 400元/人 is one figure, 1000元/任务数 a division.
  const word = /^且|^或/.test(suffix) ? undefined : longestUnit(suffix);
  if (/^且|^或/.test(suffix)) return { kind: 'number', value, unit: undefined, start, end };
  if (word === undefined)
    throw new SyntaxFault(
      formulaProblem(
        'formula-syntax',
        { start: end, end: end + suffix.length },
        `“${suffix}”不是单位；数和名称之间要有运算符`,
        `“${suffix}” is not a unit; put an operator between a number and a name`,
      ),
    );
  end += word.text.length;
  return { kind: 'number', value, unit: word.unit, start, end };
}

function longestUnit(suffix: string): { text: string; unit: Unit } | undefined {
  const [head = '', ...rest] = suffix.split('/');
  const known = findUnit(head);
  if (known === undefined) return undefined;
  const parts = rest.flatMap((part) => part.split('·'));
  const compound =
    parts.length > 0 && parts.every((part) => findUnit(part) !== undefined) ? findUnit(suffix) : undefined;
  return compound === undefined ? { text: head, unit: known } : { text: suffix, unit: compound };
}
