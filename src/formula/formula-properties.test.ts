import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact } from '../quantity/index.ts';
import { compileFormula, evaluateFormula, type FormulaSchema, parseFormula, printFormula } from './index.ts';
import { book, table } from './testing/books.ts';

/** A plain tree of our own, printed to a formula with needless parentheses, and evaluated by the plainest code. */
type Tree =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: 'A' | 'B' | 'C' }
  | { readonly kind: 'minus'; readonly of: Tree }
  | { readonly kind: 'op'; readonly op: '+' | '-' | '*' | '/'; readonly a: Tree; readonly b: Tree }
  | {
      readonly kind: 'if';
      readonly op: '<' | '>=' | '=';
      readonly a: Tree;
      readonly b: Tree;
      readonly c: Tree;
      readonly d: Tree;
    }
  | { readonly kind: 'extreme'; readonly name: '最小' | 'MAX'; readonly items: readonly Tree[] };

const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.record({ kind: fc.constant('number' as const), value: fc.nat(20) }),
    fc.record({ kind: fc.constant('name' as const), name: fc.constantFrom('A' as const, 'B' as const, 'C' as const) }),
    fc.record({ kind: fc.constant('minus' as const), of: tie('tree') }),
    fc.record({
      kind: fc.constant('op' as const),
      op: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
      a: tie('tree'),
      b: tie('tree'),
    }),
    fc.record({
      kind: fc.constant('if' as const),
      op: fc.constantFrom('<' as const, '>=' as const, '=' as const),
      a: tie('tree'),
      b: tie('tree'),
      c: tie('tree'),
      d: tie('tree'),
    }),
    fc.record({
      kind: fc.constant('extreme' as const),
      name: fc.constantFrom('最小' as const, 'MAX' as const),
      items: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).tree;

function write(of: Tree): string {
  switch (of.kind) {
    case 'number':
      return String(of.value);
    case 'name':
      return of.name;
    case 'minus':
      return `(-${write(of.of)})`;
    case 'op':
      return `(${write(of.a)}${of.op}${write(of.b)})`;
    case 'if':
      return `如果（${write(of.a)} ${of.op} ${write(of.b)}，${write(of.c)}，${write(of.d)}）`;
    case 'extreme':
      return `${of.name}(${of.items.map(write).join(',')})`;
  }
}

/** Numerator and denominator, `null` where a division by zero is met. */
type Fraction = readonly [bigint, bigint] | null;

function refer(of: Tree, values: Readonly<Record<string, number>>): Fraction {
  switch (of.kind) {
    case 'number':
      return [BigInt(of.value), 1n];
    case 'name':
      return [BigInt(values[of.name] ?? 0), 1n];
    case 'minus': {
      const value = refer(of.of, values);
      return value === null ? null : [-value[0], value[1]];
    }
    case 'op': {
      const [a, b] = [refer(of.a, values), refer(of.b, values)];
      if (a === null || b === null) return null;
      if (of.op === '+') return [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
      if (of.op === '-') return [a[0] * b[1] - b[0] * a[1], a[1] * b[1]];
      if (of.op === '*') return [a[0] * b[0], a[1] * b[1]];
      return b[0] === 0n ? null : [a[0] * b[1], a[1] * b[0]];
    }
    case 'if': {
      const [a, b] = [refer(of.a, values), refer(of.b, values)];
      if (a === null || b === null) return null;
      const sign = compare(a, b);
      const holds = of.op === '<' ? sign < 0 : of.op === '=' ? sign === 0 : sign >= 0;
      return refer(holds ? of.c : of.d, values);
    }
    case 'extreme': {
      const items = of.items.map((item) => refer(item, values));
      let best: Fraction = null;
      for (const item of items) {
        if (item === null) return null;
        if (best === null || (of.name === '最小' ? compare(item, best) < 0 : compare(item, best) > 0)) best = item;
      }
      return best;
    }
  }
}

function compare(a: readonly [bigint, bigint], b: readonly [bigint, bigint]): number {
  const sign = (a[1] < 0n ? -1n : 1n) * (b[1] < 0n ? -1n : 1n);
  const difference = (a[0] * b[1] - b[0] * a[1]) * sign;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const plain: FormulaSchema = {
  tables: [
    {
      name: '表',
      dateColumn: '日期',
      columns: [
        { name: '数', type: 'number' },
        { name: '类', type: 'text' },
        { name: '日期', type: 'date' },
      ],
    },
  ],
  scalars: ['A', 'B', 'C'].map((name) => ({ name, type: 'number' as const })),
};

describe('any expression', () => {
  it('gives what the plain evaluator gives', () => {
    const small = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(tree, small, small, small, (of, A, B, C) => {
        const { formula, problems } = compileFormula(write(of), plain);
        if (formula === undefined) throw new Error(problems.map((item) => item.message.en).join());
        const scalars = { A: Exact.of(A), B: Exact.of(B), C: Exact.of(C) };
        const { value } = evaluateFormula(formula, book({}, scalars));
        const expected = refer(of, { A, B, C });
        if (expected === null) expect(value.kind).toBe('undecided');
        else if (value.kind === 'number') expect(value.value.eq(Exact.ratio(expected[0], expected[1]))).toBe(true);
        else throw new Error(`${write(of)} is ${value.kind}`);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps its meaning when printed, and printing again changes nothing', () => {
    fc.assert(
      fc.property(tree, (of) => {
        const first = parseFormula(write(of));
        if (!('expression' in first)) throw new Error(write(of));
        const printed = printFormula(first.expression);
        const second = parseFormula(printed);
        if (!('expression' in second)) throw new Error(`${printed}: ${second.problem.message.en}`);
        expect(printFormula(second.expression)).toBe(printed);
        const a = compileFormula(write(of), plain).formula;
        const b = compileFormula(printed, plain).formula;
        if (a === undefined || b === undefined) throw new Error(printed);
        const on = book({}, { A: Exact.of(3), B: Exact.of(-2), C: Exact.zero });
        expect(JSON.stringify(evaluateFormula(b, on).value)).toBe(JSON.stringify(evaluateFormula(a, on).value));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '次数(培训会议, 方式 = "举办", 截至(2023-12-31))',
    '合计([全年 表].[金额（元）], 非 (甲 = "一" 或 乙 ≠ “a"b”)) ÷ 30天',
    '如果(甲 > 95%, 400元/人 × 参保人数, -(1元 + 2元))',
    '[且慢] + [或者] + [AND] - (甲 - 乙) ÷ (丙 ÷ 丁)',
    '非 (甲 = 1 且 (乙 = 2 或 丙 = 3))',
  ])('%s is its own canonical spelling', (formula) => {
    const parsed = parseFormula(formula);
    if (!('expression' in parsed)) throw new Error(parsed.problem.message.zh);
    expect(printFormula(parsed.expression)).toBe(formula);
  });

  it('is answered, never thrown at, whatever is typed', () => {
    const piece = fc.constantFrom(
      ...'（）()，,=＝≥《》“”"[]【】.+-*/%<>:；'.split(''),
      ...[
        '次数',
        '合计',
        '表',
        '数',
        '类',
        'A',
        '截至',
        '2023-12-31',
        '5',
        '70万元',
        '且',
        '或',
        '非',
        ' ',
        '\n',
        '𠮷',
        '如果',
        '最大',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const formula = pieces.join('');
        const compiled = compileFormula(formula, plain);
        expect(compiled.formula === undefined).toBe(compiled.problems.length > 0);
        for (const item of compiled.problems) expect(item.end).toBeLessThanOrEqual(formula.length);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('any table', () => {
  const row = fc.record({
    number: fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
    kind: fc.option(fc.constantFrom('甲', '乙'), { nil: undefined }),
    day: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    skip: fc.boolean(),
  });

  it('is counted, added up and reported row by row like the plain loop', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (rows, until) => {
        let at = 1;
        const numbered = rows.map((item) => {
          at += item.skip ? 2 : 1;
          return { ...item, at };
        });
        const on = book({
          表: table(
            ['数', '类', '日期'],
            numbered.map((item) => [
              item.at,
              item.number === undefined ? undefined : Exact.of(item.number),
              item.kind,
              item.day === undefined ? undefined : `2023-01-0${item.day}`,
            ]),
          ),
        });
        const { formula } = compileFormula(`合计(表.数, 类="甲" 或 数>2, 截至(2023-01-0${until}))`, plain);
        if (formula === undefined) throw new Error('not compiled');
        const { value, rows: used } = evaluateFormula(formula, on);
        const expected = numbered.filter(
          (item) =>
            item.number !== undefined &&
            (item.kind === '甲' || item.number > 2) &&
            item.day !== undefined &&
            item.day <= until,
        );
        const sum = expected.reduce((total, item) => total + (item.number ?? 0), 0);
        expect(value.kind === 'number' ? value.value.toString() : value.kind).toBe(String(sum));
        const listed = (used.get('表') ?? []).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index),
        );
        expect(listed).toEqual(expected.map((item) => item.at));
      }),
      { numRuns: 500 },
    );
  });
});
