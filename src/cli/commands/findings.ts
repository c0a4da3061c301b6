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
import { inLanguage, JipingError, printWhere, text } from '../../problem/index.ts';
import { maskName, RegisterStore } from '../../register/index.ts';
import type { Command, ExitStatus } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';
import { runsText } from './compare.ts';
import { wholeNumber } from './register.ts';

const OPTIONS = {
  job: { type: 'string' },
  state: { type: 'string' },
  limit: { type: 'string', default: '50' },
  issuer: { type: 'string' },
  out: { type: 'string' },
} as const;

export const findingsCommand: Command = {
  name: 'findings',
  summary: text(
    '疑点：列出、读回任务清单、导入上级疑点清单、写反馈表',
    'findings: list, read returned work lists, take in a superior’s list, write the reply',
  ),
  help: text(
    `用法：
  jiping findings list [--job c4] [--state new|open|reopened|gone|resolved|dismissed] [--limit 50]
  jiping findings import <任务清单.xlsx>…                 读回填好的任务清单
  jiping findings import <疑点清单> --issuer 单位         导入上级下发的疑点清单，保留其序号
  jiping findings reply --issuer 单位 --out 文件夹        按原序号写疑点反馈表`,
    `usage:
  jiping findings list [--job c4] [--state STATE] [--limit 50]
  jiping findings import <work list.xlsx>…          reads filled work lists
  jiping findings import <list> --issuer NAME       takes in a list issued from above, with its serial numbers
  jiping findings reply --issuer NAME --out DIR     writes the reply under those numbers`,
  ),
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals } = parseOptions(args, OPTIONS, 'findings');
    const [verb, ...files] = positionals;
    const store = new RegisterStore(dataFolder(io.env));
    const rules = loadComparisonRules();
    if (verb === 'import') {
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
                : `${issued.rows} findings of ${values.issuer}, ${issued.known} known\n`,
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
    }
    if (verb === 'reply') {
      if (values.issuer === undefined || values.out === undefined)
        throw new JipingError('usage', text('reply 要有 --issuer 和 --out', 'reply needs --issuer and --out'));
      const path = await writeReply(store, rules, values.issuer, resolve(io.cwd, values.out));
      io.out(common.format === 'json' ? `${JSON.stringify({ file: path })}\n` : `${path}\n`);
      return 0;
    }
    if (verb !== 'list')
      throw new JipingError(
        'usage',
        text('findings 后面要写 list、import 或 reply', 'findings needs list, import or reply'),
      );
    const jobs = rules.jobs.filter(({ job }) => values.job === undefined || job === values.job);
    const runs = jobs.flatMap(({ job }) => listRuns(store, job).slice(-1));
    const limit = wholeNumber(values.limit, 'limit') ?? 50;
    const findings = await store.inScratch((scratch) =>
      withComparisonDatabase(store, scratch, {}, async (database) => {
        const all: object[] = [];
        for (const run of runs) {
          const state = values.state === undefined ? '' : `WHERE state = '${values.state.replaceAll(/[^a-z]/g, '')}'`;
          const rows = await database.rows(
            `SELECT finding, "check", level, state, town, village, name, birth, left_row, right_kind, right_row, CAST(money AS VARCHAR) FROM read_parquet('${findingsFile(store, run).replaceAll("'", "''")}') ${state} ORDER BY "check", finding LIMIT ${limit}`,
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
      io.out(runsText(runs, common));
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
