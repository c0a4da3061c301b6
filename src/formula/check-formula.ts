import { DAY, isCount, NO_UNIT } from '../quantity/index.ts';
import { agree, unlike } from './agree.ts';
import {
  type Aggregate,
  type Checked,
  type CheckedNumber,
  cell,
  converted,
  isNumber,
  typeName,
  type ValueType,
} from './checked.ts';
import { type FormulaProblem, type FormulaRule, formulaProblem } from './formula-problem.ts';
import { type FunctionKind, type FunctionName, functionKind } from './functions.ts';
import { printFormula } from './print-formula.ts';
import type { FormulaColumnSchema, FormulaTableSchema } from './schema.ts';
import type { Scope } from './scope.ts';
import type { Expression, Span } from './syntax.ts';
import { productUnit, quotientUnit } from './unit-algebra.ts';

const COMPARE: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

/** Resolves names, types and units. `undefined` where something is wrong; every fault found is pushed to `problems`. */
export function checkFormula(expression: Expression, scope: Scope, problems: FormulaProblem[]): Checked | undefined {
  const checked = new Checker(scope, problems).value(expression);
  if (checked === undefined) return undefined;
  if (checked.type.kind === 'truth') {
    problems.push(
      formulaProblem(
        'formula-type',
        expression,
        '这是一个条件，指标要的是一个值',
        'this is a condition, an indicator needs a value',
        `如果(${printFormula(expression)}, 1, 0)`,
      ),
    );
    return undefined;
  }
  return checked;
}

class Checker {
  readonly #scope: Scope;
  readonly #problems: FormulaProblem[];
  /** The table whose rows the condition at hand looks at. */
  #table: FormulaTableSchema | undefined;

  constructor(scope: Scope, problems: FormulaProblem[]) {
    this.#scope = scope;
    this.#problems = problems;
  }

  #fault(rule: FormulaRule, span: Span, zh: string, en: string, suggestion?: string): undefined {
    this.#problems.push(formulaProblem(rule, span, zh, en, suggestion));
    return undefined;
  }

  #disagree(item: Checked, lead: Checked, span: Span): undefined {
    this.#problems.push(unlike(item, lead, span));
    return undefined;
  }

  value(expression: Expression): Checked | undefined {
    const { start, end } = expression;
    switch (expression.kind) {
      case 'number':
        return {
          kind: 'constant',
          value: expression.value,
          type: { kind: 'number', unit: expression.unit ?? NO_UNIT, literal: expression.unit === undefined },
          start,
          end,
        };
      case 'text':
        return { kind: 'constant', value: expression.value, type: { kind: 'text' }, start, end };
      case 'date':
        return { kind: 'constant', value: expression.value, type: { kind: 'date' }, start, end };
      case 'name':
        return this.#name(expression);
      case 'column':
        return this.#column(expression);
      case 'call':
        return this.#call(expression, functionKind(expression.name));
      case 'minus': {
        const of = this.#number(expression.of);
        return of === undefined ? undefined : { kind: 'minus', of, type: { ...of.type, literal: false }, start, end };
      }
      case 'not': {
        const of = this.#truth(expression.of);
        return of === undefined ? undefined : { kind: 'not', of, type: { kind: 'truth' }, start, end };
      }
      case 'binary':
        return this.#binary(expression);
    }
  }

  #name(expression: Expression & { kind: 'name' }): Checked | undefined {
    const { name, start, end } = expression;
    if (this.#table !== undefined) {
      const column = this.#scope.column(this.#table, name);
      if (column !== undefined) return cell(column, expression);
    }
    const scalar = this.#scope.scalar(name);
    if (scalar !== undefined) {
      const { type } = scalar;
      const valueType: ValueType =
        type === 'number' ? { kind: 'number', unit: scalar.unit ?? NO_UNIT, literal: false } : { kind: type };
      return { kind: 'scalar', name: scalar.name, type: valueType, start, end };
    }
    const indicator = this.#scope.indicator(name);
    if (indicator === 'broken') return undefined;
    if (indicator !== undefined) return { kind: 'indicator', name, type: indicator, start, end };
    const table = this.#scope.table(name);
    if (table !== undefined)
      return this.#fault(
        'formula-type',
        expression,
        `这里需要一个值，给的是一张表“${name}”`,
        `a value is needed here, “${name}” is a sheet`,
        `次数(${name})`,
      );
    return this.#fault(
      'formula-unknown-name',
      expression,
      this.#table === undefined ? `没有“${name}”` : `“${this.#table.name}”没有“${name}”这一列，也没有这个名称`,
      this.#table === undefined
        ? `“${name}” is unknown`
        : `“${name}” is neither a column of “${this.#table.name}” nor a name`,
      this.#scope.closest(name, this.#table),
    );
  }

  #isKnown(name: string): boolean {
    const column = this.#table === undefined ? undefined : this.#scope.column(this.#table, name);
    return [column, this.#scope.scalar(name), this.#scope.indicator(name)].some((item) => item !== undefined);
  }

  #lookUp(expression: Expression & { kind: 'column' }): [FormulaTableSchema, FormulaColumnSchema] | undefined {
    const table = this.#scope.table(expression.table);
    if (table === undefined)
      return this.#fault(
        'formula-unknown-name',
        expression,
        `没有表“${expression.table}”`,
        `there is no sheet “${expression.table}”`,
        this.#scope.closestTable(expression.table),
      );
    const column = this.#scope.column(table, expression.column);
    if (column !== undefined) return [table, column];
    const near = this.#scope.closestColumn(table, expression.column);
    return this.#fault(
      'formula-unknown-name',
      expression,
      `表“${table.name}”没有“${expression.column}”这一列`,
      `sheet “${table.name}” has no column “${expression.column}”`,
      near === undefined ? undefined : `${table.name}.${near}`,
    );
  }

  #column(expression: Expression & { kind: 'column' }): Checked | undefined {
    const found = this.#lookUp(expression);
    if (found === undefined) return undefined;
    const [table, column] = found;
    if (this.#table === table) return cell(column, expression);
    const written = printFormula(expression);
    if (this.#table !== undefined)
      return this.#fault(
        'formula-type',
        expression,
        `条件只能用“${this.#table.name}”自己的列`,
        `a condition can use columns of “${this.#table.name}” only`,
      );
    const numeric = column.type === 'number' || column.type === 'money';
    return this.#fault(
      'formula-type',
      expression,
      '这里需要一个值，给的是一列',
      'a value is needed here, this is a column',
      numeric ? `合计(${written})` : column.type === 'date' ? `最大(${written})` : `去重(${written})`,
    );
  }

  #call(expression: Expression & { kind: 'call' }, kind: FunctionKind): Checked | undefined {
    const { args } = expression;
    const first = args[0];
    switch (kind.role) {
      case 'rows':
      case 'distinct':
      case 'sum':
      case 'latest':
        return this.#aggregate(expression, kind, kind.role);
      case 'extreme':
        if (first?.kind === 'column' && this.#table === undefined) return this.#aggregate(expression, kind, 'extreme');
        return this.#extreme(expression, kind);
      case 'condition':
        return kind.name === '截至' ? this.#asOf(expression) : this.#containing(expression, kind);
      case 'value':
        if (kind.name === '如果') return this.#if(expression, kind);
        return kind.name === '天数' ? this.#days(expression, kind) : this.#round(expression, kind);
    }
  }

  #usage(expression: Expression, kind: FunctionKind): undefined {
    return this.#fault(
      'formula-type',
      expression,
      `“${kind.name}”的用法是 ${kind.usage}`,
      `${kind.name} is used as ${kind.usage}`,
    );
  }

  #aggregate(
    expression: Expression & { kind: 'call' },
    kind: FunctionKind,
    role: Aggregate['role'],
  ): Checked | undefined {
    const [source, ...rest] = expression.args;
    if (source === undefined) return this.#usage(expression, kind);
    if (this.#table !== undefined)
      return this.#fault(
        'formula-type',
        expression,
        '条件里不能再统计；先把它写成另一个指标',
        'a condition cannot count or add up; make it an indicator of its own',
      );
    let table: FormulaTableSchema;
    let column: FormulaColumnSchema | undefined;
    if (source.kind === 'column') {
      const found = this.#lookUp(source);
      if (found === undefined) return undefined;
      [table, column] = found;
      if (role === 'rows')
        return this.#fault(
          'formula-type',
          source,
          `${kind.name}数的是行，给的是一列`,
          `${kind.name} counts rows, this is a column`,
          column.type === 'text' ? `去重(${printFormula(source)})` : `合计(${printFormula(source)})`,
        );
    } else if (source.kind === 'name' && this.#scope.table(source.name) !== undefined) {
      const named = this.#scope.table(source.name);
      if (named === undefined) return undefined;
      table = named;
      if (role !== 'rows') {
        const wanted = table.columns.find((item) =>
          role === 'distinct' ? item.type === 'text' : item.type === 'money' || item.type === 'number',
        );
        return this.#fault(
          'formula-type',
          source,
          `${kind.name}要一列，给的是整张表“${table.name}”`,
          `${kind.name} needs a column, “${table.name}” is a whole sheet`,
          wanted === undefined ? undefined : `${kind.name}(${table.name}.${wanted.name})`,
        );
      }
    } else if (source.kind === 'name') {
      return this.#fault(
        'formula-unknown-name',
        source,
        `没有表“${source.name}”`,
        `there is no sheet “${source.name}”`,
        this.#scope.closestTable(source.name),
      );
    } else return this.#usage(expression, kind);

    const numeric = column?.type === 'number' || column?.type === 'money';
    if ((role === 'sum' || role === 'latest') && !numeric)
      return this.#fault(
        'formula-type',
        source,
        `${kind.name}只能用于数的列，“${column?.name ?? ''}”不是`,
        `${kind.name} needs a column of numbers, “${column?.name ?? ''}” is none`,
        `去重(${printFormula(source)})`,
      );
    if (role === 'distinct' && numeric)
      return this.#fault(
        'formula-type',
        source,
        `${kind.name}数不同的名称，“${column?.name ?? ''}”是数`,
        `${kind.name} counts different names, “${column?.name ?? ''}” is a number`,
        `合计(${printFormula(source)})`,
      );
    if (role === 'extreme' && column?.type === 'text')
      return this.#fault('formula-type', source, '文字没有最大最小', 'texts have no least or greatest');
    if (role === 'latest' && table.dateColumn === undefined) return this.#noDate(source, table);

    const conditions: Checked[] = [];
    this.#table = table;
    let sound = true;
    for (const item of rest) {
      const condition = this.#truth(item);
      if (condition === undefined) sound = false;
      else conditions.push(condition);
    }
    this.#table = undefined;
    if (!sound) return undefined;
    const type: ValueType =
      role === 'extreme' && column?.type === 'date'
        ? { kind: 'date' }
        : { kind: 'number', unit: kind.unit ?? column?.unit ?? NO_UNIT, literal: false };
    const aggregate = { role, name: kind.name, table, column, conditions, query: printFormula(expression) };
    return { kind: 'aggregate', aggregate, type, start: expression.start, end: expression.end };
  }

  #noDate(span: Span, table: FormulaTableSchema): undefined {
    return this.#fault('formula-type', span, `表“${table.name}”没有日期列`, `sheet “${table.name}” has no date column`);
  }

  #asOf(expression: Expression & { kind: 'call' }): Checked | undefined {
    const { args, start, end } = expression;
    const table = this.#table;
    if (table === undefined)
      return this.#fault(
        'formula-type',
        expression,
        '“截至”只作条件用，写在统计函数里',
        '截至 is a condition and stands inside a counting function',
        `次数(表, ${printFormula(expression)})`,
      );
    const [only, ...more] = args;
    if (only === undefined || more.length > 0) return this.#usage(expression, functionKind('截至'));
    const day = this.value(only);
    if (day === undefined) return undefined;
    if (day.type.kind !== 'date')
      return this.#fault('formula-type', only, '“截至”后面要一个日期', '截至 needs a date', '截至(2023-12-31)');
    const column = table.columns.find((item) => item.name === table.dateColumn);
    if (column === undefined) return this.#noDate(expression, table);
    const left = cell(column, expression);
    return { kind: 'binary', operator: '<=', left, right: day, type: { kind: 'truth' }, start, end };
  }

  #containing(expression: Expression & { kind: 'call' }, kind: FunctionKind): Checked | undefined {
    const [a, b, ...more] = expression.args;
    if (a === undefined || b === undefined || more.length > 0) return this.#usage(expression, kind);
    const args = [this.value(a), this.value(b)].filter((item) => item !== undefined);
    if (args.length < 2) return undefined;
    if (args.some((item) => item.type.kind !== 'text')) return this.#usage(expression, kind);
    return {
      kind: 'value-call',
      name: '包含',
      args,
      type: { kind: 'truth' },
      start: expression.start,
      end: expression.end,
    };
  }

  #extreme(expression: Expression & { kind: 'call' }, kind: FunctionKind): Checked | undefined {
    if (expression.args.length < 2) return this.#usage(expression, kind);
    return this.#alike(expression, kind.name, expression.args, []);
  }

  #if(expression: Expression & { kind: 'call' }, kind: FunctionKind): Checked | undefined {
    const [condition, ...branches] = expression.args;
    if (condition === undefined || branches.length !== 2) return this.#usage(expression, kind);
    const truth = this.#truth(condition);
    const checked = this.#alike(expression, kind.name, branches, truth === undefined ? [] : [truth]);
    return truth === undefined ? undefined : checked;
  }

  /** Values that must be of one type and dimension, brought to the unit of the first that has one. */
  #alike(
    expression: Expression,
    name: FunctionName,
    items: readonly Expression[],
    before: readonly Checked[],
  ): Checked | undefined {
    const values = items.map((item) => this.value(item));
    const sound = values.filter((item) => item !== undefined);
    if (sound.length < values.length) return undefined;
    const lead = sound.find((item) => item.type.kind !== 'number' || !item.type.literal) ?? sound[0];
    if (lead === undefined) return undefined;
    const args: Checked[] = [...before];
    for (const item of sound) {
      const fitted = agree(item, lead, true);
      if (fitted === undefined) return this.#disagree(item, lead, expression);
      args.push(fitted);
    }
    if (lead.type.kind === 'truth')
      return this.#fault('formula-type', lead, '这里需要一个值，给的是条件', 'a value is needed here, not a condition');
    const type = lead.type.kind === 'text' ? ({ kind: 'text' } as const) : lead.type;
    return { kind: 'value-call', name, args, type, start: expression.start, end: expression.end };
  }

  #days(expression: Expression & { kind: 'call' }, kind: FunctionKind): Checked | undefined {
    const [from, to, ...more] = expression.args;
    if (from === undefined || to === undefined || more.length > 0) return this.#usage(expression, kind);
    const args = [this.value(from), this.value(to)].filter((item) => item !== undefined);
    if (args.length < 2) return undefined;
    for (const item of args)
      if (item.type.kind !== 'date')
        return this.#fault(
          'formula-type',
          item,
          '“天数”要两个日期',
          '天数 needs two dates',
          '天数(2023-01-01, 2023-12-31)',
        );
    const type: ValueType = { kind: 'number', unit: DAY, literal: false };
    return { kind: 'value-call', name: '天数', args, type, start: expression.start, end: expression.end };
  }

  #round(expression: Expression & { kind: 'call' }, kind: FunctionKind): Checked | undefined {
    const [item, places, ...more] = expression.args;
    if (item === undefined || places === undefined || more.length > 0) return this.#usage(expression, kind);
    const value = this.#number(item);
    const whole = places.kind === 'number' && places.value.isInteger && places.value.numerator <= 10n;
    if (!whole)
      return this.#fault(
        'formula-type',
        places,
        '小数位数写 0 到 10 的整数',
        'places must be a whole number from 0 to 10',
      );
    const digits = this.value(places);
    if (value === undefined || digits === undefined) return undefined;
    return {
      kind: 'value-call',
      name: '四舍五入',
      args: [value, digits],
      type: { ...value.type, literal: false },
      start: expression.start,
      end: expression.end,
    };
  }

  #number(expression: Expression): CheckedNumber | undefined {
    const checked = this.value(expression);
    if (checked === undefined) return undefined;
    if (isNumber(checked)) return checked;
    return this.#fault(
      'formula-type',
      expression,
      `这里需要一个数，给的是${typeName(checked.type)[0]}`,
      `a number is needed here, this is ${typeName(checked.type)[1]}`,
    );
  }

  #truth(expression: Expression): Checked | undefined {
    const checked = this.value(expression);
    if (checked === undefined || checked.type.kind === 'truth') return checked;
    const column = expression.kind === 'name' || expression.kind === 'column' ? printFormula(expression) : undefined;
    return this.#fault(
      'formula-type',
      expression,
      `这里需要一个条件，给的是${typeName(checked.type)[0]}`,
      `a condition is needed here, this is ${typeName(checked.type)[1]}`,
      column === undefined ? undefined : `${column}="…"`,
    );
  }

  #binary(expression: Expression & { kind: 'binary' }): Checked | undefined {
    const { operator, start, end } = expression;
    if (operator === '且' || operator === '或') {
      const left = this.#truth(expression.left);
      const right = this.#truth(expression.right);
      if (left === undefined || right === undefined) return undefined;
      return { kind: 'binary', operator, left, right, type: { kind: 'truth' }, start, end };
    }
    if (COMPARE.has(operator)) return this.#comparison(expression);
    const a = this.value(expression.left);
    const b = this.value(expression.right);
    if (a === undefined || b === undefined) return undefined;
    if (operator === '-' && a.type.kind === 'date' && b.type.kind === 'date') {
      const type: ValueType = { kind: 'number', unit: DAY, literal: false };
      return { kind: 'value-call', name: '天数', args: [b, a], type, start, end };
    }
    if (!isNumber(a) || !isNumber(b)) {
      const bad = isNumber(a) ? b : a;
      return this.#fault(
        'formula-type',
        bad,
        `${typeName(bad.type)[0]}不能做加减乘除`,
        `${typeName(bad.type)[1]} cannot be calculated with`,
      );
    }
    if (operator === '+' || operator === '-') {
      const lead = a.type.literal ? b : a;
      const left = agree(a, lead, false);
      const right = agree(b, lead, false);
      if (left === undefined || right === undefined) return this.#disagree(lead === a ? b : a, lead, expression);
      const literal = a.type.literal && b.type.literal;
      return { kind: 'binary', operator, left, right, type: { ...lead.type, literal }, start, end };
    }
    return this.#scaled(expression, a, b);
  }

  #scaled(expression: Expression & { kind: 'binary' }, a: CheckedNumber, b: CheckedNumber): Checked | undefined {
    const { operator, start, end } = expression;
    const unit = operator === '*' ? productUnit(a.type.unit, b.type.unit) : quotientUnit(a.type.unit, b.type.unit);
    if (unit === undefined) {
      const [left, right] = [a.type.unit.symbol, b.type.unit.symbol];
      const perHead = [a, b].find((item) => item.type.unit.dimension === 'money');
      return this.#fault(
        'formula-unit',
        expression,
        `${left === '' ? '没有单位的数' : left} ${operator === '*' ? '×' : '÷'} ${right} 没有意义`,
        `${left === '' ? 'a plain number' : left} ${operator === '*' ? 'times' : 'divided by'} ${right} means nothing`,
        operator === '*' && perHead !== undefined && (isCount(a.type.unit) || isCount(b.type.unit))
          ? `${perHead.type.unit.symbol}/${(perHead === a ? b : a).type.unit.symbol} 的标准乘以数量`
          : undefined,
      );
    }
    // Both sides go to base units, the result comes back to `unit`.
    const factor = (
      operator === '*' ? a.type.unit.factor.mul(b.type.unit.factor) : a.type.unit.factor.div(b.type.unit.factor)
    ).div(unit.factor);
    const literal = a.type.literal && b.type.literal;
    const type: ValueType = { kind: 'number', unit, literal };
    const plain: Checked = { kind: 'binary', operator, left: a, right: b, type, start, end };
    return converted(plain, factor, type);
  }

  #comparison(expression: Expression & { kind: 'binary' }): Checked | undefined {
    const { operator, start, end } = expression;
    const a = this.value(expression.left);
    const bare = expression.right.kind === 'name' ? expression.right.name : undefined;
    if (bare !== undefined && a?.type.kind === 'text' && !this.#isKnown(bare))
      return this.#fault(
        'formula-unknown-name',
        expression.right,
        `没有“${bare}”这个名称；文字要加引号`,
        `“${bare}” is unknown; put texts in quotation marks`,
        `"${bare}"`,
      );
    const b = this.value(expression.right);
    if (a === undefined || b === undefined) return undefined;
    if (a.type.kind === 'text' && operator !== '=' && operator !== '<>')
      return this.#fault('formula-type', expression, '文字只能比较 = 或 ≠', 'texts can only be compared by = or ≠');
    if (a.type.kind === 'truth' || b.type.kind === 'truth')
      return this.#fault('formula-type', expression, '条件之间用“且”“或”', 'join conditions by 且 or 或');
    const lead = a.type.kind === 'number' && a.type.literal ? b : a;
    const left = agree(a, lead, true);
    const right = agree(b, lead, true);
    if (left === undefined || right === undefined) {
      const other = lead === a ? b : a;
      return this.#disagree(other, lead, expression);
    }
    if (!this.#isChoice(a, b) || !this.#isChoice(b, a)) return undefined;
    return { kind: 'binary', operator, left, right, type: { kind: 'truth' }, start, end };
  }

  /** 方式="举办过" can never be true when the column knows 举办 and 参加 only. */
  #isChoice(column: Checked, literal: Checked): boolean {
    if (column.type.kind !== 'text' || literal.kind !== 'constant' || typeof literal.value !== 'string') return true;
    const { choices, name } = column.type;
    if (choices === undefined || choices.includes(literal.value.trim())) return true;
    const near = this.#scope.closestOf(literal.value, choices);
    this.#fault(
      'formula-type',
      literal,
      `“${name ?? ''}”只有 ${choices.join('、')}`,
      `“${name ?? ''}” can only be ${choices.join(', ')}`,
      near === undefined ? undefined : `"${near}"`,
    );
    return false;
  }
}
