import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { cellDate, openSpreadsheet } from '../../document/index.ts';
import { clearDerived, loadComparisonRules } from '../../linkage/index.ts';
import { counted, inLanguage, JipingError, type Text, text } from '../../problem/index.ts';
import {
  type DatasetManifest,
  findRegisterKind,
  hideNumbers,
  importRegister,
  keepVillageTable,
  listSupplies,
  loadRegisterKinds,
  loadSupplyRules,
  qualityWords,
  RegisterStore,
  type Supply,
  shortId,
  synthesiseCounty,
  villagesOf,
} from '../../register/index.ts';
import { renderDocx } from '../../report/index.ts';
import { isCalendarDate } from '../../rules/index.ts';
import type { CommonOptions, ExitStatus, Io } from '../command.ts';
import { commandGroup } from '../command-group.ts';
import { dataFolder } from '../data-folder.ts';
import { MEMORY, THREADS } from '../help/engine-options.ts';
import type { Options } from '../help/option.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';
import { writeFiles } from '../write-files.ts';
import { handoverNote, requestLetter } from './register/handover-paper.ts';

const AS_OF = text('日期', 'DATE');
const FOLDER = text('文件夹', 'DIR');

const IMPORT = {
  kind: {
    type: 'string',
    value: text('种类', 'KIND'),
    help: text('名册种类，见 jiping register kinds；必写', 'kind of register, see jiping register kinds; required'),
  },
  'as-of': {
    type: 'string',
    value: AS_OF,
    help: text('名册截至哪一天（YYYY-MM-DD）；必写', 'the day the register shows (YYYY-MM-DD); required'),
  },
  agency: {
    type: 'string',
    value: text('单位', 'NAME'),
    help: text('哪个单位提供；不写时按种类', 'who supplied it; default: the usual agency of the kind'),
  },
  mapping: {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text('{"字段名": "表头", …}，指定哪一列是什么', '{"field": "heading", …}, says which column is which'),
  },
  yes: {
    type: 'boolean',
    default: false,
    help: text(
      '确认按相近名称猜出的列，此后按单位记住',
      'confirms columns matched by likeness; remembered by agency from then on',
    ),
  },
  rows: {
    type: 'string',
    value: text('行数', 'N'),
    help: text('交接单上的行数，不符则拒绝', 'rows by the hand-over note; another number is refused'),
  },
  purpose: {
    type: 'string',
    value: text('用途', 'TEXT'),
    help: text('记入清单：做什么用', 'noted in the manifest: what it is for'),
  },
  basis: {
    type: 'string',
    value: text('依据', 'TEXT'),
    help: text('记入清单：依据哪份文件', 'noted in the manifest: the legal basis'),
  },
  'destroy-by': {
    type: 'string',
    value: AS_OF,
    help: text(
      '最迟哪天销毁；逾期时 register list 提醒',
      'the day by which it must be destroyed; register list reminds',
    ),
  },
  threads: THREADS,
  memory: MEMORY,
} as const satisfies Options;

const LETTER = {
  kind: {
    type: 'string',
    value: text('种类', 'KIND'),
    help: text('要哪种名册；必写', 'kind of register asked for; required'),
  },
  'as-of': { type: 'string', value: AS_OF, help: text('截至哪一天；必写', 'the day it is to show; required') },
  out: { type: 'string', value: FOLDER, help: text('写到哪里；必写', 'where to write; required') },
  purpose: {
    type: 'string',
    default: '参保比对与绩效核算',
    value: text('用途', 'TEXT'),
    help: text('做什么用', 'what it is for'),
  },
  'destroy-by': {
    type: 'string',
    value: AS_OF,
    help: text('承诺最迟哪天销毁', 'the day by which it will be destroyed'),
  },
} as const satisfies Options;

const HANDOVER = {
  out: { type: 'string', value: FOLDER, help: text('写到哪里；必写', 'where to write; required') },
} as const satisfies Options;

const PURGE = {
  due: {
    type: 'boolean',
    default: false,
    help: text('销毁全部过了销毁日期的版本，不用写版本', 'every version whose day to be destroyed is over; names none'),
  },
} as const satisfies Options;

const SUPPLIES = {
  'as-of': {
    type: 'string',
    value: AS_OF,
    help: text('在哪一天看；不写时为今天', 'the day looked at; default: today'),
  },
} as const satisfies Options;

const SYNTHESISE = {
  persons: {
    type: 'string',
    default: '50000',
    value: text('人数', 'N'),
    help: text('多少人，至少 100', 'number of persons, at least 100'),
  },
  seed: {
    type: 'string',
    default: '1',
    value: text('数', 'N'),
    help: text('同一个数生成同一个县', 'the same seed makes the same county'),
  },
  out: { type: 'string', value: FOLDER, help: text('写到哪里；必写', 'where to write; required') },
  'as-of': {
    type: 'string',
    default: '2025-03-01',
    value: AS_OF,
    help: text('截至哪一天', 'the day the registers show'),
  },
  encoding: {
    type: 'string',
    default: 'utf-8',
    value: text('编码', 'NAME'),
    help: text('utf-8 或 gb18030', 'utf-8 or gb18030'),
  },
} as const satisfies Options;

const VERSION = text('<版本>', '<version>');
const NOTHING: Options = {};

export const registerCommand = commandGroup({
  name: 'register',
  summary: text(
    '导入、列出、销毁名册；生成练习用的虚构县',
    'import, list and destroy registers; make an invented county',
  ),
  about: [],
  subcommands: [
    {
      name: 'import',
      summary: text('把一份名册导入为不可改的一个版本', 'import a register into an immutable version'),
      help: {
        usage: [text('<文件> --kind 种类 --as-of 日期 [选项]', '<file> --kind KIND --as-of DATE [options]')],
        about: [
          text(
            '接受 CSV（UTF-8、UTF-16、GB18030）、XLSX、XLS、Parquet 和内含一个表格的 zip。导入要么全部完成，要么什么都不留下。',
            'Reads CSV (UTF-8, UTF-16, GB18030), XLSX, XLS, Parquet and a zip that holds one table. An import is done whole or not at all.',
          ),
        ],
        options: IMPORT,
        examples: [
          text(
            'jiping register import 户籍.csv --kind household --as-of 2025-03-01 --agency 县公安局',
            'jiping register import household.csv --kind household --as-of 2025-03-01 --agency "县公安局"',
          ),
        ],
      },
      run: runImport,
    },
    {
      name: 'list',
      summary: text('列出已导入的版本', 'list the versions imported'),
      help: { usage: [text('', '')], about: [], options: NOTHING, examples: ['jiping register list'] },
      run: runList,
    },
    {
      name: 'show',
      summary: text('一个版本的来源、行数和质量', 'origin, rows and quality of one version'),
      help: { usage: [VERSION], about: [], options: NOTHING, examples: ['jiping register show 3f9a6c01'] },
      run: runShow,
    },
    {
      name: 'villages',
      summary: text(
        '导入村（社区）区划表：撤并、更名的按后继计',
        'take in the table of villages, with merged and renamed ones',
      ),
      help: {
        usage: [text('<区划表>', '<table>')],
        about: [
          text(
            '列：代码、乡镇、村（社区），撤并或更名的另填停用日期、并入代码。此后导入的名册按截至日期换成现名，原写法留在旁边；表里没有的不动，计入质量报告。',
            'Columns: “代码” (code), “乡镇” (town) and “村（社区）” (village); of merged or renamed ones also “停用日期” (last day) and “并入代码” (successor). Registers imported from then on get the name of their day, with what was written beside it; what the table does not know stays and is counted.',
          ),
        ],
        options: NOTHING,
        examples: ['jiping register villages divisions.xlsx'],
      },
      run: runVillages,
    },
    {
      name: 'supplies',
      summary: text('各单位的名册交了没有：已交、超期、从未交过', 'which agencies are behind with their registers'),
      help: {
        usage: [text('[--as-of 日期]', '[--as-of DATE]')],
        about: [
          text(
            '报送周期写在 rules/comparison/supplies.yaml。',
            'How often each agency supplies stands in rules/comparison/supplies.yaml.',
          ),
        ],
        options: SUPPLIES,
        examples: ['jiping register supplies --as-of 2025-03-01'],
      },
      run: runSupplies,
    },
    {
      name: 'kinds',
      summary: text('列出名册种类和各自的字段', 'list the kinds of register and their fields'),
      help: { usage: [text('', '')], about: [], options: NOTHING, examples: ['jiping register kinds'] },
      run: runKinds,
    },
    {
      name: 'letter',
      summary: text('写向外单位要名册的数据提供函', 'write the letter that asks an agency for a register'),
      help: {
        usage: [text('--kind 种类 --as-of 日期 --out 文件夹 [选项]', '--kind KIND --as-of DATE --out DIR [options]')],
        about: [],
        options: LETTER,
        examples: [
          text(
            'jiping register letter --kind household --as-of 2025-03-01 --out 函',
            'jiping register letter --kind household --as-of 2025-03-01 --out letter',
          ),
        ],
      },
      run: runLetter,
    },
    {
      name: 'handover',
      summary: text('写一个版本的数据交接单', 'write the hand-over note of one version'),
      help: {
        usage: [text('<版本> --out 文件夹', '<version> --out DIR')],
        about: [],
        options: HANDOVER,
        examples: [
          text('jiping register handover 3f9a6c01 --out 交接', 'jiping register handover 3f9a6c01 --out handover'),
        ],
      },
      run: runHandover,
    },
    {
      name: 'purge',
      summary: text(
        '销毁一个版本的行数据，保留清单和计数',
        'destroy the rows of one version, keep manifest and counts',
      ),
      help: {
        usage: [VERSION, text('--due', '--due')],
        about: [],
        options: PURGE,
        examples: ['jiping register purge 3f9a6c01', 'jiping register purge --due'],
      },
      run: runPurge,
    },
    {
      name: 'synthesise',
      summary: text('生成练习用的虚构县的各种名册和真值', 'make the registers of an invented county, with the truth'),
      help: {
        usage: [text('--out 文件夹 [选项]', '--out DIR [options]')],
        about: [],
        options: SYNTHESISE,
        examples: [
          text(
            'jiping register synthesise --persons 2000 --seed 7 --out 虚构县',
            'jiping register synthesise --persons 2000 --seed 7 --out county',
          ),
        ],
      },
      run: runSynthesise,
    },
  ],
});

/** A whole number of an option. @throws JipingError `usage` */
export function wholeNumber(value: string | undefined, option: string): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new JipingError(
    'usage',
    text(`--${option} 应为整数，现为“${value}”`, `--${option} is a whole number, not “${value}”`),
  );
}

/** A day of an option. @throws JipingError `usage` */
export function dayOption(value: string | undefined, option: string): string | undefined {
  if (value === undefined || isCalendarDate(value)) return value;
  throw new JipingError(
    'usage',
    text(`--${option} 应为 YYYY-MM-DD 的日期，现为“${value}”`, `--${option} is a date YYYY-MM-DD, not “${value}”`),
  );
}

function oneWord(words: readonly string[], what: readonly [string, string]): string {
  const [only, second] = words;
  if (only !== undefined && second === undefined) return only;
  throw new JipingError('usage', text(`请给出一个${what[0]}`, `give one ${what[1]}`));
}

async function runImport(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { values, positionals } = parseOptions(args, IMPORT, 'register import');
  const file = oneWord(positionals, ['文件', 'file']);
  const kinds = loadRegisterKinds();
  if (values.kind === undefined)
    throw new JipingError(
      'usage',
      text(
        `请用 --kind 说明名册种类：${kinds.map((kind) => kind.kind).join('、')}`,
        `--kind is one of ${kinds.map((kind) => kind.kind).join(', ')}`,
      ),
    );
  const kind = findRegisterKind(kinds, values.kind);
  const asOf = dayOption(values['as-of'], 'as-of');
  if (asOf === undefined)
    throw new JipingError(
      'usage',
      text('请用 --as-of 说明名册截至哪一天（YYYY-MM-DD）', '--as-of says as of which day the register is'),
    );
  const destroyBy = dayOption(values['destroy-by'], 'destroy-by');
  const rows = wholeNumber(values.rows, 'rows');
  const threads = wholeNumber(values.threads, 'threads');
  const store = new RegisterStore(dataFolder(io.env));
  const result = await importRegister(store, {
    path: resolve(io.cwd, file),
    kind,
    asOf,
    agency: values.agency ?? kind.supplier,
    today: io.today,
    confirmed: values.yes,
    progress: (line) => io.progress(line),
    ...(values.mapping === undefined ? {} : { mapping: readMapping(resolve(io.cwd, values.mapping)) }),
    ...(values.purpose === undefined ? {} : { purpose: values.purpose }),
    ...(values.basis === undefined ? {} : { legalBasis: values.basis }),
    ...(destroyBy === undefined ? {} : { destroyBy }),
    ...(rows === undefined ? {} : { expectedRows: rows }),
    ...(threads === undefined ? {} : { threads }),
    ...(values.memory === undefined ? {} : { memory: values.memory }),
  });
  io.progress('');
  const { manifest } = result.dataset;
  if (common.format === 'json')
    io.out(`${JSON.stringify({ ...manifest, known: result.known, countsAgain: result.countsAgain }, null, 2)}\n`);
  else
    io.out(
      `${result.known ? `${inLanguage(knownBefore(result.countsAgain), common.language)}\n` : ''}${describe(manifest, common)}`,
    );
  return 0;
}

function knownBefore(countsAgain: boolean): Text {
  return countsAgain
    ? text(
        '这个版本已经导入过，未重复导入；同一日期的版本里，从现在起以它为准。',
        'this version was imported before; of the versions for that day it counts from now on.',
      )
    : text('这个版本已经导入过，未重复导入。', 'this version was imported before.');
}

function readMapping(path: string): Readonly<Record<string, string>> {
  const fault = (zh: string, en: string): JipingError =>
    new JipingError('unreadable', text(zh, en), { file: basename(path) });
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw fault('--mapping 应是 JSON 文件：{"字段名": "表头", …}', '--mapping is a JSON file: {"field": "heading", …}');
  }
  if (typeof parsed !== 'object' || parsed === null || Object.values(parsed).some((value) => typeof value !== 'string'))
    throw fault('--mapping 应是 {"字段名": "表头", …}', '--mapping is {"field": "heading", …}');
  return parsed as Record<string, string>;
}

function describe(manifest: DatasetManifest, common: CommonOptions): string {
  const zh = common.language === 'zh';
  const marks = punctuation(common.language);
  const before = manifest.previous?.quality;
  const change =
    manifest.previous === undefined
      ? ''
      : zh
        ? `，比上一版（${manifest.previous.asOf}）${signed(manifest.rows - manifest.previous.rows)} 行`
        : `, ${signed(manifest.rows - manifest.previous.rows)} since ${manifest.previous.asOf}`;
  const lines = [
    zh
      ? `${manifest.title}  版本 ${shortId(manifest.id)}  截至 ${manifest.asOf}  ${manifest.agency}\n  ${manifest.rows} 行${change}；无有效证件号码 ${manifest.withoutId} 行；编码 ${manifest.source.encoding}`
      : `${manifest.kind}  version ${shortId(manifest.id)}  as of ${manifest.asOf}  “${manifest.agency}”\n  ${counted(manifest.rows, 'row')}${change}; ${manifest.withoutId} without a valid identity number; encoding ${manifest.source.encoding}`,
    ...manifest.quality.map((count) => {
      const samples = count.samples.map(({ row, masked }) =>
        zh ? `第${row}行${masked === '' ? '' : ` ${masked}`}` : `row ${row}${masked === '' ? '' : ` ${masked}`}`,
      );
      const known = before?.find((each) => each.rule === count.rule && each.field === count.field)?.rows ?? 0;
      const grown =
        before === undefined
          ? ''
          : zh
            ? `，较上版 ${signed(count.rows - known)}`
            : `, ${signed(count.rows - known)} against the last`;
      return `  ${zh ? count.field : fieldName(count.field)}${marks.colon}${inLanguage(qualityWords(count), common.language)} ${count.rows}${grown}${samples.length === 0 ? '' : `${marks.open}${samples.join(marks.and)}${marks.close}`}`;
    }),
    ...(before ?? [])
      .filter((old) => !manifest.quality.some((count) => count.rule === old.rule && count.field === old.field))
      .map(
        (old) =>
          `  ${zh ? old.field : fieldName(old.field)}${marks.colon}${inLanguage(qualityWords(old), common.language)} 0${zh ? `，较上版 ${signed(-old.rows)}` : `, ${signed(-old.rows)} against the last`}`,
      ),
    ...(manifest.purgedOn === undefined
      ? []
      : [zh ? `  行数据已于 ${manifest.purgedOn} 销毁` : `  rows destroyed on ${manifest.purgedOn}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** English of a field as its manifest names it; a field that no kind has any more is quoted. */
function fieldName(label: string): string {
  const field = loadRegisterKinds()
    .flatMap(({ fields }) => fields)
    .find((each) => each.label === label);
  return field?.labelEn ?? `“${label}”`;
}

function signed(value: number): string {
  return value >= 0 ? `+${value}` : String(value);
}

async function runList(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  parseOptions(args, NOTHING, 'register list');
  const manifests = new RegisterStore(dataFolder(io.env)).list().map(({ manifest }) => manifest);
  if (common.format === 'json') {
    io.out(`${JSON.stringify({ registers: manifests }, null, 2)}\n`);
    return 0;
  }
  for (const manifest of manifests) {
    const overdue = isOverdue(manifest, io.today);
    const state =
      manifest.purgedOn === undefined
        ? overdue
          ? inLanguage(text('  应销毁', '  overdue for destruction'), common.language)
          : ''
        : inLanguage(text('  已销毁', '  destroyed'), common.language);
    io.out(
      `${shortId(manifest.id)}  ${manifest.asOf}  ${manifest.kind.padEnd(12)} ${String(manifest.rows).padStart(9)}  ${manifest.agency}${state}\n`,
    );
  }
  if (manifests.length === 0) io.out(inLanguage(text('还没有名册。\n', 'no registers yet.\n'), common.language));
  return 0;
}

async function runShow(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { positionals } = parseOptions(args, NOTHING, 'register show');
  const { manifest } = new RegisterStore(dataFolder(io.env)).find(oneWord(positionals, ['版本', 'version']));
  io.out(common.format === 'json' ? `${JSON.stringify(manifest, null, 2)}\n` : describe(manifest, common));
  return 0;
}

async function runPurge(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { values, positionals } = parseOptions(args, PURGE, 'register purge');
  const store = new RegisterStore(dataFolder(io.env));
  const purged = await store.locked(async () => {
    const datasets = values.due
      ? store.list().filter(({ manifest }) => isOverdue(manifest, io.today))
      : [store.find(oneWord(positionals, ['版本', 'version']))];
    const manifests: DatasetManifest[] = [];
    for (const dataset of datasets) {
      await clearDerived(store, loadComparisonRules(), dataset);
      manifests.push(store.purge(dataset, io.today));
    }
    return manifests;
  });
  const [only] = purged;
  if (common.format === 'json') io.out(`${JSON.stringify(values.due ? { purged } : only, null, 2)}\n`);
  else for (const manifest of purged) io.out(describe(manifest, common));
  if (values.due && purged.length === 0 && common.format === 'text')
    io.out(inLanguage(text('没有过了销毁日期的版本。\n', 'no version is overdue for destruction.\n'), common.language));
  return 0;
}

function isOverdue({ purgedOn, destroyBy }: DatasetManifest, today: string): boolean {
  return purgedOn === undefined && destroyBy !== undefined && destroyBy < today;
}

async function runVillages(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { positionals } = parseOptions(args, NOTHING, 'register villages');
  const path = resolve(io.cwd, oneWord(positionals, ['区划表', 'table']));
  const book = await openSpreadsheet(path);
  try {
    const rows: string[][] = [];
    for (const sheet of book.sheets)
      for await (const row of sheet.rows()) {
        const cells: string[] = [];
        for (const cell of row.cells) cells[cell.column - 1] = cellDate(cell) ?? cell.raw;
        rows.push(Array.from(cells, (cell) => cell ?? ''));
      }
    const store = new RegisterStore(dataFolder(io.env));
    const villages = villagesOf(rows, hideNumbers(book.file));
    const { digest } = await store.locked(async () => keepVillageTable(store, villages));
    const gone = villages.filter(({ until }) => until !== '').length;
    if (common.format === 'json') io.out(`${JSON.stringify({ digest, villages: villages.length, gone }, null, 2)}\n`);
    else
      io.out(
        inLanguage(
          text(
            `区划表：${villages.length} 个村（社区），其中已撤并或更名 ${gone} 个\n`,
            `${villages.length} villages, ${gone} of them merged or renamed\n`,
          ),
          common.language,
        ),
      );
  } finally {
    book.close();
  }
  return 0;
}

const STATES: Readonly<Record<Supply['state'], Text>> = {
  supplied: text('已交', 'supplied'),
  overdue: text('超期未交', 'overdue'),
  missing: text('从未交过', 'never supplied'),
};

async function runSupplies(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { values } = parseOptions(args, SUPPLIES, 'register supplies');
  const today = dayOption(values['as-of'], 'as-of') ?? io.today;
  const rules = loadSupplyRules();
  const supplies = listSupplies(new RegisterStore(dataFolder(io.env)).list(), loadRegisterKinds(), rules, today);
  if (common.format === 'json') {
    io.out(`${JSON.stringify({ asOf: today, supplies }, null, 2)}\n`);
    return 0;
  }
  for (const { kind, title, agency, last, due, state } of supplies)
    io.out(
      common.language === 'zh'
        ? `${STATES[state].zh}  ${title}  ${agency}${last === undefined ? '' : `  最近 ${last}，下次应交 ${due ?? ''}`}\n`
        : `${STATES[state].en}  ${kind}  “${agency}”${last === undefined ? '' : `  last ${last}, next due ${due ?? ''}`}\n`,
    );
  if (!rules.verified)
    io.out(inLanguage(text('报送周期原文未核。\n', 'the intervals were not read in a document.\n'), common.language));
  return 0;
}

async function runLetter(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { values } = parseOptions(args, LETTER, 'register letter');
  const asOf = dayOption(values['as-of'], 'as-of');
  if (values.kind === undefined || values.out === undefined || asOf === undefined)
    throw new JipingError(
      'usage',
      text('letter 要有 --kind、--as-of 和 --out', 'letter needs --kind, --as-of and --out'),
    );
  const kind = findRegisterKind(loadRegisterKinds(), values.kind);
  const paper = requestLetter(kind, values.purpose, asOf, dayOption(values['destroy-by'], 'destroy-by'));
  const files = writeFiles(resolve(io.cwd, values.out), [
    { path: `数据提供函-${kind.title}.docx`, content: renderDocx(paper) },
  ]);
  io.out(common.format === 'json' ? `${JSON.stringify({ files })}\n` : `${files.join('\n')}\n`);
  return 0;
}

async function runHandover(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { values, positionals } = parseOptions(args, HANDOVER, 'register handover');
  if (values.out === undefined) throw new JipingError('usage', text('请用 --out 指定文件夹', '--out names the folder'));
  const { manifest } = new RegisterStore(dataFolder(io.env)).find(oneWord(positionals, ['版本', 'version']));
  const files = writeFiles(resolve(io.cwd, values.out), [
    { path: `数据交接单-${shortId(manifest.id)}.docx`, content: renderDocx(handoverNote(manifest)) },
  ]);
  io.out(common.format === 'json' ? `${JSON.stringify({ files })}\n` : `${files.join('\n')}\n`);
  return 0;
}

async function runKinds(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  parseOptions(args, NOTHING, 'register kinds');
  const kinds = loadRegisterKinds();
  if (common.format === 'json') io.out(`${JSON.stringify({ kinds }, null, 2)}\n`);
  else
    for (const kind of kinds)
      io.out(
        common.language === 'zh'
          ? `${kind.kind.padEnd(12)} ${kind.aliases.join('、')}\n    ${kind.fields.map((field) => `${field.label}${kind.required.includes(field.name) ? '*' : ''}`).join('、')}\n`
          : `${kind.kind.padEnd(12)} ${kind.titleEn} (“${kind.title}”)\n    ${kind.fields.map((field) => `${field.labelEn}${kind.required.includes(field.name) ? '*' : ''}`).join(', ')}\n`,
      );
  if (common.format === 'text')
    io.out(inLanguage(text('带 * 的必须有。\n', 'Fields marked * are required.\n'), common.language));
  return 0;
}

async function runSynthesise(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { values } = parseOptions(args, SYNTHESISE, 'register synthesise');
  if (values.out === undefined) throw new JipingError('usage', text('请用 --out 指定文件夹', '--out names the folder'));
  if (values.encoding !== 'utf-8' && values.encoding !== 'gb18030')
    throw new JipingError('usage', text('--encoding 只能是 utf-8 或 gb18030', '--encoding is utf-8 or gb18030'));
  const persons = wholeNumber(values.persons, 'persons') ?? 0;
  if (persons < 100) throw new JipingError('usage', text('--persons 至少 100', '--persons is at least 100'));
  const folder = resolve(io.cwd, values.out);
  const county = await synthesiseCounty({
    persons,
    seed: wholeNumber(values.seed, 'seed') ?? 1,
    asOf: dayOption(values['as-of'], 'as-of') ?? '',
    folder,
    encoding: values.encoding,
  });
  if (common.format === 'json') io.out(`${JSON.stringify(county, null, 2)}\n`);
  else {
    for (const file of county.files)
      io.out(`${file.kind.padEnd(12)} ${String(file.rows).padStart(9)}  ${hideNumbers(file.path)}\n`);
    io.out(
      inLanguage(
        text(`真值在 ${join(folder, 'truth')}\n`, `the truth is in ${join(folder, 'truth')}\n`),
        common.language,
      ),
    );
  }
  return 0;
}
