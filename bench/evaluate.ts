import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { evaluateBook, renderEvaluation } from '../src/cli/index.ts';
import { readRuleSets } from '../src/performance/index.ts';
import { Exact } from '../src/quantity/index.ts';
import { loadPaperForms, PdfRenderer } from '../src/report/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../src/rules/index.ts';
import { type BookContent, openProjectBook, writeProjectBook } from '../src/workbook/index.ts';
import { machineLine, peakMemory, pythonHas, seeded } from './machine-support.ts';

/**
 * `npm run bench -- evaluate`: different projects → table (XLSX, DOCX, PDF), report (DOCX, PDF), lineage page, JSON, in
 * one process; beside it docxtpl + openpyxl + LibreOffice for the same papers. Then one project with growing ledgers.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      smoke: { type: 'boolean', default: false },
      projects: { type: 'string' },
      seed: { type: 'string', default: '20261122' },
      python: { type: 'string', default: process.env.JIPING_PYTHON ?? 'python3' },
      'child-books': { type: 'string' },
      'child-out': { type: 'string' },
    },
  });
  if (values['child-books'] !== undefined) return evaluateFolder(values['child-books'], values['child-out'] ?? '');
  const projects = Number(values.projects ?? (values.smoke ? 3 : 1000));
  const seed = Number(values.seed);
  console.log(machineLine());
  console.log(`projects: ${projects}, 30 indicators, 500 ledger rows each, seed ${seed}`);
  const work = mkdtempSync(join(tmpdir(), 'jiping-bench-'));
  try {
    const books = join(work, 'books');
    mkdirSync(books);
    for (let index = 0; index < projects; index += 1)
      writeFileSync(
        join(books, `p${String(index).padStart(4, '0')}.xlsx`),
        await writeProjectBook(project(seed + index, 500), { sample: false }),
      );
    const own = child(books, join(work, 'own'));
    console.log(
      `jiping: ${own.seconds.toFixed(2)} s, ${(projects / own.seconds).toFixed(2)} projects/s (one core), peak ${own.peak} MiB`,
    );
    if (!pythonHas(values.python, ['docxtpl', 'openpyxl']) || spawnSync('soffice', ['--version']).status !== 0)
      console.log(
        'peer skipped: needs Python with docxtpl and openpyxl (pip install docxtpl openpyxl; JIPING_PYTHON=path of that python) and LibreOffice',
      );
    else peer(values.python, books, join(work, 'peer'), projects, own.seconds);
    for (const rows of values.smoke ? [100, 1000] : [100, 1000, 10_000, 200_000]) {
      const folder = join(work, `rows-${rows}`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'one.xlsx'), await writeProjectBook(project(seed, rows), { sample: false }));
      const result = child(folder, join(work, `out-${rows}`));
      console.log(`ledger rows ${rows}: ${result.seconds.toFixed(2)} s, peak ${result.peak} MiB`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface Measured {
  readonly seconds: number;
  readonly peak: number;
}

/** A fresh process, so that its peak memory is its own. */
function child(books: string, out: string): Measured {
  const runner = join(dirname(fileURLToPath(import.meta.url)), 'run.ts');
  const result = spawnSync(
    process.execPath,
    ['--import', 'tsx', runner, 'evaluate', '--child-books', books, '--child-out', out],
    { encoding: 'utf8' },
  );
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout) as Measured;
}

async function evaluateFolder(books: string, out: string): Promise<void> {
  const ruleSets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));
  const start = performance.now();
  const tools = { forms: loadPaperForms(), pdf: new PdfRenderer(), language: 'zh' } as const;
  for (const name of readdirSync(books).sort()) {
    const read = await openProjectBook(join(books, name));
    const evaluation = evaluateBook(read, ruleSets, { today: '2025-03-01' });
    const folder = join(out, name);
    mkdirSync(folder, { recursive: true });
    for (const file of renderEvaluation(evaluation, read, tools).files)
      writeFileSync(join(folder, file.path), file.content);
  }
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, peak: peakMemory() }));
}

function peer(python: string, books: string, out: string, projects: number, own: number): void {
  const script = join(dirname(fileURLToPath(import.meta.url)), 'peers', 'evaluate_peer.py');
  const start = performance.now();
  const result = spawnSync(python, [script, books, out], { encoding: 'utf8' });
  const seconds = (performance.now() - start) / 1000;
  if (result.status !== 0) {
    console.log(`peer failed: ${result.stderr.slice(-400)}`);
    return;
  }
  console.log(
    `docxtpl + openpyxl + LibreOffice: ${seconds.toFixed(2)} s, ${(projects / seconds).toFixed(2)} projects/s; ${result.stdout.trim()}`,
  );
  console.log(`ratio: ${(seconds / own).toFixed(2)} times the peer's speed`);
}

/** A project made up from a seed: every kind of ledger, `rows` ledger records in all, 30 indicators. */
function project(seed: number, rows: number): BookContent {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const day = (): string => `2024-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`;
  const places = ['东', '西', '南', '北', '中'].flatMap((first) =>
    ['河镇', '山镇', '林镇', '湖镇'].map((second) => first + second),
  );
  const share = Math.max(1, Math.floor(rows / 5));
  const payments = Array.from({ length: share }, (_, index) => ({
    date: day(),
    amount: Exact.ratio(BigInt(1000 + below(90_000)), 100n),
    voucher: `2024-${String(index + 1).padStart(6, '0')}`,
    source: '当年财政拨款',
    payee: `${places[below(20)]}服务部`,
    purpose: '征缴宣传',
  }));
  const paid = Exact.sum(payments.map((payment) => payment.amount)).div(Exact.of(10_000));
  const budget = Exact.of(Number(paid.numerator / paid.denominator) + 1 + below(20));
  return {
    project: {
      name: `城乡居民医保工作经费（第${seed}号）`,
      type: '工作经费',
      kind: '单位自评',
      department: '某县医疗保障局',
      unit: '某县医疗保障局',
      region: '某县',
      year: Exact.of(2024),
      ruleSet: 'CN2021',
      weightSource: '预算批复',
      startDate: '2024-01-01',
      endDate: '2024-12-31',
      preparedOn: '2025-03-01',
      goalExpected: `全年完成参保${40 + below(10)}万人，开展宣传${share}次`,
      goalActual: `完成参保${40 + below(10)}万人，开展宣传${share}次`,
      overview: '为做好年度参保征缴，开展宣传、培训、督导和基金监管。',
    },
    tables: {
      money: [
        { kind: '年初预算', source: '当年财政拨款', amount: budget, date: '2024-01-20', document: '某财社〔2024〕1号' },
        {
          kind: '指标下达',
          source: '当年财政拨款',
          amount: budget,
          date: '2024-02-10',
          dueDate: '2024-01-31',
          document: '某财社〔2024〕5号',
        },
      ],
      payments,
      publicity: Array.from({ length: share }, () => ({
        name: `${places[below(20)]}宣传`,
        form: below(2) === 0 ? '集中宣传' : '现场宣传',
        date: day(),
        participants: Exact.of(20 + below(200)),
        evidence: ['1'],
      })),
      trainings: Array.from({ length: share }, () => ({
        name: '业务培训',
        kind: '培训',
        manner: below(3) === 0 ? '参加' : '举办',
        date: day(),
        participants: Exact.of(10 + below(60)),
      })),
      assistance: Array.from({ length: share }, () => ({
        kind: below(2) === 0 ? '一站式' : '零星救助',
        date: day(),
        episodes: Exact.of(1 + below(9)),
        persons: Exact.one,
        amount: Exact.ratio(BigInt(below(900_000)), 100n),
      })),
      progress: Array.from({ length: share }, () => ({
        unit: places[below(20)] ?? '',
        unitType: '乡镇',
        date: day(),
        task: Exact.of(20_000 + below(9000)),
        enrolled: Exact.of(18_000 + below(9000)),
      })),
      indicators: Array.from({ length: 30 }, (_, index) => indicator(index, below)),
      issues: [{ problem: '宣传覆盖不均', cause: '边远村人手少', measure: '增加流动宣传车', deadline: '2025-06-30' }],
      evidence: [{ number: '1', title: '宣传通知及照片', kind: '照片' }],
    },
  };
}

const LEVELS = [
  ['产出指标', '数量指标'],
  ['产出指标', '质量指标'],
  ['产出指标', '时效指标'],
  ['成本指标', '经济成本指标'],
  ['效益指标', '社会效益指标'],
  ['效益指标', '可持续影响指标'],
] as const;

function indicator(index: number, below: (limit: number) => number) {
  const [level1, level2] = LEVELS[Math.floor(index / 5)] ?? LEVELS[0];
  const target = 50 + below(50);
  const counted = index % 3 === 0;
  return {
    level1,
    level2,
    level3: `${level2.slice(0, 2)}指标${index + 1}`,
    target: counted ? `≥${1 + below(20)}次` : `≥${target}%`,
    weight: Exact.of(3),
    targetSetOn: '2024-01-20',
    ...(counted ? { formula: '次数(宣传活动, 形式="集中宣传")' } : { actual: `${target - 3 + below(8)}%` }),
    evidence: ['1'],
    claimed: Exact.of(3),
    reason: below(4) === 0 ? '边远村覆盖不足，已安排补做。' : '',
  };
}
