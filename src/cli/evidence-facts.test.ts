import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Exact } from '../quantity/index.ts';
import { writeProjectBook } from '../workbook/index.ts';
import { jiping } from './testing/run-in-process.ts';

// A county settles its matching fund with `jiping subsidy settle`, puts the result beside its workbook as evidence, and
// evaluates: a figure that the settlement does not hold must not pass in silence.

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-evidence-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const SETTLEMENT = '财政补助测算表.json';

async function settle(): Promise<void> {
  writeFileSync(join(folder, 'heads.csv'), 'group,heads\nresidents,93145\nstudents-local,86049\n');
  writeFileSync(join(folder, 'payments.csv'), 'level,date,amount,unit,document\n县,2024-08-01,2028.45,万元,某文\n');
  const words = [
    'subsidy',
    'settle',
    '--region',
    '共青城',
    '--budget-year',
    '2024',
    '--standard-year',
    '2023',
    '--provisional',
  ];
  const ran = await jiping([
    ...words,
    '--heads',
    join(folder, 'heads.csv'),
    '--paid',
    join(folder, 'payments.csv'),
    '--out',
    folder,
  ]);
  expect(ran.status).toBe(0);
}

async function problemsOf(heads: string): Promise<readonly string[]> {
  const bytes = await writeProjectBook(
    {
      project: {
        name: '配套资金',
        type: '配套资金',
        kind: '单位自评',
        department: '某局',
        unit: '某局',
        region: '共青城市',
        year: Exact.of(2024),
      },
      tables: {
        indicators: [
          {
            level1: '产出指标',
            level2: '数量指标',
            level3: '核定参保人数',
            target: `≥${heads}人`,
            actual: `${heads}人`,
            weight: Exact.of(10),
            evidence: ['1'],
          },
        ],
        evidence: [{ number: '1', title: '结算测算', kind: '清算通知', file: SETTLEMENT }],
      },
    },
    { sample: false },
  );
  const path = join(folder, 'book.xlsx');
  writeFileSync(path, bytes);
  const ran = await jiping(['evaluate', path, '--format', 'json']);
  const json = JSON.parse(ran.out) as { problems: { rule: string; where: { cell?: string } }[] };
  return json.problems.map((problem) => problem.rule);
}

it('accepts heads that the settlement holds and questions heads it does not', async () => {
  await settle();
  expect(await problemsOf('93145')).not.toContain('figure-not-in-evidence');
  expect(await problemsOf('177297')).toContain('figure-not-in-evidence');
});

it('says so when the settlement file was changed by hand', async () => {
  await settle();
  const path = join(folder, SETTLEMENT);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('93145', '177297'));
  expect(await problemsOf('177297')).toContain('evidence-altered');
});
