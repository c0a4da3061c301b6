import { describe, expect, it } from 'vitest';
import { thresholdFromDecisions } from './clusters/decisions.ts';
import { HISTOGRAM_FROM } from './fellegi-sunter/score-pairs.ts';
import { type LinkOutcome, linkTables } from './link-tables.ts';
import { type LinkModel, readLinkModel } from './model/link-model.ts';
import { printTrainedModel, readTrainedModel } from './model/trained-file.ts';
import { columnsOf } from './records/prepare-records.ts';
import { readCsvTables } from './records/read-csv.ts';
import { explainPair } from './report/explain-pair.ts';
import { linkPage } from './report/link-page.ts';
import { pairLines } from './report/pair-lines.ts';
import { measureAgainstTruth } from './report/truth.ts';
import { findUnlinkables } from './report/unlinkables.ts';
import { synthesisePersons } from './testing/synthesise-persons.ts';

const MODEL = `
unique_id: id
comparisons:
  - {column: number, kind: identity-number}
  - {column: name, kind: chinese-name}
  - {column: birth, kind: date}
  - {column: village, kind: region-path}
blocking:
  - [number]
  - [name, birth]
  - [name, village]
  - [birth, village]
sample: 200000
`;

const { model } = readLinkModel({ file: 'model.yaml', content: MODEL });
const registers = synthesisePersons({ persons: 3000, seed: 11 });
const options = { threads: 1, minProbability: 0.01 };

function link(
  sources: readonly string[],
  more: Partial<Parameters<typeof linkTables>[2]> = {},
  of: LinkModel = model,
): Promise<LinkOutcome> {
  const tables = readCsvTables(
    sources.map((content, index) => ({ bytes: Buffer.from(content), file: `${index}.csv` })),
    columnsOf(of),
    of.uniqueId,
  );
  return linkTables(of, tables, { ...options, ...more });
}

const lines = (outcome: LinkOutcome): string => [...pairLines(outcome.linkage.records, outcome.pairs)].join('');

function reversedRows(content: string): string {
  const [head, ...rows] = content.trim().split('\n');
  return `${[head, ...rows.reverse()].join('\n')}\n`;
}

describe('a clerk links the civil-affairs list to the register, numbers wrong or missing', () => {
  const truth = registers.truth
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',') as [string, string]);

  it('finds the persons without a label: F1 of 0.99 and more, far over equality', async () => {
    const outcome = await link([registers.left, registers.right]);
    const { linkage } = outcome;
    const report = measureAgainstTruth(linkage.records, outcome.pairs, model.blocking, truth);
    const at90 = report.byThreshold.find((row) => row.threshold === 0.9);
    expect(at90?.f1).toBeGreaterThan(0.99);
    expect(report.best.f1).toBeGreaterThan(0.995);
    expect(linkage.trained.training.converged).toBe(true);
    const byNumber = linkage.rules[0]?.pairs ?? 0;
    expect(byNumber / truth.length).toBeLessThan(0.9);
  });

  it('gives the same bytes again, from rows in another order, on more threads, and from saved values', async () => {
    const first = await link([registers.left, registers.right]);
    const again = await link([reversedRows(registers.left), reversedRows(registers.right)], { threads: 2 });
    expect(lines(again)).toBe(lines(first));
    const trained = readTrainedModel({ file: 't.yaml', content: printTrainedModel(first.linkage.trained) });
    const saved = await link([registers.left, registers.right], { trained });
    expect(lines(saved)).toBe(lines(first));
  });

  it('explains a pair to the last thousandth of its weight in pairs.csv', async () => {
    const { linkage, pairs } = await link([registers.left, registers.right]);
    for (let at = 0; at < pairs.left.length; at += 97) {
      const explained = explainPair(linkage, pairs.left[at] ?? 0, pairs.right[at] ?? 0);
      expect(Math.round(explained.weight * 1000)).toBe(pairs.weight[at]);
      expect(explained.rules.length).toBeGreaterThan(0);
      expect(JSON.stringify(explained)).not.toMatch(/\d{17}/);
    }
  });

  it('draws every chart of the page from the same integers', async () => {
    const outcome = await link([registers.left, registers.right], { minProbability: 0 });
    const { histogram, weight } = outcome.linkage.scored;
    expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(outcome.linkage.comparedPairs);
    const over = weight.filter((value) => value >= 10_000).length;
    let tail = 0;
    for (let bin = 10 - HISTOGRAM_FROM; bin < histogram.length; bin += 1) tail += histogram[bin] ?? 0;
    expect(tail).toBe(over);
    const page = linkPage({
      title: 'links',
      language: 'en',
      linkage: outcome.linkage,
      unlinkables: findUnlinkables(outcome.linkage),
      threshold: 10_000,
      links: over,
      truth: undefined,
    });
    const row = /<td>10<\/td><td>[^<]*<\/td><td>\d+<\/td><td>.*?<\/td><td>(\d+)<\/td>/.exec(page);
    expect(Number(row?.[1])).toBe(over);
    expect(page).not.toContain('<script');
    expect(page).toContain('<html lang="en">');
    expect(page).not.toMatch(/\p{Script=Han}/u);
  });

  it('forms each pair of the blocks exactly once, and none else', async () => {
    const small = synthesisePersons({ persons: 150, seed: 5 });
    const { linkage } = await link([small.left, small.right], { minProbability: 0 });
    const { records } = linkage;
    const expected = new Set<string>();
    for (const rule of model.blocking)
      for (let a = 0; a < records.leftCount; a += 1)
        for (let b = records.leftCount; b < records.count; b += 1)
          if (
            rule.every((column) => {
              const codes = records.blockCodes.get(column);
              return (codes?.[a] ?? -1) >= 0 && codes?.[a] === codes?.[b];
            })
          )
            expected.add(`${a},${b}`);
    const formed = Array.from(linkage.scored.left, (a, at) => `${a},${linkage.scored.right[at]}`);
    expect(new Set(formed).size).toBe(formed.length);
    expect([...formed].sort()).toEqual([...expected].sort());
    expect(linkage.comparedPairs).toBe(expected.size);
  });

  it('links one to one', async () => {
    const outcome = await link([registers.left, registers.right]);
    const chosen = outcome.oneToOne();
    const lefts = Array.from(chosen, (at) => outcome.pairs.left[at]);
    const rights = Array.from(chosen, (at) => outcome.pairs.right[at]);
    expect(new Set(lefts).size).toBe(lefts.length);
    expect(new Set(rights).size).toBe(rights.length);
    expect(chosen.length).toBeGreaterThan(truth.length * 0.97);
  });
});

describe('what a person decided', () => {
  it('a dismissed pair stays dismissed, a confirmed one is linked', async () => {
    const first = await link([registers.left, registers.right]);
    const { identifiers } = first.linkage.records;
    const name = (at: number) => ({
      left: identifiers[first.pairs.left[at] ?? 0] ?? '',
      right: identifiers[first.pairs.right[at] ?? 0] ?? '',
    });
    const weakest = first.pairs.weight.indexOf(Math.min(...first.pairs.weight));
    const outcome = await link([registers.left, registers.right], {
      decisions: [
        { ...name(0), match: false },
        { ...name(weakest), match: true },
        { left: 'nobody', right: 'R1', match: true },
      ],
    });
    expect(lines(outcome)).not.toContain(`${name(0).left},${name(0).right},`);
    const { ids } = outcome.clusters();
    const clusterOf = (id: string) => ids[outcome.linkage.records.identifiers.indexOf(id)];
    expect(clusterOf(name(0).left)).not.toBe(clusterOf(name(0).right));
    expect(clusterOf(name(weakest).left)).toBe(clusterOf(name(weakest).right));
    expect(outcome.problems.map((one) => one.rule)).toContain('link-decision-unknown');
  });

  it('decisions move the threshold once there are five of either kind', () => {
    const decided = (matches: number[], others: number[]) => [
      ...matches.map((weight) => ({ weight, match: true })),
      ...others.map((weight) => ({ weight, match: false })),
    ];
    expect(thresholdFromDecisions(decided([9000, 8000], [1000, 2000]))).toBeUndefined();
    expect(thresholdFromDecisions(decided([9000, 8000, 7000, 9500, 6000], [1000, 2000, -500, 3000, 0]))).toBe(4500);
  });
});

describe('records that come later', () => {
  const rows = `${registers.left}${registers.right.split('\n').slice(1).join('\n')}`.trim().split('\n');
  const [head = '', ...persons] = rows;

  it('only the blocks of the new record are compared, and clusters keep their names', async () => {
    const [, added = ''] = registers.truth.trim().split('\n')[5]?.split(',') ?? [];
    const before = await link([[head, ...persons.filter((row) => !row.startsWith(`${added},`))].join('\n')]);
    const clusters = before.clusters();
    const clustersBefore = new Map(
      before.linkage.records.identifiers.map((identifier, at) => [identifier, clusters.ids[at] ?? '']),
    );
    const old = [head, ...persons.filter((row) => !row.startsWith(`${added},`))].join('\n');
    const fresh = [head, ...persons.filter((row) => row.startsWith(`${added},`))].join('\n');
    const after = await link([`${old}\n`, fresh], { clustersBefore, trained: before.linkage.trained });
    expect(after.linkage.comparedPairs).toBeLessThan(20);
    expect(after.linkage.comparedPairs).toBeGreaterThan(0);
    const next = after.clusters();
    after.linkage.records.identifiers.forEach((identifier, at) => {
      if (identifier !== added) expect(next.ids[at]).toBe(clustersBefore.get(identifier));
    });
    const [left = ''] = registers.truth.trim().split('\n')[5]?.split(',') ?? [];
    expect(next.ids[after.linkage.records.identifiers.indexOf(added)]).toBe(clustersBefore.get(left));
  });
});

describe('models', () => {
  it('refuses to form too many pairs and names the rule', async () => {
    const tight = { ...model, blocking: [['number'], ['village']], maxPairs: 5000 };
    await expect(link([registers.left, registers.right], {}, tight)).rejects.toThrow(/“village”/);
  });

  it('names the faulty key, warns of unknown ones', () => {
    const read = (content: string) => readLinkModel({ file: 'm.yaml', content });
    expect(() => read('unique_id: id\ncomparisons: [{column: a, kind: soundex}]\nblocking: [[a]]')).toThrow('m.yaml');
    expect(() =>
      read('unique_id: id\ncomparisons: [{column: a, kind: date, levels: [week]}]\nblocking: [[a]]'),
    ).toThrow('没有“week”这一级');
    const { model: plain, problems } = read(
      'unique_id: id\ncomparisons:\n  - {column: a, kind: levenshtein, levels: [2, 1]}\nblocking: [a]\nlink_type: x\nprior: 1e-4',
    );
    expect(problems.map((one) => one.rule)).toEqual(['model-key-unknown']);
    expect(plain.comparisons[0]?.thresholds).toEqual([1, 2]);
    expect(plain.blocking).toEqual([['a']]);
    expect(plain.prior).toBe(0.0001);
  });

  it('levels left out go to the next one that is kept', async () => {
    const { model: coarse } = readLinkModel({
      file: 'm.yaml',
      content: MODEL.replace('kind: chinese-name', 'kind: chinese-name, levels: [homophone]'),
    });
    const { linkage } = await link([registers.left, registers.right], {}, coarse);
    expect(linkage.trained.columns[1]?.levels.map((level) => level.name)).toEqual(['equal', 'homophone', 'different']);
  });
});
