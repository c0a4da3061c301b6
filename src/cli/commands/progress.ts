import { resolve } from 'node:path';
import {
  balancePersons,
  keepBulletin,
  loadComparisonRules,
  loadProgressRules,
  measureProgress,
  readTasks,
} from '../../linkage/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { RegisterStore } from '../../register/index.ts';
import { renderDocx, renderXlsx } from '../../report/index.ts';
import type { Command, ExitStatus } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import { parseOptions } from '../parse-options.ts';
import { writeFiles } from '../write-files.ts';
import { bulletinPaper } from './progress/bulletin-paper.ts';
import { dayOption } from './register.ts';

const OPTIONS = {
  tasks: { type: 'string' },
  issuer: { type: 'string', default: '县人民政府' },
  document: { type: 'string', default: '' },
  'as-of': { type: 'string' },
  out: { type: 'string' },
} as const;

export const progressCommand: Command = {
  name: 'progress',
  summary: text('征缴进度通报、约谈名单、镇级考核计分', 'enrolment bulletin, interviews, scores of the towns'),
  help: text(
    `用法：jiping progress --tasks 任务表.xlsx [--issuer 下达单位] [--document 文号] [--as-of 日期] [--out 文件夹]
  任务表有“乡镇”“任务数”两列。人数取自最新的户籍人口和居民参保名册。阈值和计分办法在 rules/comparison/progress.yaml。`,
    `usage: jiping progress --tasks FILE [--issuer NAME] [--document NUMBER] [--as-of DATE] [--out DIR]
  The task list has the columns “乡镇” (town) and “任务数” (target). Heads come from the newest household and resident registers; thresholds and
  scores are in rules/comparison/progress.yaml.`,
  ),
  async run(args, common, io): Promise<ExitStatus> {
    const { values } = parseOptions(args, OPTIONS, 'progress');
    if (values.tasks === undefined)
      throw new JipingError('usage', text('请用 --tasks 给出任务表', '--tasks names the task list'));
    const tasks = await readTasks(resolve(io.cwd, values.tasks));
    const store = new RegisterStore(dataFolder(io.env));
    const asOf = dayOption(values['as-of'], 'as-of') ?? io.today;
    const balance = await balancePersons(store, loadComparisonRules(), { asOf, today: io.today });
    const progress = measureProgress(
      store,
      balance,
      { issuer: values.issuer, document: values.document, tasks },
      loadProgressRules(),
    );
    const files =
      values.out === undefined
        ? []
        : writeFiles(resolve(io.cwd, values.out), [
            { path: '征缴进度通报.docx', content: renderDocx(bulletinPaper(progress, balance)) },
            { path: '征缴进度通报.xlsx', content: renderXlsx(bulletinPaper(progress, balance)) },
          ]);
    if (values.out !== undefined) keepBulletin(store, progress);
    const rate = (value: Exact): string => toFixed(value.mul(Exact.hundred), { places: 2, mode: 'half-up' });
    if (common.format === 'json') {
      io.out(`${JSON.stringify({ ...progress, files }, null, 2)}\n`);
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
