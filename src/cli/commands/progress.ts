import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Fact, factJson } from '../../fact/index.ts';
import {
  type BalanceTable,
  balancePersons,
  keepBulletin,
  loadComparisonRules,
  loadProgressRules,
  measureProgress,
  type Progress,
  progressFacts,
  readTasks,
} from '../../linkage/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { RegisterStore } from '../../register/index.ts';
import { loadSigningKey, type SigningKey } from '../../report/index.ts';
import type { RuleSource } from '../../rules/index.ts';
import type { Command, ExitStatus } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import type { Options } from '../help/option.ts';
import { parseOptions } from '../parse-options.ts';
import { registerPaper, registerResult, withInputs } from '../register-papers.ts';
import { type NewFile, writeFiles } from '../write-files.ts';
import { bulletinPaper, interviewPaper, scorePaper } from './progress/progress-papers.ts';
import { dayOption } from './register.ts';

const OPTIONS = {
  tasks: {
    type: 'string',
    value: text('任务表', 'FILE'),
    help: text(
      '任务表（xlsx、csv），有“乡镇”“任务数”两列；必写',
      'the enrolment targets (xlsx, csv), columns “乡镇” (town) and “任务数” (target); required',
    ),
  },
  issuer: {
    type: 'string',
    default: '县人民政府',
    value: text('单位', 'NAME'),
    help: text('任务由谁下达', 'who set the targets'),
  },
  document: {
    type: 'string',
    default: '',
    value: text('文号', 'NUMBER'),
    help: text('下达任务的文号', 'number of the document that set them'),
  },
  'as-of': {
    type: 'string',
    value: text('日期', 'DATE'),
    help: text('进度截至哪一天；不写时为今天', 'the day counted (YYYY-MM-DD); default: today'),
  },
  out: {
    type: 'string',
    value: text('文件夹', 'DIR'),
    help: text(
      '写出通报、约谈名单、镇级考核计分表和征缴进度通报.json，并留存供下次比较',
      'writes the bulletin, the interview list, the towns’ score table and a JSON result, and keeps the bulletin, so that the next one shows the change',
    ),
  },
  scoring: {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text(
      '本县的阈值和计分办法（yaml），照 rules/comparison/progress.yaml 写；不写时用随附的',
      'thresholds and scores of your own (yaml), written like rules/comparison/progress.yaml; default: the packaged file',
    ),
  },
} as const satisfies Options;

function ruleFile(path: string): RuleSource {
  try {
    return { file: basename(path), content: readFileSync(path, 'utf8') };
  } catch {
    throw new JipingError('not-found', text('没有找到计分办法文件', 'no such scoring rule file'), {
      file: basename(path),
    });
  }
}

export const progressCommand: Command = {
  name: 'progress',
  summary: text('征缴进度通报、约谈名单、镇级考核计分', 'enrolment bulletin, interviews, scores of the towns'),
  help: {
    usage: [text('--tasks 任务表 [选项]', '--tasks FILE [options]')],
    about: [
      text(
        '人数取自最新的户籍人口和居民参保名册。写出的 json 放在项目工作簿旁边、登记为佐证后，指标公式可以写 佐证1参保人数、佐证1任务完成率。',
        'Heads come from the newest household and resident registers. The JSON result, put beside a project workbook and listed as evidence, lets formulas name its figures: “佐证1参保人数” (enrolled), “佐证1任务完成率” (share of the target).',
      ),
    ],
    options: OPTIONS,
    examples: [
      text(
        'jiping progress --tasks 任务表.xlsx --as-of 2024-12-31 --out 通报',
        'jiping progress --tasks targets.xlsx --as-of 2024-12-31 --out bulletin',
      ),
    ],
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values } = parseOptions(args, OPTIONS, 'progress');
    if (values.tasks === undefined)
      throw new JipingError('usage', text('请用 --tasks 给出任务表', '--tasks names the task list'));
    const tasks = await readTasks(resolve(io.cwd, values.tasks));
    const home = dataFolder(io.env);
    const store = new RegisterStore(home);
    const asOf = dayOption(values['as-of'], 'as-of') ?? io.today;
    const rules = loadProgressRules(
      values.scoring === undefined ? undefined : ruleFile(resolve(io.cwd, values.scoring)),
    );
    const balance = await balancePersons(store, loadComparisonRules(), { asOf, today: io.today });
    const progress = measureProgress(
      store,
      balance,
      { issuer: values.issuer, document: values.document, ...tasks },
      rules,
    );
    const { files: written, facts } = progressFiles(progress, balance, loadSigningKey(home));
    const files = values.out === undefined ? [] : writeFiles(resolve(io.cwd, values.out), written);
    if (values.out !== undefined) keepBulletin(store, progress, balance);
    const rate = (value: Exact): string => toFixed(value.mul(Exact.hundred), { places: 2, mode: 'half-up' });
    if (common.format === 'json') {
      io.out(`${JSON.stringify({ ...progress, facts: facts.map(factJson), files }, null, 2)}\n`);
      return 0;
    }
    for (const unit of progress.units)
      io.out(
        `${unit.unit}  ${unit.enrolled}/${unit.task}  ${rate(unit.rate)}%  ${unit.rankByRate}/${progress.units.length}${unit.change === undefined ? '' : `  ${unit.change >= 0 ? '+' : ''}${unit.change}`}\n`,
      );
    io.out(
      `${common.language === 'zh' ? '全县' : 'county'}  ${progress.total.enrolled}/${progress.total.task}  ${rate(progress.total.rate)}%\n`,
    );
    for (const file of files) io.out(`  ${file}\n`);
    return 0;
  },
};

/** The bulletin, the interview list and the score table as papers, and the result that a project can cite as evidence. */
export function progressFiles(
  progress: Progress,
  balance: BalanceTable,
  key: SigningKey | undefined,
): { readonly files: readonly NewFile[]; readonly facts: readonly Fact[] } {
  const figures = progressFacts(progress, balance);
  const { lineage } = figures.facts;
  const facts = withInputs(lineage, [
    ...Object.values<Fact>({ ...figures.total }),
    ...[...figures.units.values()].flatMap((line) => Object.values<Fact>({ ...line })),
  ]);
  const { asOf, taskList, previous } = progress;
  const result = { asOf, taskList, previousAsOf: previous?.asOf ?? null };
  return {
    facts,
    files: [
      ...registerPaper('征缴进度通报', bulletinPaper(progress, figures), lineage, key),
      ...registerPaper('约谈名单', interviewPaper(progress, figures), lineage, key),
      ...registerPaper('镇级考核计分表', scorePaper(progress, figures), lineage, key),
      registerResult('征缴进度通报', result, facts),
    ],
  };
}
