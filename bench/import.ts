import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { Exact } from '../src/quantity/index.ts';
import {
  appendRows,
  importKinds,
  planImport,
  readExport,
  readProjectBookBytes,
  writeProjectBook,
} from '../src/workbook/index.ts';
import { machineLine, peakMemory, pythonHas, seeded } from './machine-support.ts';

const SEED = 20261122;
/** A subtotal row stands after so many vouchers. */
const GROUP = 1000;

/** A voucher list as the budget system exports it: title, unit line, own headings, subtotals, a total. Its sum in 元. */
async function makeExport(path: string, rows: number): Promise<Exact> {
  const random = seeded(SEED);
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true });
  const sheet = writer.addWorksheet('支付明细');
  const yuan = (cents: bigint): number => Number(cents) / 100;
  sheet.addRow(['国库集中支付明细表']).commit();
  sheet.addRow(['单位：元']).commit();
  sheet.addRow(['序号', '收款人名称', '支付金额', '摘要', '支付凭证编号', '清算日期', '资金性质']).commit();
  let [total, group] = [0n, 0n];
  for (let index = 1; index <= rows; index += 1) {
    const cents = BigInt(1 + Math.floor(random() * 10_000_000));
    total += cents;
    group += cents;
    const day = `2024-${String(1 + (index % 12)).padStart(2, '0')}-15`;
    sheet.addRow([index, `某公司${index % 700}`, yuan(cents), '宣传费', `PZ${index}`, day, '一般公共预算']).commit();
    if (index % GROUP !== 0) continue;
    sheet.addRow(['', '小计', yuan(group)]).commit();
    group = 0n;
  }
  sheet.addRow(['', '合计', yuan(total)]).commit();
  sheet.commit();
  await writer.commit();
  return Exact.ratio(total, 100n);
}

/**
 * `npm run bench -- import`: a voucher list of 50,000 rows into a project workbook, then the same list again. With
 * `JIPING_PYTHON` openpyxl reads the same file beside it, without a check.
 */
export async function run(args: string[]): Promise<void> {
  const sizes = args.includes('--smoke') ? [2000] : [10_000, 50_000];
  const folder = mkdtempSync(join(tmpdir(), 'jiping-bench-'));
  const kind = importKinds().find((one) => one.id === 'payments');
  if (kind === undefined) throw new Error('no kind payments');
  console.log(machineLine());
  console.log(`seed ${SEED}; 7 columns, a subtotal every ${GROUP} rows`);
  try {
    for (const rows of sizes) {
      const path = join(folder, `${rows}.xlsx`);
      const total = await makeExport(path, rows);
      const empty = await writeProjectBook({ project: { name: '样例' }, tables: {} }, { sample: false });
      const once = await importInto(empty, path, kind);
      const again = await importInto(once.bytes, path, kind);
      const { book } = await readProjectBookBytes('甲.xlsx', once.bytes);
      const records = book.tables.payments.records;
      const sum = Exact.sum(records.flatMap(({ amount }) => (amount === undefined ? [] : [amount])));
      const isRight =
        records.length === rows && sum.eq(total) && records.every((one) => one.importedFrom?.includes('行') === true);
      if (!isRight || again.added !== 0) throw new Error(`${records.length} rows, ${again.added} added again`);
      console.log(
        `${rows} rows: jiping ${seconds(once.milliseconds)}, ${seconds(once.processor)} processor (${Math.round(rows / (once.milliseconds / 1000))} rows/s, read, checked, written; peak ${peakMemory()} MiB, sum right, ${once.totals} totals agree); again: 0 added, ${seconds(again.milliseconds)}, ${seconds(again.processor)} processor`,
      );
      const python = process.env.JIPING_PYTHON;
      if (python === undefined || !pythonHas(python, ['openpyxl'])) {
        console.log('peer: skipped; set JIPING_PYTHON to a Python with openpyxl');
        continue;
      }
      const script = [
        'import sys,time,resource,openpyxl',
        't=time.time();n=0',
        'for r in openpyxl.load_workbook(sys.argv[1],read_only=True).active.iter_rows(values_only=True): n+=1',
        'print(f"{n} rows: openpyxl {time.time()-t:.2f} s (read only, nothing checked or written; peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024} MiB)")',
      ].join('\n');
      writeFileSync(join(folder, 'peer.py'), script);
      console.log(spawnSync(python, [join(folder, 'peer.py'), path], { encoding: 'utf8' }).stdout.trim());
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Kind = ReturnType<typeof importKinds>[number];

async function importInto(
  bytes: Uint8Array,
  path: string,
  kind: Kind,
): Promise<{
  readonly bytes: Uint8Array;
  readonly added: number;
  readonly totals: number;
  readonly milliseconds: number;
  /** Milliseconds of processor time. */
  readonly processor: number;
}> {
  const start = performance.now();
  const used = process.cpuUsage();
  const read = await readExport(path, '支付明细.xlsx', kind, { columns: {}, set: {} });
  const { book } = await readProjectBookBytes('甲.xlsx', bytes);
  const plan = planImport(kind, read.rows, book.tables[kind.sheet]);
  const written =
    plan.added.length === 0 ? bytes : await appendRows(bytes, '甲.xlsx', book.tables[kind.sheet], plan.added);
  if (read.totalRows.differing > 0) throw new Error(`${read.totalRows.differing} totals differ`);
  const { user, system } = process.cpuUsage(used);
  return {
    bytes: written,
    added: plan.added.length,
    totals: read.totalRows.count,
    milliseconds: performance.now() - start,
    processor: (user + system) / 1000,
  };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
