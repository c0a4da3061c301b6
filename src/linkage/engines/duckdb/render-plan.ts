import { nameForms } from '../../characters/name-forms.ts';
import { type Column, type Expression, FIELD_MARK, type Node, NULL_MARK, type Plan } from '../../plan/plan.ts';
import { sqlName, sqlText } from './open-duckdb.ts';

/** What stands outside the plan: where tables and targets are, and the key of `keyed`. */
export interface PlanPlaces {
  readonly tables: ReadonlyMap<string, string>;
  readonly targets: ReadonlyMap<string, string>;
  /** Hex. */
  readonly key: string;
}

/** The function of SQL that the database process has for `name-form`; see `runPlan`. */
export const NAME_FORM = 'name_form';

/** The statements that carry out a plan in DuckDB, in order. Kept steps become temporary tables. */
export function renderPlan(plan: Plan, places: PlanPlaces): readonly string[] {
  const nodes = new Map(plan.steps.map((step) => [step.name, step]));
  const renderer = new Renderer(places, (name) => {
    const step = nodes.get(name);
    if (step === undefined) throw new Error(`the plan has no step ${name}`);
    return step.keep === true ? { kept: step.name } : { node: step.node };
  });
  const statements: string[] = [];
  for (const { name, node, keep } of plan.steps) {
    if (node.kind === 'write') {
      const order = node.order.length === 0 ? '' : ` ORDER BY ${orderSql(node.order)}`;
      statements.push(
        `COPY (SELECT * FROM ${renderer.from(node.from)}${order}) TO ${sqlText(places.targets.get(node.target) ?? node.target)} (FORMAT parquet, COMPRESSION zstd)`,
      );
    } else if (keep === true) statements.push(`CREATE TEMP TABLE ${sqlName(name)} AS ${renderer.node(node)}`);
  }
  return statements;
}

/** SQL of the row-set hash of a relation with these columns; equals `rowSetHash`. */
export function rowSetHashSql(from: string, columns: readonly string[]): string {
  const text = columns
    .map((name) => `coalesce(CAST(${sqlName(name)} AS VARCHAR), ${sqlText(NULL_MARK)})`)
    .join(` || ${sqlText(FIELD_MARK)} || `);
  return `SELECT count(*) || ':' || coalesce(sum(md5_number_upper(t)), 0) || ':' || coalesce(sum(md5_number_lower(t)), 0) FROM (SELECT ${text} AS t FROM ${from})`;
}

class Renderer {
  readonly #places: PlanPlaces;
  readonly #find: (name: string) => { readonly kept: string } | { readonly node: Node };
  #count = 0;

  constructor(places: PlanPlaces, find: (name: string) => { readonly kept: string } | { readonly node: Node }) {
    this.#places = places;
    this.#find = find;
  }

  /** A step where it is read: its table if kept, else its query in brackets. */
  from(name: string, alias?: string): string {
    const step = this.#find(name);
    this.#count += 1;
    const as = alias ?? `s${this.#count}`;
    return 'kept' in step ? `${sqlName(step.kept)} AS ${as}` : `(${this.node(step.node)}) AS ${as}`;
  }

  node(node: Node): string {
    switch (node.kind) {
      case 'scan': {
        const path = this.#places.tables.get(node.table) ?? node.table;
        const columns = node.columns.map(({ name, type, present }) =>
          present ? sqlName(name) : `CAST(NULL AS ${sqlType(type)}) AS ${sqlName(name)}`,
        );
        if (node.place === undefined) return `SELECT ${columns.join(', ')} FROM read_parquet(${sqlText(path)})`;
        columns.unshift(`file_row_number + 1 AS ${sqlName(node.place)}`);
        return `SELECT ${columns.join(', ')} FROM read_parquet(${sqlText(path)}, file_row_number = true)`;
      }
      case 'filter':
        return `SELECT * FROM ${this.from(node.from)} WHERE ${this.expression(node.where)}`;
      case 'project':
        return `SELECT ${this.columns(node.columns)} FROM ${this.from(node.from)}`;
      case 'union':
        return node.from.map((name) => `SELECT * FROM ${this.from(name)}`).join(' UNION ALL BY NAME ');
      case 'join':
        return this.join(node);
      case 'distinct': {
        const rank = `row_number() OVER (PARTITION BY ${node.by.map(sqlName).join(', ')} ORDER BY ${orderSql(node.order)})`;
        return `SELECT * FROM ${this.from(node.from)} QUALIFY ${rank} = 1`;
      }
      case 'aggregate': {
        const measures = node.measures.map(({ name, measure, of }) => {
          const column = of === undefined ? '*' : sqlName(of);
          const sql = {
            count: `count(${column})`,
            'count-distinct': `count(DISTINCT ${column})`,
            sum: `CAST(sum(${column}) AS BIGINT)`,
            least: `min(${column})`,
            greatest: `max(${column})`,
          }[measure];
          return `${sql} AS ${sqlName(name)}`;
        });
        const by = node.by.map(sqlName);
        const group = by.length === 0 ? '' : ` GROUP BY ${by.join(', ')}`;
        return `SELECT ${[...by, ...measures].join(', ')} FROM ${this.from(node.from)}${group}`;
      }
      case 'rank':
        return `SELECT *, rank() OVER (ORDER BY ${sqlName(node.by)} ${node.descending ? 'DESC NULLS FIRST' : 'ASC NULLS LAST'}) AS ${sqlName(node.name)} FROM ${this.from(node.from)}`;
      case 'compare': {
        const cases = node.levels.map(
          ({ level, same }) =>
            `WHEN ${same.map(([a, b]) => `${sqlName(a)} = ${sqlName(b)}`).join(' AND ')} THEN ${sqlText(level)}`,
        );
        return `SELECT *, CASE ${cases.join(' ')} ELSE ${sqlText(node.otherwise)} END AS ${sqlName(node.name)} FROM ${this.from(node.from)}`;
      }
      case 'write':
        return `SELECT * FROM ${this.from(node.from)}`;
    }
  }

  private join(node: Extract<Node, { kind: 'join' }>): string {
    const on = node.on.map(([left, right]) => `l.${sqlName(left)} = r.${sqlName(right)}`).join(' AND ');
    const [left, right] = [this.from(node.left, 'l'), this.from(node.right, 'r')];
    if (node.how === 'semi' || node.how === 'anti')
      return `SELECT l.* FROM ${left} ${node.how.toUpperCase()} JOIN ${right} ON ${on}`;
    return `SELECT ${this.columns(node.columns ?? [])} FROM ${left} ${node.how.toUpperCase()} JOIN ${right} ON ${on}`;
  }

  private columns(columns: readonly Column[]): string {
    return columns.map(({ name, value }) => `${this.expression(value)} AS ${sqlName(name)}`).join(', ');
  }

  private expression(expression: Expression): string {
    const sql = (of: Expression): string => this.expression(of);
    switch (expression.kind) {
      case 'column':
        return columnSql(expression.name);
      case 'text':
        return sqlText(expression.value);
      case 'whole':
        return `CAST(${BigInt(expression.value)} AS BIGINT)`;
      case 'null':
        return `CAST(NULL AS ${sqlType(expression.type)})`;
      case 'equal':
        return `(${sql(expression.left)} = ${sql(expression.right)})`;
      case 'less':
        return `(${sql(expression.left)} < ${sql(expression.right)})`;
      case 'one-of':
        return `(${sql(expression.of)} IN (${expression.values.map(sqlText).join(', ')}))`;
      case 'and':
      case 'or':
        return `(${expression.of.map(sql).join(` ${expression.kind.toUpperCase()} `)})`;
      case 'not':
        return `(NOT ${sql(expression.of)})`;
      case 'is-null':
        return `(${sql(expression.of)} IS NULL)`;
      case 'coalesce':
        return `coalesce(${expression.of.map(sql).join(', ')})`;
      case 'add':
        return `(${expression.of.map(sql).join(' + ')})`;
      case 'choose':
        return `CASE WHEN ${sql(expression.when)} THEN ${sql(expression.then)} ELSE ${sql(expression.otherwise)} END`;
      case 'joined':
        return `(${expression.of.map((each) => `coalesce(CAST(${sql(each)} AS VARCHAR), '')`).join(" || '|' || ")})`;
      case 'name-form': {
        const of = sql(expression.of);
        // A function of ours costs ten times the pattern: only the few names that hold such a form are put through it.
        return `CASE WHEN regexp_matches(${of}, ${sqlText(`[${nameForms().from}]`)}) THEN ${NAME_FORM}(${of}) ELSE ${of} END`;
      }
      case 'keyed':
        return this.keyed(sql(expression.of));
    }
  }

  /** HMAC-SHA-256 (RFC 2104) from DuckDB's own sha256; keys are at most 64 bytes. */
  private keyed(text: string): string {
    const key = Buffer.alloc(64);
    Buffer.from(this.#places.key, 'hex').copy(key);
    const pad = (byte: number): string => `unhex('${Buffer.from(key.map((each) => each ^ byte)).toString('hex')}')`;
    return `left(sha256(${pad(0x5c)} || unhex(sha256(${pad(0x36)} || encode(${text})))), 32)`;
  }
}

function columnSql(name: string): string {
  const side = /^([lr])\.(.+)$/.exec(name);
  return side === null ? sqlName(name) : `${side[1]}.${sqlName(side[2] ?? '')}`;
}

function sqlType(type: 'text' | 'whole'): string {
  return type === 'text' ? 'VARCHAR' : 'BIGINT';
}

function orderSql(order: readonly string[]): string {
  return order.map((name) => `${sqlName(name)} NULLS LAST`).join(', ');
}
