import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Exact } from '../../quantity/index.ts';
import { explainShare } from '../explain-share.ts';
import type { GroupId } from '../insured-group.ts';
import { noticeYear } from '../policy-years.ts';
import { packagedPolicy, years } from '../testing/policy-fixtures.ts';
import { personAmounts } from './person-amounts.ts';
import { withPersonDatabase } from './person-database.ts';
import { simulatePersons } from './simulate-persons.ts';

const MONTHLY = `id: local.monthly
kind: sharing
version: "1"
title: 按月折算
jurisdiction: "360424"
plans:
  - id: monthly
    groups: [residents, students-local, aided-*]
    validity: {from: 2019-01-01}
    proration: MONTHLY
    verified: false
    status: 测试
    levels:
      - {level: central, method: NATIONAL_TIER}
      - {level: province, method: RATIO_OF_REMAINDER, ratio: 0.57}
      - {level: county}
`;

const rules = packagedPolicy([{ file: 'local/monthly.yaml', content: MONTHLY }]);
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Person {
  readonly category: GroupId;
  readonly identities: readonly string[];
  readonly months: number;
}

/** The core, one person at a time. */
function bySum(place: string, persons: readonly Person[]): string {
  const region = rules.jurisdictions.find(place);
  const aid = rules.aid(region, noticeYear(2023));
  const individual = rules.individual(region, noticeYear(2023))?.high;
  const totals: Record<string, bigint> = {};
  const explained = new Map(
    [...new Set(persons.map((person) => person.category))].map((group) => [
      group,
      explainShare(rules, { region, group, budget: years(2024).budget, standard: noticeYear(2024) }),
    ]),
  );
  for (const person of persons) {
    const explanation = explained.get(person.category);
    if (explanation === undefined) throw new Error('no explanation');
    const amounts = personAmounts(
      explanation,
      person.months,
      person.identities,
      aid === undefined || individual === undefined ? undefined : { rules: aid, individual },
    );
    for (const [level, fen] of amounts.levels) totals[level] = (totals[level] ?? 0n) + fen;
    if (amounts.fund !== undefined) totals[amounts.fund] = (totals[amounts.fund] ?? 0n) + amounts.aid;
  }
  return print(Object.entries(totals).map(([name, fen]) => [name, Exact.ratio(fen, 100n)]));
}

function print(entries: readonly (readonly [string, Exact])[]): string {
  return entries
    .filter(([, amount]) => !amount.isZero)
    .map(([name, amount]) => `${name} ${amount}`)
    .sort()
    .join('; ');
}

function csvOf(name: string, persons: readonly Person[]): string {
  const path = join(folder, name);
  const lines = persons.map((person) => `${person.category},${person.identities.join('|')},${person.months}`);
  writeFileSync(path, `category,identities,months\n${lines.join('\n')}\n`);
  return path;
}

async function byDatabase(place: string, dataset: string, out?: string) {
  return withPersonDatabase({ dataset, out }, (database) =>
    simulatePersons(
      rules,
      { region: rules.jurisdictions.find(place), years: years(2024), perPerson: out !== undefined },
      database,
    ),
  );
}

const person: fc.Arbitrary<Person> = fc.record({
  category: fc.constantFrom<GroupId>(
    'residents',
    'students-local',
    'students-provincial',
    'students-central',
    'aided-destitute',
  ),
  identities: fc.subarray(['特困', 'subsistence', '重残', 'disabled-child']),
  months: fc.integer({ min: 0, max: 12 }),
});

describe('person by person over a register', () => {
  it.each([
    ['共青城', 'by the year'],
    ['修水县', 'by the month'],
  ])('equals the core to the 分 in %s (%s)', async (place) => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 400 }), async (persons) => {
        run += 1;
        const found = await byDatabase(place, csvOf(`p${run}.csv`, persons));
        expect(
          print([
            ...found.levels.map((entry) => [entry.level, entry.due] as const),
            ...found.aid.map((entry) => [entry.fund, entry.total] as const),
          ]),
        ).toBe(bySum(place, persons));
      }),
      { numRuns: 3 },
    );
  });

  it('does not drift over 10^6 persons, and writes every person’s amounts, readable by the owner alone', async () => {
    const dataset = join(folder, 'million.parquet');
    const out = join(folder, 'amounts.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT i AS person, CASE WHEN i % 2 = 0 THEN 'residents' ELSE 'students-local' END AS category, '' AS identities, 12 AS months FROM range(1000000) t(i)) TO '${dataset}' (FORMAT parquet)`,
    );
    const found = await byDatabase('共青城', dataset, out);
    expect(found.persons).toBe(1_000_000n);
    expect(found.levels.map((entry) => [entry.level, entry.due.toString()])).toEqual([
      ['central', '402000000'],
      ['province', '146400000'],
      ['county', '121600000'],
    ]);
    const [row] = (
      await connection.runAndReadAll(
        `SELECT count(*)::VARCHAR, sum(central_fen + province_fen + county_fen)::VARCHAR, count(DISTINCT person)::VARCHAR FROM '${out}'`,
      )
    ).getRows();
    expect(row).toEqual(['1000000', '67000000000', '1000000']);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.includes('.tmp-'))).toEqual([]);
    connection.closeSync();
    instance.closeSync();
  });

  it('leaves out and counts what it does not know, without repeating a cell', async () => {
    const path = join(folder, 'odd.csv');
    writeFileSync(path, 'category,identities,months\nresidents,,12\n某某某,,12\nresidents,,13\nresidents,神秘,1\n');
    const found = await byDatabase('共青城', path);
    expect(found.persons).toBe(2n);
    expect(found.problems.map((entry) => entry.rule)).toEqual(
      expect.arrayContaining(['category-unknown', 'months-invalid', 'identity-unknown']),
    );
    expect(JSON.stringify(found.problems)).not.toMatch(/某某某|神秘/);
  });

  it('refuses what is no dataset in one sentence', async () => {
    const path = join(folder, 'no.parquet');
    writeFileSync(path, 'not parquet');
    await expect(byDatabase('共青城', path)).rejects.toThrow(/不能读这个数据集/);
    const other = join(folder, 'other.csv');
    writeFileSync(other, 'a,b\n1,2\n');
    await expect(byDatabase('共青城', other)).rejects.toThrow(/没有 category/);
  });
});
