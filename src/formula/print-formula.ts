import type { Expression } from './syntax.ts';

const LEVEL = new Map([
  ['或', 1],
  ['且', 2],
  ['=', 4],
  ['<>', 4],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
]);
const SIGN = new Map([
  ['<>', '≠'],
  ['<=', '≤'],
  ['>=', '≥'],
  ['*', '×'],
  ['/', '÷'],
  ['-', '-'],
]);
const RESERVED = new Set(['且', '并且', '或', '或者', '非', 'AND', 'OR', 'NOT']);

/** The formula in its one canonical spelling: what origins and lineage pages show. `print ∘ parse` is a fixpoint. */
export function printFormula(expression: Expression): string {
  return print(expression, 0);
}

function print(expression: Expression, outer: number): string {
  switch (expression.kind) {
    case 'number':
      return `${expression.value.toString()}${expression.unit?.symbol ?? ''}`;
    case 'text':
      return printText(expression.value);
    case 'date':
      return expression.value;
    case 'name':
      return printName(expression.name);
    case 'column':
      return `${printName(expression.table)}.${printName(expression.column)}`;
    case 'call':
      return `${expression.name}(${expression.args.map((arg) => print(arg, 0)).join(', ')})`;
    case 'minus':
      return wrap(`-${print(expression.of, 7)}`, outer > 6);
    case 'not':
      return wrap(`非 ${print(expression.of, 3)}`, outer > 3);
    case 'binary': {
      const level = LEVEL.get(expression.operator) ?? 0;
      // Comparisons do not chain, so both sides need the next level; the others read from the left.
      const left = print(expression.left, level === 4 ? 5 : level);
      const right = print(expression.right, level + 1);
      return wrap(`${left} ${SIGN.get(expression.operator) ?? expression.operator} ${right}`, outer > level);
    }
  }
}

function printText(value: string): string {
  // A text was written between one of these pairs, so at least that one fits.
  const pairs = ['""', '“”', "''", '‘’', '「」'];
  const fits = pairs.find((pair) => !Array.from(pair).some((quote) => value.includes(quote))) ?? '""';
  return `${fits.slice(0, 1)}${value}${fits.slice(1)}`;
}

function wrap(printed: string, needed: boolean): string {
  return needed ? `(${printed})` : printed;
}

function printName(name: string): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !RESERVED.has(name.toUpperCase());
  // A word that begins like 且 could be split after a quotation mark.
  return plain && !/^[且或]|^并且/.test(name) ? name : `[${name}]`;
}
