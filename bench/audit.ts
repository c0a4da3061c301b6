import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateForm, printForm, Random } from '../src/audit/index.ts';
import type { Cell, Table } from '../src/document/index.ts';
import { PdfRenderer, type Report, renderDocx } from '../src/report/index.ts';
import { machineLine, peakMemory } from './machine-support.ts';

const KINDS = ['pipe', 'vertical', 'lines', 'flattened', 'displaced', 'no-space'] as const;

type Program = Pick<typeof import('../src/audit/index.ts'), 'auditDocument'> &
  Pick<typeof import('../src/document/index.ts'), 'parseDocument'>;

/** What users run, where it is built: from sources every function call carries what tsx adds to keep its name. */
async function loadProgram(): Promise<Program> {
  const built = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
  const from = async (part: 'audit' | 'document'): Promise<unknown> =>
    import(pathToFileURL(join(built, part, 'index.js')).href);
  const isBuilt = existsSync(join(built, 'audit', 'index.js'));
  console.log(
    isBuilt ? 'program: dist, as built' : 'program: TypeScript sources (npm run build, for the speed of users)',
  );
  if (!isBuilt) return { ...(await import('../src/audit/index.ts')), ...(await import('../src/document/index.ts')) };
  return { ...((await from('audit')) as Program), ...((await from('document')) as Program) };
}

/**
 * Documents a second on one core, read and audited in this process, by layout and by kind of file; then texts and
 * tables of 1, 2, 4 and 8 times the size, to show that the time is linear. Build first. `--docs N`.
 */
export async function run(args: string[]): Promise<void> {
  console.log(machineLine());
  const program = await loadProgram();
  const { auditDocument } = program;
  const count = args.includes('--smoke') ? 40 : Number(args[args.indexOf('--docs') + 1]) || 400;
  const encoder = new TextEncoder();
  const table: Record<string, object> = {};
  for (const layout of KINDS) {
    const texts = Array.from({ length: count }, (_, seed) =>
      encoder.encode(printForm(generateForm(seed), layout, 'standard', new Random(seed))),
    );
    table[`txt ${layout}`] = await measure(program, texts, 'form.txt');
  }
  const pages = Array.from({ length: count }, (_, seed) =>
    encoder.encode(asHtml(printForm(generateForm(seed), 'pipe-open', 'standard', new Random(seed)))),
  );
  table['html table'] = await measure(program, pages, 'form.html');
  console.table(table);
  console.log(`seeds 0–${count - 1}; one-page forms read and audited in this process, by kind of file:`);
  const byKind: Record<string, object> = {};
  const few = args.includes('--smoke') ? 5 : 60;
  for (const [kind, make] of Object.entries(await makers())) {
    const files: Uint8Array[] = [];
    for (let seed = 0; seed < few; seed += 1) files.push(await make(formRows(seed)));
    byKind[kind] = await measure(program, files, `form.${kind}`, Math.min(20, few));
  }
  console.table(byKind);
  console.log('growth: the same shape 1, 2, 4 and 8 times as large; linear is a ratio of 2');
  const growth: Record<string, object> = {};
  const base = args.includes('--smoke') ? 100 : 2500;
  for (const [shape, make] of Object.entries(SHAPES)) {
    let before: number | undefined;
    for (const times of [1, 2, 4, 8]) {
      const document = { name: 'long.txt', kind: 'txt' as const, blocks: [], ...make(base * times) };
      const start = process.cpuUsage();
      const audited = auditDocument(document);
      const seconds = cpuSeconds(start);
      growth[`${shape} × ${base * times}`] = {
        characters: document.text.length,
        rows: audited.tables.reduce((sum, each) => sum + each.indicators.length, 0),
        seconds: seconds.toFixed(2),
        'µs a character': ((seconds * 1e6) / document.text.length).toFixed(1),
        ratio: before === undefined ? '' : (seconds / before).toFixed(1),
      };
      before = seconds;
    }
  }
  console.table(growth);
  console.log(`peak ${peakMemory()} MiB`);
}

const HEAD = ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分'];

function tableRow(at: number): string[] {
  return ['产出指标', '数量指标', `发放补贴${at}人数`, `≥${100 + at}人`, `${100 + at}人`, '10', '10'];
}

function manyRows(count: number): string[][] {
  return [HEAD, ...Array.from({ length: count }, (_, at) => tableRow(at))];
}

const SHAPES: Readonly<Record<string, (count: number) => { text: string; blocks?: readonly Table[] }>> = {
  'rows between pipes': (count) => ({
    text: manyRows(count)
      .map((row) => row.join(' | '))
      .join('\n'),
  }),
  'rows of a real table': (count) => {
    const table = parseRows(manyRows(count));
    return { text: table.text, blocks: [table.block] };
  },
  'rows one cell a line': (count) => ({ text: manyRows(count).flat().join('\n') }),
  'paragraphs of prose': (count) => ({ text: Array.from({ length: count }, (_, at) => sentence(at)).join('\n') }),
  'one endless line': (count) => ({ text: Array.from({ length: count }, (_, at) => sentence(at)).join('；') }),
  forms: (count) => ({
    text: Array.from({ length: Math.ceil(count / 10) }, (_, seed) =>
      printForm(generateForm(seed), 'pipe', 'standard', new Random(seed)),
    ).join('\n\n'),
  }),
};

function sentence(at: number): string {
  return `2024年度全县参保${186314 + at}人，其中学生${at}人，参保率达到9${at % 10}.5%，县级财政补助${at}.5万元，其中工作经费${at}万元、宣传经费0.5万元，执行率为9${at % 10}%`;
}

function parseRows(rows: readonly (readonly string[])[]): { readonly text: string; readonly block: Table } {
  const cells: Cell[] = [];
  let text = '';
  for (const [row, words] of rows.entries()) {
    for (const [column, word] of words.entries()) {
      const start = text.length;
      text += word;
      cells.push({ row, column, rowSpan: 1, columnSpan: 1, paragraphs: [], position: { start, end: text.length } });
      text += column + 1 < words.length ? ' | ' : '\n';
    }
  }
  return { text, block: { kind: 'table', rowCount: rows.length, columnCount: HEAD.length, headerRows: 0, cells } };
}

function formRows(seed: number): string[][] {
  return printForm(generateForm(seed), 'pipe-open', 'standard', new Random(seed))
    .split('\n')
    .map((line) => line.split(' | '));
}

/** One-page forms as files of each kind. */
async function makers(): Promise<Readonly<Record<string, (rows: string[][]) => Promise<Uint8Array>>>> {
  const { utils, write } = await import('@e965/xlsx');
  const pdf = new PdfRenderer();
  const report = (rows: string[][]): Report => ({
    title: '自评表',
    kind: 'report',
    page: { orientation: 'portrait', grid: false },
    pageNumber: 'none',
    blocks: [
      {
        ...parseRows(rows).block,
        columnCount: Math.max(...rows.map((row) => row.length)),
        cells: rows.flatMap((words, row) =>
          words.map((word, column): Cell => {
            const paragraphs = word === '' ? [] : [[{ kind: 'text', text: word, source: 'unit' } as const]];
            return { row, column, rowSpan: 1, columnSpan: 1, paragraphs };
          }),
        ),
      },
    ],
  });
  const book = (rows: string[][], bookType: 'biff8' | 'xlsx'): Uint8Array =>
    write(utils.book_new(utils.aoa_to_sheet(rows), '表'), { type: 'buffer', bookType }) as Uint8Array;
  return {
    txt: async (rows) => new TextEncoder().encode(rows.map((row) => row.join(' | ')).join('\n')),
    csv: async (rows) => new TextEncoder().encode(rows.map((row) => row.join(',')).join('\n')),
    html: async (rows) => new TextEncoder().encode(asHtml(rows.map((row) => row.join(' | ')).join('\n'))),
    docx: async (rows) => renderDocx(report(rows)),
    xlsx: async (rows) => book(rows, 'xlsx'),
    xls: async (rows) => book(rows, 'biff8'),
    pdf: async (rows) => pdf.render(report(rows)).bytes ?? new Uint8Array(),
  };
}

async function measure(
  { auditDocument, parseDocument }: Program,
  files: readonly Uint8Array[],
  name: string,
  warm = 100,
): Promise<object> {
  for (const bytes of files.slice(0, warm)) auditDocument(await parseDocument(bytes, name));
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
