import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../register/index.ts';
import { foldName, nameForms } from '../characters/name-forms.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { renderPlan, rowSetHashSql } from '../engines/duckdb/render-plan.ts';
import { runPlan } from '../engines/duckdb/run-plan.ts';
import { evaluatePlan, type Row, rowSetHash } from './evaluate-plan.ts';
import { choose, coalesce, column, equal, isNull, not, type Plan, planHash, same, whole, words } from './plan.ts';

const KEY = '00112233445566778899aabbccddeeff';
const TEXTS = ['a', 'b', 'name'] as const;

const scan = (table: string) => ({
  kind: 'scan' as const,
  table,
  place: 'at',
  columns: [
    ...TEXTS.map((name) => ({ name, type: 'text' as const, present: true })),
    { name: 'n', type: 'whole' as const, present: true },
    { name: 'absent', type: 'text' as const, present: false },
  ],
});

/** Every kind of node and of expression once. */
const PLAN: Plan = {
  steps: [
    { name: 'left', node: scan('L') },
    { name: 'right', node: scan('R') },
    {
      name: 'some',
      node: {
        kind: 'filter',
        from: 'left',
        where: {
          kind: 'or',
          of: [
            not(equal(column('a'), words('张'))),
            isNull(column('b')),
            { kind: 'one-of', of: column('name'), values: ['张三', '·'] },
            { kind: 'less', left: column('n'), right: whole(3) },
          ],
        },
      },
    },
    {
      name: 'hits',
      keep: true,
      node: {
        kind: 'join',
        how: 'inner',
        left: 'some',
        right: 'right',
        on: [['a', 'a']],
        columns: [
          ...TEXTS.map((name) => ({ name, value: column(`l.${name}`) })),
          { name: 'other', value: column('r.b') },
          {
            name: 'n',
            value: { kind: 'add', of: [coalesce(column('l.n'), whole(0)), coalesce(column('r.n'), whole(1))] },
          },
        ],
      },
    },
    {
      name: 'levels',
      node: {
        kind: 'compare',
        from: 'hits',
        name: 'level',
        levels: [
          {
            level: 'L1',
            same: [
              ['b', 'other'],
              ['a', 'name'],
            ],
          },
          { level: 'L2', same: [['b', 'other']] },
        ],
        otherwise: 'L3',
      },
    },
    {
      name: 'alone',
      node: {
        kind: 'join',
        how: 'anti',
        left: 'left',
        right: 'right',
        on: [
          ['a', 'a'],
          ['b', 'b'],
        ],
      },
    },
    { name: 'with', node: { kind: 'join', how: 'semi', left: 'left', right: 'right', on: [['b', 'b']] } },
    { name: 'both', node: { kind: 'union', from: ['alone', 'with'] } },
    {
      name: 'maybe',
      node: {
        kind: 'join',
        how: 'left',
        left: 'both',
        right: 'right',
        on: [['name', 'name']],
        columns: [
          ...same().concat(TEXTS.map((name) => ({ name, value: column(`l.${name}`) }))),
          { name: 'level', value: choose(isNull(column('r.n')), words('none'), words("it's")) },
          { name: 'other', value: column('l.absent') },
          { name: 'n', value: { kind: 'add', of: [coalesce(column('r.n'), column('r.at')), column('l.at')] } },
        ],
      },
    },
    { name: 'all', node: { kind: 'union', from: ['levels', 'maybe'] } },
    { name: 'first', node: { kind: 'distinct', from: 'all', by: ['a', 'level'], order: ['b', 'name', 'other', 'n'] } },
    {
      name: 'keyed',
      node: {
        kind: 'project',
        from: 'first',
        columns: [
          ...same('level', 'n'),
          { name: 'a', value: { kind: 'name-form', of: column('a') } },
          { name: 'id', value: { kind: 'keyed', of: { kind: 'joined', of: [column('a'), column('b'), column('n')] } } },
        ],
      },
    },
    { name: 'out', node: { kind: 'write', from: 'keyed', target: 'one', order: ['id', 'n'] } },
    {
      name: 'counts',
      node: {
        kind: 'aggregate',
        from: 'all',
        by: ['level'],
        measures: [
          { name: 'rows', measure: 'count' },
          { name: 'names', measure: 'count-distinct', of: 'name' },
          { name: 'sum', measure: 'sum', of: 'n' },
          { name: 'low', measure: 'least', of: 'b' },
          { name: 'high', measure: 'greatest', of: 'n' },
        ],
      },
    },
    { name: 'ranked', node: { kind: 'rank', from: 'counts', by: 'rows', descending: true, name: 'place' } },
    { name: 'table', node: { kind: 'write', from: 'ranked', target: 'two', order: ['level'] } },
  ],
};
const COLUMNS = {
  one: ['a', 'level', 'n', 'id'],
  two: ['level', 'rows', 'names', 'sum', 'low', 'high', 'place'],
} as const;

describe('a plan', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jiping-plan-'));
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ threads: 1, memory: '1GB', scratch: folder, folders: [], files: [] });
  });
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function store(rows: readonly Row[], name: string): Promise<string> {
    const path = join(folder, `${name}.parquet`);
    const values = rows.map(
      (row) =>
        `(${[...TEXTS, 'n'].map((key) => (row[key] === null ? 'NULL' : typeof row[key] === 'bigint' ? String(row[key]) : sqlText(String(row[key])))).join(', ')})`,
    );
    const from =
      rows.length === 0
        ? `(VALUES ('', '', '', 0)) AS t(a, b, name, n) WHERE false`
        : `(VALUES ${values.join(', ')}) AS t(a, b, name, n)`;
    await database.run(
      `COPY (SELECT a::VARCHAR AS a, b::VARCHAR AS b, name::VARCHAR AS name, n::BIGINT AS n FROM ${from}) TO ${sqlText(path)} (FORMAT parquet)`,
    );
    return path;
  }

  it('gives in DuckDB what the plain reference gives, on random rows', async () => {
    const text = fc.oneof(
      fc.constantFrom('张', '张三', '', '·', "o'x", '𠮷', '張強', '髙昇', '吳·凌'),
      fc.string({ unit: 'grapheme', maxLength: 3 }).map((each) => each.replaceAll('\0', '')),
    );
    const row = fc.record({
      a: fc.option(text),
      b: fc.option(text),
      name: fc.option(text),
      n: fc.option(fc.bigInt({ min: -5n, max: 5n })),
    });
    const rows = fc.array(row, { maxLength: 12 });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(rows, rows, async (left, right) => {
        round += 1;
        const targets = new Map([
          ['one', join(folder, `one${round}.parquet`)],
          ['two', join(folder, `two${round}.parquet`)],
        ]);
        const places = {
          tables: new Map([
            ['L', await store(left, `L${round}`)],
            ['R', await store(right, `R${round}`)],
          ]),
          targets,
          key: KEY,
        };
        await runPlan(database, PLAN, places);
        await database.run('DROP TABLE hits');
        const expected = evaluatePlan(PLAN, {
          tables: new Map([
            ['L', left],
            ['R', right],
          ]),
          key: KEY,
        });
        for (const target of ['one', 'two'] as const) {
          const [[hash] = []] = await database.rows(
            rowSetHashSql(`read_parquet(${sqlText(targets.get(target) ?? '')})`, COLUMNS[target]),
          );
          expect(hash).toBe(rowSetHash(expected.get(target) ?? [], COLUMNS[target]));
        }
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  it('folds names in DuckDB as in the plain reference, on random strings full of old forms', async () => {
    const forms = nameForms();
    const character = fc.constantFrom(...forms.from, ...forms.to, '张', '·', 'a', "'", '𠮷', 'é', '\u{e0100}');
    const name = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(''));
    const names = fc.sample(fc.option(name), { numRuns: 3_000, seed: 12 });
    expect(names.filter((each) => each !== null && foldName(each) !== each).length).toBeGreaterThan(1_000);
    const plan: Plan = {
      steps: [
        {
          name: 'rows',
          node: { kind: 'scan', table: 'N', columns: [{ name: 'a', type: 'text', present: true }] },
        },
        {
          name: 'folded',
          node: {
            kind: 'project',
            from: 'rows',
            columns: [...same('a'), { name: 'form', value: { kind: 'name-form', of: column('a') } }],
          },
        },
        { name: 'out', node: { kind: 'write', from: 'folded', target: 'forms', order: ['a'] } },
      ],
    };
    const rows = names.map((a) => ({ a, b: null, name: null, n: null }));
    const target = join(folder, 'forms.parquet');
    const places = {
      tables: new Map([['N', await store(rows, 'N')]]),
      targets: new Map([['forms', target]]),
      key: KEY,
    };
    await runPlan(database, plan, places);
    const expected = evaluatePlan(plan, { tables: new Map([['N', rows]]), key: KEY }).get('forms') ?? [];
    const [[hash] = []] = await database.rows(rowSetHashSql(`read_parquet(${sqlText(target)})`, ['a', 'form']));
    expect(hash).toBe(rowSetHash(expected, ['a', 'form']));
    const [sql = ''] = renderPlan(plan, places);
    expect(sql.replace(`[${forms.from}]`, '[…]').replaceAll(folder, '')).toBe(
      `COPY (SELECT * FROM (SELECT "a" AS "a", CASE WHEN regexp_matches("a", '[…]') THEN name_form("a") ELSE "a" END AS "form" FROM (SELECT "a" FROM read_parquet('/N.parquet')) AS s2) AS s1 ORDER BY "a" NULLS LAST) TO '/forms.parquet' (FORMAT parquet, COMPRESSION zstd)`,
    );
  });

  it('is SQL that can be read', () => {
    const plan: Plan = {
      steps: [
        {
          name: 'resident',
          node: {
            kind: 'scan',
            table: 'v1',
            columns: [
              { name: 'id', type: 'text', present: true },
              { name: 'phone', type: 'text', present: false },
            ],
          },
        },
        { name: 'death', node: { kind: 'scan', table: 'v2', columns: [{ name: 'id', type: 'text', present: true }] } },
        {
          name: 'dead',
          keep: true,
          node: { kind: 'join', how: 'semi', left: 'resident', right: 'death', on: [['id', 'id']] },
        },
        { name: 'out', node: { kind: 'write', from: 'dead', target: 'findings', order: ['id'] } },
      ],
    };
    const places = {
      tables: new Map([
        ['v1', '/r/1.parquet'],
        ['v2', '/r/2.parquet'],
      ]),
      targets: new Map([['findings', '/f.parquet']]),
      key: KEY,
    };
    expect(renderPlan(plan, places)).toEqual([
      `CREATE TEMP TABLE "dead" AS SELECT l.* FROM (SELECT "id", CAST(NULL AS VARCHAR) AS "phone" FROM read_parquet('/r/1.parquet')) AS l SEMI JOIN (SELECT "id" FROM read_parquet('/r/2.parquet')) AS r ON l."id" = r."id"`,
      `COPY (SELECT * FROM "dead" AS s3 ORDER BY "id" NULLS LAST) TO '/f.parquet' (FORMAT parquet, COMPRESSION zstd)`,
    ]);
    const placed: Plan = {
      steps: [
        {
          name: 'rows',
          node: {
            kind: 'scan',
            table: 'v1',
            place: 'row',
            columns: [
              { name: 'id', type: 'text', present: true },
              { name: 'amount', type: 'whole', present: false },
            ],
          },
        },
        { name: 'out', node: { kind: 'write', from: 'rows', target: 'findings', order: [] } },
      ],
    };
    expect(renderPlan(placed, places)).toEqual([
      `COPY (SELECT * FROM (SELECT file_row_number + 1 AS "row", "id", CAST(NULL AS BIGINT) AS "amount" FROM read_parquet('/r/1.parquet', file_row_number = true)) AS s1) TO '/f.parquet' (FORMAT parquet, COMPRESSION zstd)`,
    ]);
    expect(planHash(plan)).toMatch(/^[0-9a-f]{64}$/);
    expect(planHash(PLAN)).not.toBe(planHash(plan));
  });
});
