import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { Exact } from '../src/quantity/index.ts';
import { openProjectBook, writeProjectBook } from '../src/workbook/index.ts';
import { machineLine, peakMemory, seeded } from './machine-support.ts';

const SEED = 20261122;

/** A project workbook whose 支付 sheet holds `rows` payments, and the sum of their amounts in 元. */
async function makeBook(rows: number): Promise<{ readonly bytes: Uint8Array; readonly total: Exact }> {
  const bytes = await writeProjectBook({ project: { name: '样例' }, tables: {} }, { sample: false });
  const zip = await JSZip.loadAsync(bytes);
  const random = seeded(SEED);
  let cents = 0n;
  const parts: string[] = [];
  const words = (cell: string, text: string): string => `<c r="${cell}" t="inlineStr"><is><t>${text}</t></is></c>`;
  for (let row = 4; row < rows + 4; row += 1) {
    const amount = BigInt(1 + Math.floor(random() * 10_000_000));
    cents += amount;
    const yuan = `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
    const day = `2023-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-15`;
    parts.push(
      `<row r="${row}">${words(`A${row}`, day)}<c r="B${row}"><v>${yuan}</v></c>${words(`C${row}`, `PZ${row}`)}${words(`E${row}`, `某公司${row % 500}`)}${words(`F${row}`, '宣传')}</row>`,
    );
  }
  // The payments are the fifth sheet of the book.
  const part = 'xl/worksheets/sheet5.xml';
  const xml = (await zip.file(part)?.async('string')) ?? '';
  zip.file(part, xml.replace(/<row r="4".*<\/row><\/sheetData>/s, `${parts.join('')}</sheetData>`));
  const filled = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
  return { bytes: filled, total: Exact.ratio(cents, 100n) };
}

/** Reading a project workbook of many payments, with every check, beside exceljs reading the same cells with none. */
export async function run(args: string[]): Promise<void> {
  const sizes = args.includes('--smoke') ? [1000, 5000] : [10_000, 50_000, 200_000];
  const folder = await mkdtemp(join(tmpdir(), 'jiping-bench-'));
  console.log(machineLine());
  console.log(`seed ${SEED}; one 支付 sheet, 5 filled columns`);
  try {
    for (const rows of sizes) {
      const path = join(folder, `${rows}.xlsx`);
      const { bytes, total } = await makeBook(rows);
      await writeFile(path, bytes);
      let start = performance.now();
      const cpu = process.cpuUsage();
      const { book } = await openProjectBook(path);
      const ours = performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      const records = book.tables.payments.records;
      const right =
        records.length === rows &&
        Exact.sum(records.flatMap(({ amount }) => (amount === undefined ? [] : [amount]))).eq(total);
      console.log(
        `${rows} rows: jiping ${seconds(ours)}, CPU ${seconds((user + system) / 1000)} (${Math.round(rows / (ours / 1000))} rows/s, peak ${peakMemory()} MiB, sum ${right ? 'right' : 'WRONG'})`,
      );
      if (!args.includes('--peer')) continue;
      start = performance.now();
      let cells = 0;
      const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {});
      for await (const sheet of reader) for await (const row of sheet) cells += row.cellCount;
      console.log(
        `${rows} rows: exceljs ${seconds(performance.now() - start)} (${cells} cells counted, nothing checked)`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
