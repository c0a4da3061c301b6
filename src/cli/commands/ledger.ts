import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  counted,
  inLanguage,
  JipingError,
  type Language,
  type Problem,
  printWhere,
  text,
} from '../../problem/index.ts';
import {
  appendRows,
  type ImportKind,
  type ImportMapping,
  type ImportPlan,
  importKinds,
  planImport,
  type ReadExport,
  readExport,
  readProjectBookBytes,
} from '../../workbook/index.ts';
import type { Command, ExitStatus, Io } from '../command.ts';
import { commandGroup } from '../command-group.ts';
import { dataFolder } from '../data-folder.ts';
import type { Options } from '../help/option.ts';
import { readMappingFile, rememberedMapping, rememberMapping } from '../mapping-store.ts';
import { parseOptions } from '../parse-options.ts';

const OPTIONS = {
  kind: {
    type: 'string',
    value: text('种类', 'KIND'),
    help: text(
      'payments（支付）、allotment（指标下达）、plan（用款计划）、assistance（医疗救助）、progress（参保进度）、money（自带“类型”列的资金台账）；必写',
      'payments, allotment, plan (of payments), assistance (medical assistance), progress (of enrolment) or money (with a column “类型”, type, of its own); required',
    ),
  },
  into: {
    type: 'string',
    value: text('工作簿', 'FILE'),
    help: text(
      '加到哪本工作簿（xlsx）；别的表、格式、下拉选项不动；必写',
      'the workbook (xlsx); its other sheets, styles and drop-downs are left alone; required',
    ),
  },
  mapping: {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text(
      '{"columns": {"表头": "列名", "不要的表头": ""}, "set": {"列名": "值"}, "unit": "元"}',
      '{"columns": {"heading": "column", "not wanted": ""}, "set": {"column": "value"}, "unit": "元"}',
    ),
  },
  set: {
    type: 'string',
    multiple: true,
    value: text('列=值', 'COLUMN=VALUE'),
    help: text('每行同一个值，如 --set 截至日期=2024-01-01', 'the same value in every row'),
  },
  unit: {
    type: 'string',
    value: text('元|万元', '元|万元'),
    help: text(
      '文件里没有写金额单位时必须写明',
      'unit of the money, needed where the file names none: 元 (yuan) or 万元 (10,000 yuan)',
    ),
  },
  agency: {
    type: 'string',
    default: '',
    value: text('单位', 'NAME'),
    help: text(
      '对应关系按单位和种类记住；不写时为本单位',
      'the mapping is remembered by agency and kind; default: your own',
    ),
  },
  yes: { type: 'boolean', default: false, help: text('确认对应关系，写入', 'confirms the mapping and writes') },
} as const satisfies Options;

const importCommand: Command = {
  name: 'import',
  summary: text('把别的系统导出的明细导入工作簿的台账', 'take the export of another system into the ledger'),
  help: {
    usage: [text('<文件> --kind 种类 --into 工作簿.xlsx [选项]', '<file> --kind KIND --into workbook.xlsx [options]')],
    about: [
      text(
        '读 xlsx、xls、csv（UTF-8、GB18030），列的次序不限；先列出表头对应关系，加 --yes 才写入，并记住这种对应关系。',
        'Reads xlsx, xls and csv (UTF-8, GB18030), columns in any order. It first proposes which heading is which column; with --yes the rows are written and the mapping is remembered.',
      ),
      text(
        '再次导入只加新的；小计、合计行不导入，只用来核对；每行在“来源”列写明文件名和行号。',
        'A second import adds only what is new. Totals rows are not imported but held against the rows. The column “来源” (origin) of every row says which file and row it comes from.',
      ),
    ],
    options: OPTIONS,
    examples: [
      text(
        'jiping ledger import 支付明细.xlsx --kind payments --into 项目.xlsx',
        'jiping ledger import payments.xlsx --kind payments --into project.xlsx',
      ),
      text(
        'jiping ledger import 支付明细.xlsx --kind payments --into 项目.xlsx --yes',
        'jiping ledger import payments.xlsx --kind payments --into project.xlsx --yes',
      ),
    ],
    failure: text('用了 --strict 而有警告', 'with --strict, when there are warnings'),
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals } = parseOptions(args, OPTIONS, 'ledger import');
    const [path, surplus] = positionals;
    if (path === undefined || surplus !== undefined || values.into === undefined)
      throw new JipingError(
        'usage',
        text(
          '用法：jiping ledger import <文件> --kind 种类 --into <工作簿.xlsx>',
          'usage: jiping ledger import <file> --kind KIND --into <workbook.xlsx>',
        ),
      );
    const kind = kindNamed(values.kind);
    const bookPath = resolve(io.cwd, values.into);
    refuseOpenBook(bookPath);
    const home = dataFolder(io.env);
    const remembered = rememberedMapping(home, values.agency, kind.id);
    const given = values.mapping === undefined ? undefined : readMappingFile(resolve(io.cwd, values.mapping));
    const mapping = together(remembered, given, { set: constants(values.set ?? []), unit: unitNamed(values.unit) });
    io.progress(path);
    const read = await readExport(resolve(io.cwd, path), basename(path), kind, mapping);
    const bytes = readBook(bookPath);
    const { book } = await readProjectBookBytes(basename(bookPath), bytes);
    const plan = planImport(kind, read.rows, book.tables[kind.sheet]);
    io.progress('');
    const problems = [...read.problems, ...plan.problems];
    const faulty = read.problems.some((each) => each.severity === 'error');
    const confirmed = values.yes || (remembered !== undefined && given === undefined && isKnown(read, remembered));
    const write = confirmed && !faulty && plan.added.length > 0;
    if (write) {
      const patched = await appendRows(bytes, basename(bookPath), book.tables[kind.sheet], plan.added);
      replaceBook(bookPath, patched);
    }
    if (confirmed && !faulty) rememberMapping(home, values.agency, kind.id, confirmedMapping(read, mapping));
    const result: Result = {
      file: basename(path),
      kind,
      into: basename(bookPath),
      read,
      plan,
      problems,
      written: write,
    };
    if (common.format === 'json') io.out(`${JSON.stringify(resultJson(result, common.language), null, 2)}\n`);
    else io.out(summary(result, common.language));
    return exitStatus(result, { confirmed, faulty, strict: common.strict }, common.language, io);
  },
};

export const ledgerCommand = commandGroup({
  name: 'ledger',
  summary: importCommand.summary,
  about: [],
  subcommands: [importCommand],
});

interface Result {
  readonly file: string;
  readonly kind: ImportKind;
  readonly into: string;
  readonly read: ReadExport;
  readonly plan: ImportPlan;
  readonly problems: readonly Problem[];
  readonly written: boolean;
}

function exitStatus(
  result: Result,
  { confirmed, faulty, strict }: { readonly confirmed: boolean; readonly faulty: boolean; readonly strict: boolean },
  language: Language,
  io: Io,
): ExitStatus {
  const refuse = (zh: string, en: string): ExitStatus => {
    io.err(`jiping: ${result.file}${language === 'zh' ? '：' : ': '}${inLanguage(text(zh, en), language)}\n`);
    return 2;
  };
  if (faulty)
    return refuse(
      '有读不懂的格，整份没有写入；请改正后重做。',
      'some cells cannot be read; nothing was written. Correct them and run again.',
    );
  if (!confirmed)
    return refuse(
      '尚未写入；核对表头对应关系后加 --yes。',
      'nothing was written yet; check the mapping and add --yes.',
    );
  return strict && result.problems.some((each) => each.severity === 'warning') ? 1 : 0;
}

function kindNamed(name: string | undefined): ImportKind {
  const kinds = importKinds();
  const kind = kinds.find((each) => each.id === name || each.name === name || each.aliases.includes(name ?? ''));
  if (kind !== undefined) return kind;
  const known = kinds.map((each) => `${each.id}（${each.name}）`).join('、');
  throw new JipingError(
    'usage',
    text(`请用 --kind 写明种类：${known}`, `name the kind with --kind: ${kinds.map((each) => each.id).join(', ')}`),
  );
}

/** A book that a table program has open would be written back over ours. */
function refuseOpenBook(path: string): void {
  const [folder, name] = [dirname(path), basename(path)];
  const marks = [`~$${name}`, `~$${name.slice(2)}`, `.~${name}`, `.~lock.${name}#`];
  if (marks.some((mark) => existsSync(join(folder, mark))))
    throw new JipingError(
      'conflict',
      text('工作簿正在表格软件里打开；请关闭后再导入。', 'the workbook is open in a table program; close it first.'),
      { file: name },
    );
}

function readBook(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new JipingError(
      'not-found',
      text('没有找到要导入的工作簿（--into）。', 'no such workbook (--into).'),
      { file: basename(path) },
      { cause },
    );
  }
}

/** Whole or not at all, with the rights the book had. */
function replaceBook(path: string, bytes: Uint8Array): void {
  const beside = `${path}.tmp-${process.pid}`;
  try {
    writeFileSync(beside, bytes, { mode: statSync(path).mode & 0o777 });
    renameSync(beside, path);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw new JipingError(
      'resource',
      text(
        '写不了工作簿；请检查磁盘空间和权限，原文件没有动。',
        'the workbook cannot be written; it was left as it was.',
      ),
      { file: basename(path) },
      { cause },
    );
  }
}

function constants(words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words.map((each) => {
      const at = each.indexOf('=');
      if (at > 0) return [each.slice(0, at).trim(), each.slice(at + 1).trim()];
      throw new JipingError(
        'usage',
        text(`--set 应写成 列=值，现为“${each}”`, `--set takes COLUMN=VALUE, not “${each}”`),
      );
    }),
  );
}

function unitNamed(unit: string | undefined): '元' | '万元' | undefined {
  if (unit === undefined || unit === '元' || unit === '万元') return unit;
  throw new JipingError(
    'usage',
    text(`--unit 只能是 元 或 万元，现为“${unit}”`, `--unit is 元 or 万元, not “${unit}”`),
  );
}

function together(
  remembered: ImportMapping | undefined,
  given: ImportMapping | undefined,
  said: { readonly set: Readonly<Record<string, string>>; readonly unit: '元' | '万元' | undefined },
): ImportMapping {
  const base = given ?? remembered ?? { columns: {}, set: {} };
  return { columns: base.columns, set: { ...base.set, ...said.set }, unit: said.unit ?? base.unit };
}

/** Whether every heading is read as it was confirmed before. */
function isKnown(read: ReadExport, remembered: ImportMapping): boolean {
  return read.mapping.every(({ by, heading, column }) => by === 'name' || remembered.columns[heading] === column);
}

function confirmedMapping(read: ReadExport, mapping: ImportMapping): ImportMapping {
  const columns = { ...mapping.columns };
  for (const { heading, column } of read.mapping) columns[heading] = column;
  return { columns, set: mapping.set, ...(mapping.unit === undefined ? {} : { unit: mapping.unit }) };
}

function resultJson(result: Result, language: Language): object {
  const { read, plan } = result;
  return {
    file: result.file,
    kind: result.kind.id,
    into: result.into,
    written: result.written,
    mapping: read.mapping,
    ignored: read.ignored,
    rows: { read: read.rows.length, added: plan.added.length, present: plan.present },
    totalRows: read.totalRows,
    totals: plan.totals.map((total) => ({
      column: total.column,
      unit: total.unit,
      file: total.file.toString(),
      added: total.added.toString(),
      present: total.present.toString(),
    })),
    problems: result.problems.map((each) => ({ ...each, message: inLanguage(each.message, language) })),
  };
}

const MOST_LINES = 20;

function summary(result: Result, language: Language): string {
  const { read, plan } = result;
  const lines: string[] = [];
  const say = (zh: string, en: string): void => {
    lines.push(inLanguage(text(zh, en), language));
  };
  say(`${result.file} → ${result.into}（${result.kind.name}）`, `${result.file} → ${result.into} (${result.kind.id})`);
  for (const { heading, column, by } of read.mapping) {
    const mark = by === 'synonym' ? ['，请核对', ', please check'] : ['', ''];
    say(`  ${heading} → ${column}${mark[0]}`, `  “${heading}” → “${column}”${mark[1]}`);
  }
  if (read.ignored.length > 0)
    say(
      `  不导入：${read.ignored.join('、')}`,
      `  not imported: ${read.ignored.map((heading) => `“${heading}”`).join(', ')}`,
    );
  say(
    `读出 ${read.rows.length} 行，工作簿已有 ${plan.present} 行，${result.written ? '加入' : '可加入'} ${plan.added.length} 行`,
    `${counted(read.rows.length, 'row')} read, ${plan.present} already there, ${plan.added.length} ${result.written ? 'added' : 'to be added'}`,
  );
  for (const total of plan.totals)
    say(
      `  ${total.column}（${total.unit}）：文件 ${total.file.toString()} = 已有 ${total.present.toString()} + 新增 ${total.added.toString()}`,
      `  “${total.column}” (${total.unit}): file ${total.file.toString()} = present ${total.present.toString()} + new ${total.added.toString()}`,
    );
  if (read.totalRows.count > 0)
    say(
      `  文件里的小计、合计 ${read.totalRows.count} 行，${read.totalRows.differing === 0 ? '全部相符' : `${read.totalRows.differing} 处不符`}`,
      `  ${counted(read.totalRows.count, 'totals row')} in the file, ${read.totalRows.differing === 0 ? 'all agree' : `${counted(read.totalRows.differing, 'figure')} not in agreement`}`,
    );
  const shown = result.problems.filter((each) => each.severity !== 'notice');
  for (const each of shown.slice(0, MOST_LINES)) {
    const place = printWhere(each.where, language);
    lines.push(`  ${place === '' ? '' : `${place} `}${inLanguage(each.message, language)}`);
  }
  if (shown.length > MOST_LINES)
    say(
      `  另有 ${shown.length - MOST_LINES} 处，见 --format json`,
      `  ${shown.length - MOST_LINES} more, see --format json`,
    );
  return `${lines.join('\n')}\n`;
}
