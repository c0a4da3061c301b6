import { type FormulaProblem, formulaProblem, SyntaxFault } from './formula-problem.ts';
import { findFunction, functionNames } from './functions.ts';
import { FORMULA_LIMITS, type FormulaLimits } from './limits.ts';
import { closest } from './suggest.ts';
import type { BinaryOperator, Expression, Span } from './syntax.ts';
import { type Token, tokenize } from './tokens.ts';

export type Parsed = { readonly expression: Expression } | { readonly problem: FormulaProblem };

const COMPARISONS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

/** Reads a formula by the grammar of docs/handbook/formula.md. Syntax only: names are not looked up. */
export function parseFormula(formula: string, limits: FormulaLimits = FORMULA_LIMITS): Parsed {
  if (formula.length > limits.length)
    return {
      problem: formulaProblem(
        'formula-limit',
        { start: 0, end: formula.length },
        `公式有 ${formula.length} 个字，最多 ${limits.length} 个；请分成几个指标`,
        `the formula has ${formula.length} characters, at most ${limits.length} are allowed; split it`,
      ),
    };
  try {
    return { expression: new Parser(tokenize(formula), limits.depth).whole() };
  } catch (error) {
    if (error instanceof SyntaxFault) return { problem: error.problem };
    throw error;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #maxDepth: number;
  #position = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], maxDepth: number) {
    this.#tokens = tokens;
    this.#maxDepth = maxDepth;
  }

  whole(): Expression {
    if (this.#peek().kind === 'end') throw this.#fault(this.#peek(), '公式是空的', 'the formula is empty');
    const expression = this.#or();
    const rest = this.#peek();
    if (rest.kind !== 'end') {
      if (rest.kind === 'mark' && rest.value === ')') throw this.#fault(rest, '多了一个“)”', 'one “)” too many');
      throw this.#fault(rest, '这里应当是运算符或结尾', 'an operator or the end is expected here');
    }
    return expression;
  }

  #peek(): Token {
    const token = this.#tokens[this.#position] ?? this.#tokens.at(-1);
    if (token === undefined) throw new TypeError('no tokens');
    return token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#position += 1;
    return token;
  }

  #fault(span: Span, zh: string, en: string, suggestion?: string): SyntaxFault {
    return new SyntaxFault(formulaProblem('formula-syntax', span, zh, en, suggestion));
  }

  #operator(accept: (value: string) => boolean): BinaryOperator | undefined {
    const token = this.#peek();
    if (token.kind !== 'operator' || token.value === '非' || !accept(token.value)) return undefined;
    this.#position += 1;
    return token.value;
  }

  #nested<T>(span: Span, read: () => T): T {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth)
      throw new SyntaxFault(
        formulaProblem(
          'formula-limit',
          span,
          `括号和函数套得太深，最多 ${this.#maxDepth} 层`,
          `nested too deeply, at most ${this.#maxDepth} levels`,
        ),
      );
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #chain(accept: (value: string) => boolean, read: () => Expression): Expression {
    let left = read();
    for (;;) {
      const operator = this.#operator(accept);
      if (operator === undefined) return left;
      const right = read();
      left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
    }
  }

  #or(): Expression {
    return this.#chain(
      (value) => value === '或',
      () => this.#and(),
    );
  }

  #and(): Expression {
    return this.#chain(
      (value) => value === '且',
      () => this.#not(),
    );
  }

  #not(): Expression {
    const token = this.#peek();
    if (token.kind !== 'operator' || token.value !== '非') return this.#comparison();
    this.#take();
    const of = this.#nested(token, () => this.#not());
    return { kind: 'not', of, start: token.start, end: of.end };
  }

  #comparison(): Expression {
    const left = this.#sum();
    const operator = this.#operator((value) => COMPARISONS.has(value));
    if (operator === undefined) return left;
    const right = this.#sum();
    const next = this.#peek();
    if (next.kind === 'operator' && COMPARISONS.has(next.value))
      throw this.#fault(
        next,
        '一次只比较两个值，分成两个条件用“且”连起来',
        'compare two values at a time and join the comparisons with 且',
      );
    return { kind: 'binary', operator, left, right, start: left.start, end: right.end };
  }

  #sum(): Expression {
    return this.#chain(
      (value) => value === '+' || value === '-',
      () => this.#product(),
    );
  }

  #product(): Expression {
    return this.#chain(
      (value) => value === '*' || value === '/',
      () => this.#signed(),
    );
  }

  #signed(): Expression {
    const token = this.#peek();
    if (token.kind === 'operator' && (token.value === '-' || token.value === '+')) {
      this.#take();
      const of = this.#nested(token, () => this.#signed());
      return token.value === '+' ? of : { kind: 'minus', of, start: token.start, end: of.end };
    }
    return this.#primary();
  }

  #primary(): Expression {
    const token = this.#take();
    const { start, end } = token;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: token.value, unit: token.unit, start, end };
      case 'text':
        return { kind: 'text', value: token.value, start, end };
      case 'date':
        return { kind: 'date', value: token.value, start, end };
      case 'name':
        return this.#name(token);
      case 'mark':
        if (token.value !== '(') break;
        return this.#nested(token, () => {
          const inner = this.#or();
          return { ...inner, start, end: this.#close(token) };
        });
      case 'operator':
      case 'end':
        break;
    }
    throw token.kind === 'end'
      ? this.#fault(token, '公式没有写完', 'the formula is not finished')
      : this.#fault(token, '这里应当是一个值', 'a value is expected here');
  }

  #name(token: Token & { kind: 'name' }): Expression {
    const next = this.#peek();
    if (next.kind === 'mark' && next.value === '.') {
      this.#take();
      const column = this.#take();
      if (column.kind !== 'name') throw this.#fault(column, '“.”后面应当是列名', 'a column name is expected after “.”');
      return { kind: 'column', table: token.value, column: column.value, start: token.start, end: column.end };
    }
    if (token.quoted || next.kind !== 'mark' || next.value !== '(')
      return { kind: 'name', name: token.value, start: token.start, end: token.end };
    const kind = findFunction(token.value);
    if (kind === undefined)
      throw new SyntaxFault(
        formulaProblem(
          'formula-unknown-name',
          token,
          `没有函数“${token.value}”`,
          `there is no function “${token.value}”`,
          closest(token.value, functionNames()),
        ),
      );
    return this.#nested(token, () => {
      this.#take();
      const args: Expression[] = [];
      const empty = this.#peek();
      if (!(empty.kind === 'mark' && empty.value === ')')) {
        args.push(this.#or());
        while (this.#isComma()) args.push(this.#or());
      }
      return { kind: 'call', name: kind.name, args, start: token.start, end: this.#close(next) };
    });
  }

  #isComma(): boolean {
    const token = this.#peek();
    if (token.kind !== 'mark' || token.value !== ',') return false;
    this.#position += 1;
    return true;
  }

  #close(open: Span): number {
    const token = this.#take();
    if (token.kind === 'mark' && token.value === ')') return token.end;
    if (token.kind === 'end') throw this.#fault(open, '括号没有结束', 'the parenthesis is not closed');
    throw this.#fault(token, '这里应当是“,”或“)”', '“,” or “)” is expected here');
  }
}
