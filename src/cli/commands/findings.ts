import { resolve } from 'node:path';
import {
  findingsFile,
  importIssued,
  importReturnedList,
  listRuns,
  loadComparisonRules,
  withComparisonDatabase,
  writeReply,
} from '../../linkage/index.ts';
import { counted, inLanguage, JipingError, printWhere, text } from '../../problem/index.ts';
import { maskName, RegisterStore } from '../../register/index.ts';
import type { Command, ExitStatus } from '../command.ts';
import { commandGroup } from '../command-group.ts';
import { dataFolder } from '../data-folder.ts';
import type { Options } from '../help/option.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';
import { runsText } from './compare.ts';
import { wholeNumber } from './register.ts';

const STATES: readonly string[] = ['new', 'open', 'reopened', 'gone', 'resolved', 'dismissed'];

const LIST = {
  job: {
    type: 'string',
    value: text('作业', 'JOB'),
    help: text('只列一个作业的疑点，如 c4', 'only those of one job, such as c4'),
  },
  state: {
    type: 'string',
    value: text('状态', 'STATE'),
    help: text(
      'new（新增）、open（仍在）、reopened（重现）、gone（已消失）、resolved（已处置）或 dismissed（已排除）',
      'new, open, reopened, gone, resolved or dismissed',
    ),
  },
  limit: {
    type: 'string',
    default: '50',
    value: text('数', 'N'),
    help: text('每个作业最多列多少条', 'most findings listed of each job'),
  },
} as const satisfies Options;

const IMPORT = {
  issuer: {
    type: 'string',
    value: text('单位', 'NAME'),
    help: text(
      '文件是这个上级单位下发的疑点清单，保留其序号',
      'the file is a list issued by this authority; its serial numbers are kept',
    ),
  },
} as const satisfies Options;

const REPLY = {
  issuer: {
    type: 'string',
    value: text('单位', 'NAME'),
    help: text('答复哪个单位的清单；必写', 'whose list is answered; required'),
  },
  out: { type: 'string', value: text('文件夹', 'DIR'), help: text('写到哪里；必写', 'where to write; required') },
} as const satisfies Options;

const importCommand: Command = {
  name: 'import',
  summary: text(
    '读回填好的任务清单，或导入上级下发的疑点清单',
    'read returned work lists, or a list issued by a higher authority',
  ),
  help: {
    usage: [text('<任务清单.xlsx>…', '<work list.xlsx>…'), text('<疑点清单> --issuer 单位', '<list> --issuer NAME')],
    about: [
      text(
        '任务清单的核实结果代码、说明、核实日期三栏是处理结果；填错的行列出原因，其余照收。',
        'Three columns of a work list hold the result: “核实结果代码” (code), “说明” (note), “核实日期” (date). Rows filled in wrongly are listed with the reason; the others are taken.',
      ),
    ],
    options: IMPORT,
    examples: [
      text(
        'jiping findings import 比对/任务清单/c4/城关镇.xlsx',
        'jiping findings import comparison/work-lists/c4/town.xlsx',
      ),
      text(
        'jiping findings import 疑点清单.xlsx --issuer 省医保局',
        'jiping findings import issued.xlsx --issuer "省医保局"',
      ),
    ],
    failure: text('有填错的行', 'a row was filled in wrongly'),
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals: files } = parseOptions(args, IMPORT, 'findings import');
    const store = new RegisterStore(dataFolder(io.env));
    const rules = loadComparisonRules();
    if (files.length === 0) throw new JipingError('usage', text('请给出要读入的文件', 'give the files to read'));
    const results: object[] = [];
    let faulty = false;
    for (const file of files) {
      const path = resolve(io.cwd, file);
      if (values.issuer !== undefined) {
        const issued = await importIssued(store, rules, path, values.issuer, io.today);
        results.push(issued);
        if (common.format === 'text')
          io.out(
            common.language === 'zh'
              ? `${values.issuer}疑点清单：${issued.rows} 条，与已有疑点相符 ${issued.known} 条\n`
              : `${counted(issued.rows, 'finding')} of “${values.issuer}”, ${issued.known} of them known already\n`,
          );
        continue;
      }
      const returned = await importReturnedList(store, rules, path, io.today);
      results.push(returned);
      faulty ||= returned.problems.length > 0;
      if (common.format === 'json') continue;
      io.out(
        common.language === 'zh'
          ? `读回 ${returned.read} 条（新 ${returned.added} 条），未填 ${returned.open} 条\n`
          : `${returned.read} read (${returned.added} new), ${returned.open} not filled in\n`,
      );
      for (const { message, where } of returned.problems)
        io.out(
          `  ${printWhere(where, common.language)}${punctuation(common.language).colon}${inLanguage(message, common.language)}\n`,
        );
    }
    if (common.format === 'json') io.out(`${JSON.stringify({ results }, null, 2)}\n`);
    return faulty ? 1 : 0;
  },
};

const replyCommand: Command = {
  name: 'reply',
  summary: text('按上级清单的序号写疑点反馈表', 'write the reply to an issued list under its serial numbers'),
  help: {
    usage: [text('--issuer 单位 --out 文件夹', '--issuer NAME --out DIR')],
    about: [],
    options: REPLY,
    examples: [
      text(
        'jiping findings reply --issuer 省医保局 --out 反馈',
        'jiping findings reply --issuer "省医保局" --out reply',
      ),
    ],
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values } = parseOptions(args, REPLY, 'findings reply');
    if (values.issuer === undefined || values.out === undefined)
      throw new JipingError('usage', text('reply 要有 --issuer 和 --out', 'reply needs --issuer and --out'));
    const store = new RegisterStore(dataFolder(io.env));
    const path = await writeReply(store, loadComparisonRules(), values.issuer, resolve(io.cwd, values.out));
    io.out(common.format === 'json' ? `${JSON.stringify({ file: path })}\n` : `${path}\n`);
    return 0;
  },
};

const listCommand: Command = {
  name: 'list',
  summary: text('列出最近一次比对的疑点（姓名隐去）', 'list the findings of the latest comparison (names masked)'),
  help: {
    usage: [text('[选项]', '[options]')],
    about: [],
    options: LIST,
    examples: ['jiping findings list', 'jiping findings list --job c4 --state new --limit 20'],
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values } = parseOptions(args, LIST, 'findings list');
    const wanted = values.state;
    if (wanted !== undefined && !STATES.includes(wanted))
      throw new JipingError(
        'usage',
        text(
          `--state 只能是 ${STATES.join('、')}，现为“${wanted}”`,
          `--state is one of ${STATES.join(', ')}, not “${wanted}”`,
        ),
      );
    const store = new RegisterStore(dataFolder(io.env));
    const rules = loadComparisonRules();
    const jobs = rules.jobs.filter(({ job }) => values.job === undefined || job === values.job);
    if (jobs.length === 0)
      throw new JipingError(
        'usage',
        text(
          `没有作业“${values.job}”；有：${rules.jobs.map(({ job }) => job).join('、')}`,
          `there is no job “${values.job}”; there are: ${rules.jobs.map(({ job }) => job).join(', ')}`,
        ),
      );
    const runs = jobs.flatMap(({ job }) => listRuns(store, job).slice(-1));
    const limit = wholeNumber(values.limit, 'limit') ?? 50;
    const findings = await store.inScratch((scratch) =>
      withComparisonDatabase(store, scratch, {}, async (database) => {
        const all: object[] = [];
        for (const run of runs) {
          const state = wanted === undefined ? '' : `WHERE state = '${wanted}'`;
          const rows = await database.rows(
            `SELECT finding, "check", level, state, town, village, name, birth, left_row, right_kind, right_row, CAST(money AS VARCHAR) FROM read_parquet('${findingsFile(store, run).replaceAll("'", "''")}') ${state} ORDER BY "check", town, village, left_row, finding LIMIT ${limit}`,
          );
          for (const [finding, check, level, was, town, village, name, birth, left, kind, right, money] of rows)
            all.push({
              finding,
              check,
              level,
              state: was,
              town,
              village,
              name: name === null ? null : maskName(String(name)),
              birthYear: birth === null ? null : String(birth).slice(0, 4),
              leftRow: Number(left),
              rightKind: kind,
              rightRow: right === null ? null : Number(right),
              fen: money,
            });
        }
        return all;
      }),
    );
    if (common.format === 'json') io.out(`${JSON.stringify({ runs, findings }, null, 2)}\n`);
    else {
      io.out(runsText(runs, rules, common));
      for (const finding of findings)
        io.out(
          `  ${Object.values(finding)
            .map((value) => value ?? '')
            .join('  ')}\n`,
        );
    }
    return 0;
  },
};

export const findingsCommand = commandGroup({
  name: 'findings',
  summary: text(
    '疑点：列出、读回任务清单、导入上级疑点清单、写反馈表',
    'findings: list them, read returned work lists, import an issued list, write the reply',
  ),
  about: [],
  subcommands: [listCommand, importCommand, replyCommand],
});
