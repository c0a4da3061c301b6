import { auditDocument, generateForm, printForm, Random } from '../src/audit/index.ts';
import { parseDocument } from '../src/document/index.ts';
import { machineLine, peakMemory } from './machine-support.ts';

const KINDS = ['pipe', 'vertical', 'lines', 'flattened', 'displaced', 'no-space'] as const;

/**
 * Documents a second on one core, read and audited in this process, by format and layout; then the time of texts of
 * 10, 100 and 1000 forms, to show that it is linear. `--docs N`.
 */
export async function run(args: string[]): Promise<void> {
  console.log(machineLine());
  const count = args.includes('--smoke') ? 40 : Number(args[args.indexOf('--docs') + 1]) || 400;
  const encoder = new TextEncoder();
  const table: Record<string, object> = {};
  for (const layout of KINDS) {
    const texts = Array.from({ length: count }, (_, seed) =>
      encoder.encode(printForm(generateForm(seed), layout, 'standard', new Random(seed))),
    );
    table[`txt ${layout}`] = await measure(texts, 'form.txt');
  }
  const pages = Array.from({ length: count }, (_, seed) =>
    encoder.encode(asHtml(printForm(generateForm(seed), 'pipe-open', 'standard', new Random(seed)))),
  );
  table['html table'] = await measure(pages, 'form.html');
  console.table(table);
  const growth: Record<string, object> = {};
  for (const forms of args.includes('--smoke') ? [10, 40] : [10, 100, 1000]) {
    const text = Array.from({ length: forms }, (_, seed) =>
      printForm(generateForm(seed), 'pipe', 'standard', new Random(seed)),
    ).join('\n\n');
    const start = process.cpuUsage();
    const audited = auditDocument({ name: 'long.txt', kind: 'txt', text, blocks: [] });
    const seconds = cpuSeconds(start);
    growth[`${forms} forms`] = {
      characters: text.length,
      tables: audited.tables.length,
      seconds: seconds.toFixed(3),
      'µs a character': ((seconds * 1e6) / text.length).toFixed(2),
    };
  }
  console.table(growth);
  console.log(`seeds 0–${count - 1}, peak ${peakMemory()} MiB`);
}

async function measure(files: readonly Uint8Array[], name: string): Promise<object> {
  for (const bytes of files.slice(0, 20)) auditDocument(await parseDocument(bytes, name));
  const start = process.cpuUsage();
  let findings = 0;
  for (const bytes of files) findings += auditDocument(await parseDocument(bytes, name)).findings.length;
  const seconds = cpuSeconds(start);
  return { documents: files.length, 'documents/s/core': Math.round(files.length / seconds), findings };
}

/** Processor seconds since `start`: other programs on the machine do not count. */
function cpuSeconds(start: NodeJS.CpuUsage): number {
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1e6;
}

function asHtml(text: string): string {
  const rows = text.split('\n').map(
    (line) =>
      `<tr>${line
        .split(' | ')
        .map((cell) => `<td>${cell.replaceAll('<', '&lt;')}</td>`)
        .join('')}</tr>`,
  );
  return `<html><meta charset="utf-8"><body><table>${rows.join('')}</table></body></html>`;
}
