import type { ValueType } from './checked.ts';
import type { FormulaColumnSchema, FormulaScalarSchema, FormulaSchema, FormulaTableSchema } from './schema.ts';
import { closest } from './suggest.ts';

/** The names of a schema, by name and synonym. Maps only: no name reaches anything else. */
export class Scope {
  readonly #tables = new Map<string, FormulaTableSchema>();
  readonly #columns = new Map<FormulaTableSchema, Map<string, FormulaColumnSchema>>();
  readonly #scalars = new Map<string, FormulaScalarSchema>();
  /** `broken`: the formula is there and has a fault of its own, reported there. */
  readonly #indicators = new Map<string, ValueType | 'broken'>();

  constructor(schema: FormulaSchema) {
    for (const table of schema.tables) {
      register(this.#tables, table);
      const columns = new Map<string, FormulaColumnSchema>();
      for (const column of table.columns) columns.set(column.name, column);
      for (const column of table.columns) register(columns, column);
      this.#columns.set(table, columns);
    }
    for (const table of schema.tables) this.#tables.set(table.name, table);
    for (const scalar of schema.scalars) register(this.#scalars, scalar);
    for (const scalar of schema.scalars) this.#scalars.set(scalar.name, scalar);
  }

  defineIndicator(name: string, type: ValueType | 'broken'): void {
    this.#indicators.set(name, type);
  }

  table(name: string): FormulaTableSchema | undefined {
    return this.#tables.get(name);
  }

  column(table: FormulaTableSchema, name: string): FormulaColumnSchema | undefined {
    return this.#columns.get(table)?.get(name);
  }

  scalar(name: string): FormulaScalarSchema | undefined {
    return this.#scalars.get(name);
  }

  indicator(name: string): ValueType | 'broken' | undefined {
    return this.#indicators.get(name);
  }

  closestTable(name: string): string | undefined {
    return closest(name, this.#tables.keys());
  }

  closestColumn(table: FormulaTableSchema, name: string): string | undefined {
    return closest(name, this.#columns.get(table)?.keys() ?? []);
  }

  closestOf(name: string, candidates: readonly string[]): string | undefined {
    return closest(name, candidates);
  }

  /** Of everything that can stand as a value here. */
  closest(name: string, table: FormulaTableSchema | undefined): string | undefined {
    const columns = table === undefined ? [] : (this.#columns.get(table)?.keys() ?? []);
    return closest(name, [...columns, ...this.#scalars.keys(), ...this.#indicators.keys(), ...this.#tables.keys()]);
  }
}

/** A synonym never takes a name away from what bears it first. */
function register<T extends { readonly name: string; readonly synonyms?: readonly string[] }>(
  map: Map<string, T>,
  item: T,
): void {
  for (const name of [item.name, ...(item.synonyms ?? [])]) if (!map.has(name)) map.set(name, item);
}
