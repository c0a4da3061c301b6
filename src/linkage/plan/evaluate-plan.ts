import { createHash, createHmac } from 'node:crypto';
import type { SqlValue } from '../../register/index.ts';
import { foldName } from '../characters/name-forms.ts';
import { type Expression, FIELD_MARK, type Node, NULL_MARK, type Plan } from './plan.ts';

export type Row = Readonly<Record<string, SqlValue>>;

export interface PlanInput {
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  /** Hex of the key of `keyed`. */
  readonly key: string;
}

/**
 * The plain reference of every engine: a plan over rows in memory, written to be read, not to be fast. Gives the rows of
 * each `write`, in order.
 */
export function evaluatePlan(plan: Plan, input: PlanInput): ReadonlyMap<string, readonly Row[]> {
  const done = new Map<string, readonly Row[]>();
  const written = new Map<string, readonly Row[]>();
  for (const { name, node } of plan.steps) {
    const rows = evaluateNode(node, (step) => done.get(step) ?? [], input);
    done.set(name, rows);
    if (node.kind === 'write') written.set(node.target, rows);
  }
  return written;
}

function evaluateNode(node: Node, of: (step: string) => readonly Row[], input: PlanInput): readonly Row[] {
  const compute = (expression: Expression, row: Row): SqlValue => evaluateExpression(expression, row, input.key);
  switch (node.kind) {
    case 'scan':
      return (input.tables.get(node.table) ?? []).map((row, index) => ({
        ...(node.place === undefined ? {} : { [node.place]: BigInt(index + 1) }),
        ...Object.fromEntries(node.columns.map(({ name, present }) => [name, present ? (row[name] ?? null) : null])),
      }));
    case 'filter':
      return of(node.from).filter((row) => compute(node.where, row) === 1n);
    case 'project':
      return of(node.from).map((row) =>
        Object.fromEntries(node.columns.map(({ name, value }) => [name, compute(value, row)])),
      );
    case 'union':
      return node.from.flatMap((step) => of(step));
    case 'join': {
      const partners = new Map<string, Row[]>();
      for (const row of of(node.right)) {
        const key = keyOf(
          row,
          node.on.map(([, right]) => right),
        );
        if (key !== undefined) partners.set(key, [...(partners.get(key) ?? []), row]);
      }
      return of(node.left).flatMap((left) => {
        const key = keyOf(
          left,
          node.on.map(([name]) => name),
        );
        const found = key === undefined ? [] : (partners.get(key) ?? []);
        if (node.how === 'semi') return found.length > 0 ? [left] : [];
        if (node.how === 'anti') return found.length > 0 ? [] : [left];
        const rights: readonly Row[] = found.length === 0 && node.how === 'left' ? [{}] : found;
        return rights.map((right) => {
          const both = { ...prefixed('l', left), ...prefixed('r', right) };
          return Object.fromEntries((node.columns ?? []).map(({ name, value }) => [name, compute(value, both)]));
        });
      });
    }
    case 'distinct': {
      const first = new Map<string, Row>();
      for (const row of sortRows(of(node.from), node.order)) {
        const key = JSON.stringify(node.by.map((name) => printValue(row[name] ?? null)));
        if (!first.has(key)) first.set(key, row);
      }
      return [...first.values()];
    }
    case 'aggregate': {
      const groups = new Map<string, Row[]>();
      for (const row of of(node.from)) {
        const key = JSON.stringify(node.by.map((name) => printValue(row[name] ?? null)));
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      return [...groups.values()].map((rows) => ({
        ...Object.fromEntries(node.by.map((name) => [name, rows[0]?.[name] ?? null])),
        ...Object.fromEntries(
          node.measures.map(({ name, measure, of: source }) => [name, measureOf(measure, rows, source)]),
        ),
      }));
    }
    case 'rank': {
      const rows = of(node.from);
      return rows.map((row) => {
        const ahead = rows.filter((other) => {
          const order = compareValues(other[node.by] ?? null, row[node.by] ?? null);
          return node.descending ? order > 0 : order < 0;
        });
        return { ...row, [node.name]: BigInt(ahead.length + 1) };
      });
    }
    case 'compare':
      return of(node.from).map((row) => {
        const level = node.levels.find(({ same }) => same.every(([a, b]) => row[a] !== null && row[a] === row[b]));
        return { ...row, [node.name]: level?.level ?? node.otherwise };
      });
    case 'write':
      return sortRows(of(node.from), node.order);
  }
}

function measureOf(measure: string, rows: readonly Row[], source: string | undefined): SqlValue {
  if (measure === 'count' && source === undefined) return BigInt(rows.length);
  const values = rows.map((row) => row[source ?? ''] ?? null).filter((value) => value !== null);
  if (measure === 'count') return BigInt(values.length);
  if (measure === 'count-distinct') return BigInt(new Set(values).size);
  if (values.length === 0) return null;
  if (measure === 'sum') return values.reduce<bigint>((sum, value) => sum + BigInt(value), 0n);
  const sorted = [...values].sort(compareValues);
  return (measure === 'least' ? sorted[0] : sorted.at(-1)) ?? null;
}

function evaluateExpression(expression: Expression, row: Row, key: string): SqlValue {
  const value = (of: Expression): SqlValue => evaluateExpression(of, row, key);
  switch (expression.kind) {
    case 'column':
      return row[expression.name] ?? null;
    case 'text':
      return expression.value;
    case 'whole':
      return BigInt(expression.value);
    case 'null':
      return null;
    case 'equal':
    case 'less': {
      const [left, right] = [value(expression.left), value(expression.right)];
      if (left === null || right === null) return null;
      return truth(expression.kind === 'equal' ? left === right : compareValues(left, right) < 0);
    }
    case 'one-of': {
      const of = value(expression.of);
      return of === null ? null : truth(expression.values.includes(String(of)));
    }
    case 'and': {
      const values = expression.of.map(value);
      return values.includes(0n) ? 0n : values.includes(null) ? null : 1n;
    }
    case 'or': {
      const values = expression.of.map(value);
      return values.includes(1n) ? 1n : values.includes(null) ? null : 0n;
    }
    case 'not': {
      const of = value(expression.of);
      return of === null ? null : truth(of === 0n);
    }
    case 'is-null':
      return truth(value(expression.of) === null);
    case 'coalesce':
      return expression.of.map(value).find((each) => each !== null) ?? null;
    case 'add': {
      const values = expression.of.map(value);
      return values.includes(null) ? null : values.reduce<bigint>((sum, each) => sum + BigInt(each ?? 0), 0n);
    }
    case 'choose':
      return value(expression.when) === 1n ? value(expression.then) : value(expression.otherwise);
    case 'joined':
      return expression.of.map((each) => String(value(each) ?? '')).join('|');
    case 'name-form': {
      const of = value(expression.of);
      return of === null ? null : foldName(String(of));
    }
    case 'keyed': {
      const of = value(expression.of);
      return of === null
        ? null
        : createHmac('sha256', Buffer.from(key, 'hex')).update(String(of), 'utf8').digest('hex').slice(0, 32);
    }
  }
}

function truth(value: boolean): bigint {
  return value ? 1n : 0n;
}

function keyOf(row: Row, names: readonly string[]): string | undefined {
  const values = names.map((name) => row[name] ?? null);
  return values.includes(null) ? undefined : JSON.stringify(values.map(printValue));
}

function prefixed(side: 'l' | 'r', row: Row): Record<string, SqlValue> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [`${side}.${name}`, value]));
}

/** Whole numbers by size, texts by their UTF-8 bytes (as databases do), null last. */
function compareValues(a: SqlValue, b: SqlValue): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

function sortRows(rows: readonly Row[], order: readonly string[]): readonly Row[] {
  return [...rows].sort((a, b) => {
    for (const name of order) {
      const by = compareValues(a[name] ?? null, b[name] ?? null);
      if (by !== 0) return by;
    }
    return 0;
  });
}

function printValue(value: SqlValue): string {
  return value === null ? NULL_MARK : String(value);
}

/** Row-set hash: the sum of each row's MD5 (two 64-bit halves) over its canonical text; the order of rows is no matter. */
export function rowSetHash(rows: readonly Row[], columns: readonly string[]): string {
  let [upper, lower] = [0n, 0n];
  for (const row of rows) {
    const digest = createHash('md5')
      .update(columns.map((name) => printValue(row[name] ?? null)).join(FIELD_MARK), 'utf8')
      .digest();
    upper += digest.readBigUInt64LE(0);
    lower += digest.readBigUInt64LE(8);
  }
  return `${rows.length}:${upper}:${lower}`;
}
