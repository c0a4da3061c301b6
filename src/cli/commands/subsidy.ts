import { JipingError, text } from '../../problem/index.ts';
import type { Command } from '../command.ts';
import { runEstimate } from './subsidy/estimate-command.ts';
import { runExplain } from './subsidy/explain-command.ts';
import { runReconcile } from './subsidy/reconcile-command.ts';
import { runScenarioCommand } from './subsidy/scenario-command.ts';
import { runSettle } from './subsidy/settle-command.ts';
import { runSimulate } from './subsidy/simulate-command.ts';

const SUBCOMMANDS: Readonly<Record<string, Command['run']>> = {
  explain: runExplain,
  estimate: runEstimate,
  settle: runSettle,
  reconcile: runReconcile,
  scenario: runScenarioCommand,
  simulate: runSimulate,
};

/** `jiping subsidy …`: the matching-fund arithmetic. */
export const subsidyCommand: Command = {
  name: 'subsidy',
  summary: text(
    '城乡居民医保财政补助：分担说明、测算、结算、勾稽、情景、逐人模拟',
    'matching funds of resident insurance: shares explained, estimate, settlement, reconciliation, scenarios',
  ),
  help: text(
    [
      '用法：jiping subsidy <子命令> --region 地区 [选项]',
      '',
      '  explain    --standard-year 年 [--budget-year 年] [--group 人群]',
      '             各级人均分担，每一步写明规则、文号、核实情况',
      '  estimate   --budget-year 年 --heads heads.csv [--as-of 日期] [--standard-year 年 --provisional] [--out 文件夹]',
      '             分级分人群应担金额；--aid aid.csv 另算资助参保；--carry-over 金额 得下年应缴；写测算表',
      '  settle     --budget-year 年 --heads audited.csv --paid payments.csv [--notice notice.csv] [--out 文件夹]',
      '             上级核定 | 本级测算 | 差额 | 原因，已拨、补缴或退回；--excess refund|offset',
      '  reconcile  --amount 2028.45万元 --heads 177297 [--budget 金额 --budget-heads 人数] [--other-heads 人数,人数]',
      '             所述金额能否由所述人数得出；不能时列出须成立的条件，退出码 1',
      '  scenario   --years 2024-2028 --heads heads.csv [--standard 2026=730] [--standard-step 30] [--heads-growth=-2%]',
      '             [--move students-local=students-provincial] [--share province=0.7] [--alternative-rules 文件夹] [--out 文件夹]',
      '             改变标准、分担、人数、人群后各级各年的变化，表和图（html）',
      '  simulate   <数据集.parquet|csv> --budget-year 年 [--per-person 输出.parquet] [--memory-limit 4GB]',
      '             逐人计算（列：category、identities、months），总额与逐人金额到分',
      '',
      '  --region 地区    共青城、江西省九江市共青城市 或 6 位代码',
      '  --level 级次     本级；默认末级（县级）',
      '  --class 类别     规则按类别分档而名单中没有本县时指定',
      '  --rules 文件夹   本县规则文件（可重复）；另读 JIPING_HOME/rules/policy；同 id 的本地文件替换随附文件',
      '',
      '  heads.csv     group,heads[,duplicates,deaths,elsewhere,recognition,document]（CSV 或 xlsx，可用中文列名）',
      '                人群：residents、students-central、students-provincial、students-local、aided-<类别>，或中文名',
      '  payments.csv  level,date,amount,unit,document',
      '  notice.csv    group,heads,amount,unit,document,date,year（上级清算通知，合计行可选）',
    ].join('\n'),
    [
      'usage: jiping subsidy <subcommand> --region PLACE [options]',
      '',
      '  explain    --standard-year Y [--budget-year Y] [--group G]   shares per level, every step with rule and document',
      '  estimate   --budget-year Y --heads heads.csv [--as-of DATE] [--standard-year Y --provisional] [--out DIR]',
      '  settle     --budget-year Y --heads audited.csv --paid payments.csv [--notice notice.csv] [--out DIR]',
      '  reconcile  --amount 2028.45万元 --heads 177297 [--budget AMOUNT --budget-heads N] [--other-heads N,N]; exit 1 if it does not follow',
      '  scenario   --years 2024-2028 --heads heads.csv [--standard 2026=730] [--standard-step 30] [--heads-growth=-2%]',
      '             [--move A=B] [--share province=0.7] [--alternative-rules DIR] [--out DIR]   table and chart (html)',
      '  simulate   <dataset.parquet|csv> --budget-year Y [--per-person out.parquet] [--memory-limit 4GB]',
      '',
      '  --rules DIR  the county’s own rule files (repeatable), also JIPING_HOME/rules/policy; a local file with the same id replaces',
      '  --level, --class  the settling level; the class where the rules share by class',
      '',
      '  heads.csv     group,heads[,duplicates,deaths,elsewhere,recognition,document] (CSV or xlsx)',
      '                groups: residents, students-central, students-provincial, students-local, aided-KIND',
      '  payments.csv  level,date,amount,unit,document',
      '  notice.csv    group,heads,amount,unit,document,date,year (the notice from above; a total row may stand in it)',
    ].join('\n'),
  ),
  async run(args, common, io) {
    const [name, ...rest] = args;
    const run = name === undefined ? undefined : SUBCOMMANDS[name];
    if (run === undefined)
      throw new JipingError(
        'usage',
        text(
          `subsidy 的子命令是 ${Object.keys(SUBCOMMANDS).join('、')}${name === undefined ? '' : `，没有“${name}”`}`,
          `subsidy takes ${Object.keys(SUBCOMMANDS).join(', ')}${name === undefined ? '' : `, not “${name}”`}`,
        ),
      );
    return run(rest, common, io);
  },
};
