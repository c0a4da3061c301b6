import { findUnit, NO_UNIT, type Unit } from '../quantity/index.ts';

/** Canonical names, as printed. */
export type FunctionName =
  | '次数'
  | '计数'
  | '人次'
  | '家次'
  | '场次'
  | '去重'
  | '人数'
  | '户数'
  | '家数'
  | '合计'
  | '最新'
  | '最小'
  | '最大'
  | '四舍五入'
  | '如果'
  | '天数'
  | '截至'
  | '包含';

export interface FunctionKind {
  readonly name: FunctionName;
  readonly aliases: readonly string[];
  /**
   * `rows` counts rows of a table, `distinct` different values of a column, `sum` and `latest` add a column up; all four
   * take conditions after it. `extreme` takes a column with conditions, or two or more values.
   */
  readonly role: 'rows' | 'distinct' | 'sum' | 'latest' | 'extreme' | 'value' | 'condition';
  /** Unit of a count. */
  readonly unit?: Unit;
  /** How it is used, shown when the arguments are wrong. */
  readonly usage: string;
}

function unit(symbol: string): Unit {
  return findUnit(symbol) ?? NO_UNIT;
}

const KINDS: readonly FunctionKind[] = [
  { name: '次数', aliases: [], role: 'rows', unit: unit('次'), usage: '次数(表, 条件…)' },
  { name: '计数', aliases: ['COUNT'], role: 'rows', unit: unit('个'), usage: '计数(表, 条件…)' },
  { name: '人次', aliases: [], role: 'rows', unit: unit('人次'), usage: '人次(表, 条件…)' },
  { name: '家次', aliases: [], role: 'rows', unit: unit('家次'), usage: '家次(表, 条件…)' },
  { name: '场次', aliases: [], role: 'rows', unit: unit('场次'), usage: '场次(表, 条件…)' },
  { name: '去重', aliases: ['DISTINCT', '去重计数'], role: 'distinct', unit: unit('个'), usage: '去重(表.列, 条件…)' },
  { name: '人数', aliases: [], role: 'distinct', unit: unit('人'), usage: '人数(表.列, 条件…)' },
  { name: '户数', aliases: [], role: 'distinct', unit: unit('户'), usage: '户数(表.列, 条件…)' },
  { name: '家数', aliases: [], role: 'distinct', unit: unit('家'), usage: '家数(表.列, 条件…)' },
  { name: '合计', aliases: ['SUM', '求和'], role: 'sum', usage: '合计(表.列, 条件…)' },
  { name: '最新', aliases: ['LATEST'], role: 'latest', usage: '最新(表.列, 条件…)' },
  { name: '最小', aliases: ['MIN', '最小值'], role: 'extreme', usage: '最小(表.列, 条件…) 或 最小(值, 值, …)' },
  { name: '最大', aliases: ['MAX', '最大值'], role: 'extreme', usage: '最大(表.列, 条件…) 或 最大(值, 值, …)' },
  { name: '四舍五入', aliases: ['ROUND'], role: 'value', usage: '四舍五入(值, 小数位数)' },
  { name: '如果', aliases: ['IF'], role: 'value', usage: '如果(条件, 值, 否则的值)' },
  { name: '天数', aliases: ['DAYS'], role: 'value', usage: '天数(起日, 止日)' },
  { name: '截至', aliases: ['截止', 'ASOF'], role: 'condition', usage: '截至(日期)' },
  { name: '包含', aliases: ['CONTAINS'], role: 'condition', usage: '包含(列, "文字")' },
];

const byName = new Map<string, FunctionKind>(
  KINDS.flatMap((kind) => [kind.name, ...kind.aliases].map((name): [string, FunctionKind] => [name, kind])),
);

/** English names in any case. */
export function findFunction(name: string): FunctionKind | undefined {
  return byName.get(name) ?? byName.get(name.toUpperCase());
}

export function functionKind(name: FunctionName): FunctionKind {
  const kind = byName.get(name);
  if (kind === undefined) throw new TypeError(name);
  return kind;
}

export function functionNames(): readonly string[] {
  return [...byName.keys()];
}
