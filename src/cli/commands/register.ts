import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { inLanguage, JipingError, text } from '../../problem/index.ts';
import {
  type DatasetManifest,
  findRegisterKind,
  importRegister,
  loadRegisterKinds,
  RegisterStore,
  safeFileName,
  shortId,
  synthesiseCounty,
} from '../../register/index.ts';
import { renderDocx } from '../../report/index.ts';
import { isCalendarDate } from '../../rules/index.ts';
import type { Command, CommonOptions, ExitStatus, Io } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';
import { writeFiles } from '../write-files.ts';
import { handoverNote, requestLetter } from './register/handover-paper.ts';

const HELP = text(
  `用法：
  jiping register import <文件> --kind 种类 --as-of 日期 [--agency 单位] [--mapping 对应.json] [--yes] [--rows 行数]
                         [--purpose 用途] [--basis 依据] [--destroy-by 日期] [--threads N] [--memory 4GB]
  jiping register list | show <版本> | kinds
  jiping register letter --kind 种类 --as-of 日期 --out 文件夹 [--purpose 用途] [--destroy-by 日期]   数据提供函
  jiping register handover <版本> --out 文件夹       数据交接单
  jiping register purge <版本>             销毁行数据，保留清单和计数
  jiping register synthesise --persons N --seed S --out 文件夹 [--as-of 日期] [--encoding utf-8|gb18030]
接受 CSV（UTF-8、UTF-16、GB18030）、XLSX、XLS、Parquet 和内含一个表格的 zip。导入要么全部完成，要么什么都不留下。
按相近名称猜出的列要用 --yes 确认；确认后按单位记住。--rows 给出交接单上的行数，不符则拒绝。`,
  `usage:
  jiping register import <file> --kind KIND --as-of DATE [--agency NAME] [--mapping FILE] [--yes] [--rows N]
                         [--purpose TEXT] [--basis TEXT] [--destroy-by DATE] [--threads N] [--memory 4GB]
  jiping register list | show <version> | kinds
  jiping register letter --kind KIND --as-of DATE --out DIR [--purpose TEXT] [--destroy-by DATE]   letter that asks for a register
  jiping register handover <version> --out DIR     hand-over note
  jiping register purge <version>          destroys the rows, keeps manifest and counts
  jiping register synthesise --persons N --seed S --out DIR [--as-of DATE] [--encoding utf-8|gb18030]
Reads CSV (UTF-8, UTF-16, GB18030), XLSX, XLS, Parquet and a zip that holds one table. An import is done whole or not at all.
Columns matched by likeness need --yes and are then remembered per agency. --rows is the supplier's count; another is refused.`,
);

const IMPORT = {
  kind: { type: 'string' },
  'as-of': { type: 'string' },
  agency: { type: 'string' },
  mapping: { type: 'string' },
  yes: { type: 'boolean', default: false },
  rows: { type: 'string' },
  purpose: { type: 'string' },
  basis: { type: 'string' },
  'destroy-by': { type: 'string' },
  threads: { type: 'string' },
  memory: { type: 'string' },
} as const;

export const registerCommand: Command = {
  name: 'register',
  summary: text(
    '导入、列出、销毁名册；生成练习用的虚构县',
    'import, list and destroy registers; make an invented county',
  ),
  help: HELP,
  async run(args, common, io): Promise<ExitStatus> {
    const [verb, ...rest] = args;
    switch (verb) {
      case 'import':
        return runImport(rest, common, io);
      case 'list':
        return runList(rest, common, io);
      case 'show':
        return runShow(rest, common, io);
      case 'purge':
        return runPurge(rest, common, io);
      case 'letter':
        return runLetter(rest, common, io);
      case 'handover':
        return runHandover(rest, common, io);
      case 'kinds':
        return runKinds(common, io);
      case 'synthesise':
        return runSynthesise(rest, common, io);
      default:
        throw new JipingError(
          'usage',
          text(
            'register 后面要写 import、list、show、purge、letter、handover、kinds 或 synthesise',
            'register needs import, list, show, purge, letter, handover, kinds or synthesise',
          ),
        );
    }
  },
};

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
  const { values, positionals } = parseOptions(args, IMPORT, 'register');
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
  if (common.format === 'json') io.out(`${JSON.stringify({ ...manifest, known: result.known }, null, 2)}\n`);
  else
    io.out(
      `${inLanguage(result.known ? text('这个版本已经导入过，未重复导入。\n', 'this version was imported before.\n') : text('', ''), common.language)}${describe(manifest, common)}`,
    );
  return 0;
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
  const change =
    manifest.previous === undefined
      ? ''
      : zh
        ? `，比上一版（${manifest.previous.asOf}）${signed(manifest.rows - manifest.previous.rows)} 行`
        : `, ${signed(manifest.rows - manifest.previous.rows)} since ${manifest.previous.asOf}`;
  const lines = [
    zh
      ? `${manifest.title}  版本 ${shortId(manifest.id)}  截至 ${manifest.asOf}  ${manifest.agency}\n  ${manifest.rows} 行${change}；无有效证件号码 ${manifest.withoutId} 行；编码 ${manifest.source.encoding}`
      : `${manifest.kind}  version ${shortId(manifest.id)}  as of ${manifest.asOf}  “${manifest.agency}”\n  ${manifest.rows} rows${change}; ${manifest.withoutId} without a sound identity number; ${manifest.source.encoding}`,
    ...manifest.quality.map((count) => {
      const samples = count.samples.map(({ row, masked }) =>
        zh ? `第${row}行${masked === '' ? '' : ` ${masked}`}` : `row ${row}${masked === '' ? '' : ` ${masked}`}`,
      );
      return `  ${count.field}${marks.colon}${zh ? count.label : count.rule} ${count.rows}${samples.length === 0 ? '' : `${marks.open}${samples.join(marks.and)}${marks.close}`}`;
    }),
    ...(manifest.purgedOn === undefined
      ? []
      : [zh ? `  行数据已于 ${manifest.purgedOn} 销毁` : `  rows destroyed on ${manifest.purgedOn}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function signed(value: number): string {
  return value >= 0 ? `+${value}` : String(value);
}

async function runList(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  parseOptions(args, {}, 'register');
  const manifests = new RegisterStore(dataFolder(io.env)).list().map(({ manifest }) => manifest);
  if (common.format === 'json') {
    io.out(`${JSON.stringify({ registers: manifests }, null, 2)}\n`);
    return 0;
  }
  for (const manifest of manifests) {
    const overdue =
      manifest.purgedOn === undefined && manifest.destroyBy !== undefined && manifest.destroyBy < io.today;
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
  const { positionals } = parseOptions(args, {}, 'register');
  const { manifest } = new RegisterStore(dataFolder(io.env)).find(oneWord(positionals, ['版本', 'version']));
  io.out(common.format === 'json' ? `${JSON.stringify(manifest, null, 2)}\n` : describe(manifest, common));
  return 0;
}

async function runPurge(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { positionals } = parseOptions(args, {}, 'register');
  const store = new RegisterStore(dataFolder(io.env));
  const dataset = store.find(oneWord(positionals, ['版本', 'version']));
  const manifest = await store.locked(async () => store.purge(dataset, io.today));
  io.out(common.format === 'json' ? `${JSON.stringify(manifest, null, 2)}\n` : describe(manifest, common));
  return 0;
}

async function runLetter(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { values } = parseOptions(
    args,
    {
      kind: { type: 'string' },
      'as-of': { type: 'string' },
      purpose: { type: 'string', default: '参保比对与绩效核算' },
      'destroy-by': { type: 'string' },
      out: { type: 'string' },
    },
    'register',
  );
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
  const { values, positionals } = parseOptions(args, { out: { type: 'string' } }, 'register');
  if (values.out === undefined) throw new JipingError('usage', text('请用 --out 指定文件夹', '--out names the folder'));
  const { manifest } = new RegisterStore(dataFolder(io.env)).find(oneWord(positionals, ['版本', 'version']));
  const files = writeFiles(resolve(io.cwd, values.out), [
    { path: `数据交接单-${shortId(manifest.id)}.docx`, content: renderDocx(handoverNote(manifest)) },
  ]);
  io.out(common.format === 'json' ? `${JSON.stringify({ files })}\n` : `${files.join('\n')}\n`);
  return 0;
}

async function runKinds(common: CommonOptions, io: Io): Promise<ExitStatus> {
  const kinds = loadRegisterKinds();
  if (common.format === 'json') io.out(`${JSON.stringify({ kinds }, null, 2)}\n`);
  else
    for (const kind of kinds)
      io.out(
        `${kind.kind.padEnd(12)} ${kind.aliases.join('、')}\n    ${kind.fields.map((field) => `${field.label}${kind.required.includes(field.name) ? '*' : ''}`).join('、')}\n`,
      );
  return 0;
}

async function runSynthesise(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const { values } = parseOptions(
    args,
    {
      persons: { type: 'string', default: '50000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      'as-of': { type: 'string', default: '2025-03-01' },
      encoding: { type: 'string', default: 'utf-8' },
    },
    'register',
  );
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
      io.out(`${file.kind.padEnd(12)} ${String(file.rows).padStart(9)}  ${safeFileName(file.path)}\n`);
    io.out(
      inLanguage(
        text(`真值在 ${join(folder, 'truth')}\n`, `the truth is in ${join(folder, 'truth')}\n`),
        common.language,
      ),
    );
  }
  return 0;
}
