import type { ComparisonKind, Features, Level } from '../comparison/kind.ts';
import { KINDS } from '../comparison/kinds.ts';
import { exact } from '../comparison/plain-kinds.ts';
import type { ComparisonModel, LinkModel } from '../model/link-model.ts';
import { orderByIdentifier } from './order-ids.ts';
import { cellOf, type TextTable } from './read-csv.ts';

/** A compared column over all records: integers, and what is needed to compare two of them. */
export interface PreparedColumn {
  readonly model: ComparisonModel;
  readonly kind: ComparisonKind;
  /** Levels in use; level numbers in patterns count from 1 in this order, 0 is missing. */
  readonly levels: readonly Level[];
  /** From the kind's own level number to the number in use. */
  readonly levelMap: Uint8Array;
  /** Per record, -1 missing. */
  readonly codes: Int32Array;
  /** Cleaned value by code, in code-unit order. */
  readonly values: readonly string[];
  readonly features: Features;
}

/** What pairs are formed: left × right, all within one table, or new × (old and new). */
export type PairMode = 'link' | 'dedupe' | 'increment';

/** Two tables (or one) as integers; records stand in the order of their identifiers, left before right. */
export interface Records {
  readonly mode: PairMode;
  readonly count: number;
  /** Records of the left (or old) table; equals `count` for one table. */
  readonly leftCount: number;
  readonly identifiers: readonly string[];
  readonly columns: readonly PreparedColumn[];
  /** Values asked equal by blocking and prior rules, per record, -1 missing. */
  readonly blockCodes: ReadonlyMap<string, Int32Array>;
}

/** Every column of the tables a model needs. */
export function columnsOf(model: LinkModel): readonly string[] {
  const prior = typeof model.prior === 'object' ? model.prior.rules.flat() : [];
  const columns = model.comparisons.map((comparison) => comparison.column);
  return [...new Set([model.uniqueId, ...columns, ...model.blocking.flat(), ...prior])];
}

/** Cleans every distinct value once and turns the tables into integers. */
export function prepareRecords(model: LinkModel, tables: readonly TextTable[], mode: PairMode): Records {
  const named = tables.map((table) => identifiersOf(table, model.uniqueId));
  const orders = tables.map((table, index) => orderByIdentifier(named[index] ?? [], table.file, model.uniqueId));
  const identifiers: string[] = [];
  orders.forEach((order, index) => {
    const names = named[index] ?? [];
    for (let place = 0; place < order.length; place += 1) identifiers.push(names[order[place] as number] as string);
  });
  const count = identifiers.length;
  const leftCount = tables[0]?.rows ?? 0;
  const blockCodes = new Map<string, Int32Array>();
  const columns = model.comparisons.map((comparison): PreparedColumn => {
    const kind = KINDS[comparison.kind];
    const { codes, values } = cleanColumn(tables, orders, comparison.column, count, (raw) => kind.clean(raw));
    blockCodes.set(comparison.column, regroup(codes, values, kind));
    const { levels, levelMap } = levelsInUse(kind, comparison);
    return { model: comparison, kind, levels, levelMap, codes, values, features: kind.features(values) };
  });
  for (const column of columnsOf(model))
    if (column !== model.uniqueId && !blockCodes.has(column))
      blockCodes.set(column, cleanColumn(tables, orders, column, count, (raw) => exact.clean(raw)).codes);
  if (!blockCodes.has(model.uniqueId) && [...model.blocking.flat()].includes(model.uniqueId))
    blockCodes.set(model.uniqueId, cleanColumn(tables, orders, model.uniqueId, count, (raw) => exact.clean(raw)).codes);
  return { mode, count, leftCount, identifiers, columns, blockCodes };
}

function identifiersOf(table: TextTable, column: string): readonly string[] {
  const names: string[] = [];
  for (let row = 0; row < table.rows; row += 1) names.push(cellOf(table, column, row));
  return names;
}

function cleanColumn(
  tables: readonly TextTable[],
  orders: readonly Int32Array[],
  column: string,
  count: number,
  clean: (raw: string) => string | undefined,
): { codes: Int32Array; values: readonly string[] } {
  const distinct = tables[0]?.columns.get(column)?.distinct;
  const { map, values } = unify(distinct?.count ?? 0, (code) => distinct?.text(code) ?? '', clean);
  const codes = sharedInt32(count);
  let at = 0;
  tables.forEach((table, index) => {
    const raw = table.columns.get(column)?.codes ?? new Int32Array(0);
    const order = orders[index] ?? new Int32Array(0);
    for (let place = 0; place < order.length; place += 1) {
      const code = raw[order[place] as number] as number;
      codes[at] = code < 0 ? -1 : (map[code] as number);
      at += 1;
    }
  });
  return { codes, values };
}

/**
 * Maps values to what a function makes of them, equal results to one number. Values a function leaves as they are
 * differ among themselves already, so only the changed ones are looked up.
 */
function unify(
  count: number,
  textOf: (code: number) => string,
  change: (value: string) => string | undefined,
): { map: Int32Array; values: readonly string[] } {
  const map = new Int32Array(count);
  const values: string[] = [];
  const changed = new Map<string, number>();
  const results: (string | undefined)[] = [];
  for (let code = 0; code < count; code += 1) {
    const value = textOf(code);
    const result = change(value);
    if (result === value) {
      map[code] = values.length;
      values.push(value);
    } else if (result === undefined) map[code] = -1;
    else {
      map[code] = -2 - results.length;
      results.push(result);
      changed.set(result, -1);
    }
  }
  if (results.length === 0) return { map, values };
  values.forEach((value, number) => {
    if (changed.has(value)) changed.set(value, number);
  });
  for (let code = 0; code < count; code += 1) {
    const to = map[code] as number;
    if (to >= -1) continue;
    const result = results[-2 - to] ?? '';
    let number = changed.get(result) ?? -1;
    if (number < 0) {
      number = values.length;
      values.push(result);
      changed.set(result, number);
    }
    map[code] = number;
  }
  return { map, values };
}

/** An array a worker thread can read without a copy. */
export function sharedInt32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Math.max(4, length * 4)), 0, length);
}

function regroup(codes: Int32Array, values: readonly string[], kind: ComparisonKind): Int32Array {
  const { map, values: groups } = unify(
    values.length,
    (code) => values[code] ?? '',
    (value) => kind.blockValue(value),
  );
  if (groups.length === values.length) return codes;
  return codes.map((code) => (code < 0 ? -1 : (map[code] as number)));
}

function levelsInUse(kind: ComparisonKind, model: ComparisonModel): { levels: readonly Level[]; levelMap: Uint8Array } {
  const all = kind.levels(model.thresholds);
  const kept = (level: Level): boolean =>
    model.levels.length === 0 ||
    level.name === 'equal' ||
    level.name === 'different' ||
    model.levels.includes(level.name);
  const levels = all.filter(kept);
  const levelMap = new Uint8Array(all.length + 1);
  all.forEach((level, index) => {
    let target: Level | undefined = level;
    while (target !== undefined && !kept(target)) {
      const otherwise: string = target.otherwise ?? 'different';
      target = all.find((candidate) => candidate.name === otherwise);
    }
    levelMap[index + 1] = levels.findIndex((candidate) => candidate.name === target?.name) + 1;
  });
  return { levels, levelMap };
}
