import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { foldCharacter } from '../src/linkage/characters/fold-character.ts';
import { blurSyllable, readingsOf } from '../src/linkage/characters/syllables.ts';
import { KINDS } from '../src/linkage/comparison/kinds.ts';
import { cellOf, columnsOf, type LinkModel, readLinkModel, readTables, type TextTable } from '../src/linkage/index.ts';
import { synthesisePersons } from '../src/linkage/testing/synthesise-persons.ts';
import { readIdentityNumber } from '../src/register/index.ts';
import { machineLine, peakMemory, pythonHas } from './machine-support.ts';

const MODEL = `unique_id: id
comparisons:
  - {column: number, kind: identity-number}
  - {column: name, kind: chinese-name}
  - {column: birth, kind: date}
  - {column: village, kind: region-path}
  - {column: sex, kind: exact}
blocking:
  - [number]
  - [name, birth]
  - [name, village]
  - [birth, village]
`;

/**
 * `npm run bench -- link [--persons N] [--python PATH]`: synthetic persons, CSV read to pairs written, beside Splink on
 * the same records; both 2 threads, alternating, each in a fresh process whose start is not counted.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      smoke: { type: 'boolean', default: false },
      persons: { type: 'string' },
      runs: { type: 'string' },
      seed: { type: 'string', default: '20261122' },
      python: { type: 'string', default: process.env.JIPING_PYTHON ?? 'python3' },
      memory: { type: 'string', default: '6GB' },
      child: { type: 'string' },
    },
  });
  if (values.child !== undefined) return linkFolder(values.child);
  const persons = Number(values.persons ?? (values.smoke ? 5000 : 1_000_000));
  const runs = Number(values.runs ?? (values.smoke ? 1 : 3));
  console.log(machineLine());
  console.log(`persons: ${persons} in the left register, seed ${values.seed}, 2 threads, load ${load()}`);
  const work = mkdtempSync(join(tmpdir(), 'jiping-bench-'));
  try {
    const registers = synthesisePersons({ persons, seed: Number(values.seed) });
    writeFileSync(join(work, 'left.csv'), registers.left);
    writeFileSync(join(work, 'right.csv'), registers.right);
    const truth = new Set(registers.truth.trim().split('\n').slice(1));
    const { model } = readLinkModel({ file: 'model.yaml', content: MODEL });
    const tables = await readTables([join(work, 'left.csv'), join(work, 'right.csv')], columnsOf(model), 'id');
    console.log(`right register: ${tables[1]?.rows} records; true pairs: ${truth.size}`);
    for (const [name, rules] of RULES) console.log(`${name}: ${accuracy(equalPairs(model, tables, rules), truth)}`);
    const hasPeer = pythonHas(values.python, ['splink', 'duckdb']);
    if (hasPeer)
      for (const [index, table] of tables.entries()) await writeForPeer(table, join(work, `peer-${index}.csv`));
    else console.log('peer skipped: needs Python with splink (pip install splink; --python PATH)');
    const own: Measured[] = [];
    const peer: Measured[] = [];
    for (let round = 0; round < runs; round += 1) {
      own.push(measureOwn(work));
      console.log(`jiping ${round + 1}: ${JSON.stringify(own[round])} load ${load()}`);
      if (!hasPeer) continue;
      peer.push(measurePeer(values.python, work, values.memory));
      console.log(`splink ${round + 1}: ${JSON.stringify(peer[round])} load ${load()}`);
    }
    report('jiping', own, join(work, 'own.csv'), truth);
    if (hasPeer) {
      report('splink', peer, join(work, 'peer.csv'), truth);
      console.log(
        `splink / jiping: ${(median(peer) / median(own)).toFixed(2)} × the time, ${(median(peer, 'cpu') / median(own, 'cpu')).toFixed(2)} × the processor time`,
      );
      const [a, b] = [own[0]?.pairs ?? 0, peer[0]?.pairs ?? 0];
      console.log(`pairs generated: ${a} and ${b}, ${((100 * Math.abs(a - b)) / Math.max(1, b)).toFixed(3)}% apart`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface Measured {
  readonly seconds: number;
  /** Processor seconds of all its threads, which the load of the machine moves less than wall time. */
  readonly cpu: number;
  readonly pairs: number;
  readonly peakMiB: number;
}

function load(): string {
  return loadavg()
    .slice(0, 1)
    .map((value) => value.toFixed(1))
    .join('');
}

/** A fresh process, so that its memory and its start are its own. */
function measureOwn(work: string): Measured {
  const runner = join(dirname(fileURLToPath(import.meta.url)), 'run.ts');
  const result = spawnSync(process.execPath, ['--import', 'tsx', runner, 'link', '--child', work], {
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout) as Measured;
}

/** Runs the built program where there is one: worker threads are loaded from JavaScript files. */
async function linkFolder(work: string): Promise<void> {
  const built = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'linkage', 'index.js');
  const { linkTables, pairLines, readLinkModel, readTables, columnsOf, writeWhole } = (
    existsSync(built) ? await import(pathToFileURL(built).href) : await import('../src/linkage/index.ts')
  ) as typeof import('../src/linkage/index.ts');
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  const { model } = readLinkModel({ file: 'model.yaml', content: MODEL });
  const tables = await readTables([join(work, 'left.csv'), join(work, 'right.csv')], columnsOf(model), 'id');
  const outcome = await linkTables(model, tables, { threads: 2, minProbability: 0.01 });
  await writeWhole(join(work, 'own.csv'), pairLines(outcome.linkage.records, outcome.pairs));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpu = (user + system) / 1e6;
  console.log(JSON.stringify({ seconds, cpu, pairs: outcome.linkage.comparedPairs, peakMiB: peakMemory() }));
}

function measurePeer(python: string, work: string, memory: string): Measured {
  const script = join(dirname(fileURLToPath(import.meta.url)), 'peers', 'link_peer.py');
  const files = ['peer-0.csv', 'peer-1.csv', 'peer.csv'].map((name) => join(work, name));
  const result = spawnSync(python, [script, ...files, '2', memory], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '') as Measured;
}

/** The table as Splink is given it: cleaned values and precomputed pinyin, which jiping works out in its own time. */
async function writeForPeer(table: TextTable, path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write('id,name,number,birth,sex,village,pinyin,near,town,valid\n');
  const cleaned = (kind: 'identity-number' | 'chinese-name' | 'date' | 'region-path', raw: string): string => {
    const value = KINDS[kind].clean(raw);
    return value === undefined ? '' : KINDS[kind].blockValue(value);
  };
  let lines: string[] = [];
  for (let row = 0; row < table.rows; row += 1) {
    const number = cleaned('identity-number', cellOf(table, 'number', row));
    const name = cleaned('chinese-name', cellOf(table, 'name', row));
    const village = cleaned('region-path', cellOf(table, 'village', row));
    const sounds = Array.from(name, (letter) => readingsOf(foldCharacter(letter))[0] ?? letter);
    lines.push(
      [
        cellOf(table, 'id', row),
        name,
        number,
        cleaned('date', cellOf(table, 'birth', row)),
        cellOf(table, 'sex', row),
        village,
        sounds.join(' '),
        sounds.map(blurSyllable).join(' '),
        /^(.*镇)/u.exec(village)?.[1] ?? '',
        readIdentityNumber(number).ok ? '1' : '0',
      ].join(','),
    );
    if (lines.length === 10_000 || row === table.rows - 1) {
      out.write(`${lines.join('\n')}\n`);
      lines = [];
    }
  }
  out.end();
  await finished(out);
}

const RULES: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['equal number as typed', [['raw number']]],
  ['equal number after normalising', [['number']]],
  ['normalised number, or name + birth + sex + village', [['number'], ['name', 'birth', 'sex', 'village']]],
];

/** Pairs by equality alone: what matching without a model finds. */
function equalPairs(model: LinkModel, tables: readonly TextTable[], rules: (typeof RULES)[number][1]): Set<string> {
  const pairs = new Set<string>();
  for (const rule of rules) {
    const key = (table: TextTable, row: number): string => {
      const parts = rule.map((column) => {
        if (column.startsWith('raw ')) return cellOf(table, column.slice(4), row);
        const kind = KINDS[model.comparisons.find((one) => one.column === column)?.kind ?? 'exact'];
        const value = kind.clean(cellOf(table, column, row));
        return value === undefined ? '' : kind.blockValue(value);
      });
      return parts.includes('') ? '' : parts.join('|');
    };
    const [left, right] = tables;
    if (left === undefined || right === undefined) continue;
    const byKey = new Map<string, string[]>();
    for (let row = 0; row < left.rows; row += 1) {
      const k = key(left, row);
      if (k === '') continue;
      const known = byKey.get(k);
      if (known === undefined) byKey.set(k, [cellOf(left, 'id', row)]);
      else known.push(cellOf(left, 'id', row));
    }
    for (let row = 0; row < right.rows; row += 1)
      for (const id of byKey.get(key(right, row)) ?? []) pairs.add(`${id},${cellOf(right, 'id', row)}`);
  }
  return pairs;
}

function accuracy(pairs: ReadonlySet<string>, truth: ReadonlySet<string>): string {
  let right = 0;
  for (const pair of pairs) if (truth.has(pair)) right += 1;
  return printAccuracy(pairs.size, right, truth.size);
}

function printAccuracy(links: number, right: number, truths: number): string {
  const show = (value: number) => value.toFixed(5);
  return `precision ${show(right / links)}, recall ${show(right / truths)}, F1 ${show((2 * right) / (links + truths))}`;
}

function median(runs: readonly Measured[], of: 'seconds' | 'cpu' = 'seconds'): number {
  const sorted = runs.map((one) => one[of]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function report(name: string, runs: readonly Measured[], path: string, truth: ReadonlySet<string>): void {
  const seconds = median(runs);
  const pairs = runs[0]?.pairs ?? 0;
  const peak = Math.max(...runs.map((one) => one.peakMiB));
  console.log(
    `${name}: median ${seconds.toFixed(2)} s of ${runs.length}, ${median(runs, 'cpu').toFixed(2)} s of processors, ${pairs} pairs, ${Math.round(pairs / seconds / 2)} pairs/s/core, peak ${Math.round(peak)} MiB`,
  );
  const scored = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [left = '', right = '', , probability = ''] = line.split(',');
      return { right: truth.has(`${left},${right}`), probability: Number(probability) };
    })
    .sort((a, b) => b.probability - a.probability);
  let right = 0;
  let best = { f1: -1, text: '', threshold: 0 };
  let links90 = 0;
  let right90 = 0;
  scored.forEach((pair, index) => {
    if (pair.right) right += 1;
    if (pair.probability >= 0.9) {
      links90 = index + 1;
      right90 = right;
    }
    if (scored[index + 1]?.probability === pair.probability) return;
    const f1 = (2 * right) / (index + 1 + truth.size);
    if (f1 > best.f1) best = { f1, text: printAccuracy(index + 1, right, truth.size), threshold: pair.probability };
  });
  console.log(`  at 0.9: ${printAccuracy(links90, right90, truth.size)}`);
  console.log(`  at its best (${best.threshold}): ${best.text}`);
}
