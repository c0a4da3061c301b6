import { text } from '../../problem/index.ts';
import { commandGroup } from '../command-group.ts';
import type { Help } from '../help/help.ts';
import { ESTIMATE_OPTIONS, runEstimate } from './subsidy/estimate-command.ts';
import { EXPLAIN_OPTIONS, runExplain } from './subsidy/explain-command.ts';
import { RECONCILE_OPTIONS, runReconcile } from './subsidy/reconcile-command.ts';
import { runScenarioCommand, SCENARIO_OPTIONS } from './subsidy/scenario-command.ts';
import { runSettle, SETTLE_OPTIONS } from './subsidy/settle-command.ts';
import { runSimulate, SIMULATE_OPTIONS } from './subsidy/simulate-command.ts';

const HEADS: NonNullable<Help['words']> = [
  [
    'heads.csv',
    text(
      'group,heads[,duplicates,deaths,elsewhere,recognition,document]（CSV 或 xlsx，可用中文列名）；人群：residents、students-central、students-provincial、students-local、aided-<类别>，或中文名',
      'group,heads[,duplicates,deaths,elsewhere,recognition,document] (CSV or xlsx); groups: residents, students-central, students-provincial, students-local, aided-KIND',
    ),
  ],
];

const TABLES: NonNullable<Help['words']> = [
  ...HEADS,
  ['payments.csv', text('level,date,amount,unit,document', 'level,date,amount,unit,document')],
  [
    'notice.csv',
    text(
      'group,heads,amount,unit,document,date,year（合计行可选，也可以只有合计行）',
      'group,heads,amount,unit,document,date,year (a total row may stand in it, also alone)',
    ),
  ],
];

/** `jiping subsidy …`: the matching-fund arithmetic. */
export const subsidyCommand = commandGroup({
  name: 'subsidy',
  summary: text(
    '城乡居民医保财政补助：分担说明、测算、结算、勾稽、情景、逐人模拟',
    'matching funds of resident medical insurance: shares, estimate, settlement, reconciliation, scenarios, simulation',
  ),
  about: [],
  subcommands: [
    {
      name: 'explain',
      summary: text(
        '各级人均分担，每一步写明规则、文号、核实情况',
        'shares of each level per person, every step with its rule and document',
      ),
      help: {
        usage: [text('--region 地区 --standard-year 年 [选项]', '--region PLACE --standard-year YEAR [options]')],
        about: [
          text(
            '没有规则的级次只给中央部分，不估计。',
            'Where a level has no rule only the central share is given; nothing is guessed.',
          ),
        ],
        options: EXPLAIN_OPTIONS,
        examples: [
          text(
            'jiping subsidy explain --region 共青城 --standard-year 2023',
            'jiping subsidy explain --region "共青城" --standard-year 2023',
          ),
        ],
        failure: text('地方没有规则', 'a level has no rule'),
      },
      run: runExplain,
    },
    {
      name: 'estimate',
      summary: text('分级分人群应担金额，写测算表', 'what each level owes for each group; writes the estimate'),
      help: {
        usage: [
          text(
            '--region 地区 --budget-year 年 --heads heads.csv [选项]',
            '--region PLACE --budget-year YEAR --heads heads.csv [options]',
          ),
        ],
        about: [],
        options: ESTIMATE_OPTIONS,
        words: HEADS,
        examples: [
          text(
            'jiping subsidy estimate --region 共青城 --budget-year 2024 --heads heads.csv --out 结果',
            'jiping subsidy estimate --region "共青城" --budget-year 2024 --heads heads.csv --out result',
          ),
        ],
        failure: text('发现错误级问题', 'problems of severity error were found'),
      },
      run: runEstimate,
    },
    {
      name: 'settle',
      summary: text(
        '上级核定与本级测算的差额和原因，已拨、补缴或退回；写结算单',
        'approved against own figures, with reasons; paid, to be paid or refunded; writes the settlement',
      ),
      help: {
        usage: [
          text(
            '--region 地区 --budget-year 年 --heads audited.csv --paid payments.csv [选项]',
            '--region PLACE --budget-year YEAR --heads audited.csv --paid payments.csv [options]',
          ),
        ],
        about: [],
        options: SETTLE_OPTIONS,
        words: TABLES,
        examples: [
          text(
            'jiping subsidy settle --region 共青城 --budget-year 2024 --heads audited.csv --paid payments.csv',
            'jiping subsidy settle --region "共青城" --budget-year 2024 --heads audited.csv --paid payments.csv',
          ),
        ],
        failure: text('发现错误级问题', 'problems of severity error were found'),
      },
      run: runSettle,
    },
    {
      name: 'reconcile',
      summary: text('所述金额能否由所述人数得出', 'whether a stated amount follows from the stated heads'),
      help: {
        usage: [
          text('--region 地区 --amount 金额 --heads 人数 [选项]', '--region PLACE --amount AMOUNT --heads N [options]'),
        ],
        about: [
          text(
            '按任何一年的规则都得不出时，列出要成立须有的条件。',
            'If it follows by the rules of no year, what would have to be true is listed.',
          ),
        ],
        options: RECONCILE_OPTIONS,
        examples: [
          text(
            'jiping subsidy reconcile --region 共青城 --amount 2028.45万元 --heads 177297',
            'jiping subsidy reconcile --region "共青城" --amount 2028.45万元 --heads 177297',
          ),
        ],
        failure: text('金额得不出', 'the amount does not follow'),
      },
      run: runReconcile,
    },
    {
      name: 'scenario',
      summary: text(
        '改变标准、分担、人数、人群后各级各年的变化，表和图',
        'changes of standard, shares, heads or groups: what each level pays by year, table and chart',
      ),
      help: {
        usage: [
          text(
            '--region 地区 --years 年-年 --heads heads.csv [选项]',
            '--region PLACE --years YEAR-YEAR --heads heads.csv [options]',
          ),
        ],
        about: [],
        options: SCENARIO_OPTIONS,
        words: HEADS,
        examples: [
          text(
            'jiping subsidy scenario --region 共青城 --years 2024-2028 --heads heads.csv --heads-growth=-2%',
            'jiping subsidy scenario --region "共青城" --years 2024-2028 --heads heads.csv --heads-growth=-2%',
          ),
        ],
        failure: text('发现错误级问题', 'problems of severity error were found'),
      },
      run: runScenarioCommand,
    },
    {
      name: 'simulate',
      summary: text('对名册逐人计算，总额与逐人金额到分', 'person by person over a register, to the fen'),
      help: {
        usage: [
          text(
            '<数据集.parquet|csv> --region 地区 --budget-year 年 [选项]',
            '<dataset.parquet|csv> --region PLACE --budget-year YEAR [options]',
          ),
        ],
        about: [
          text(
            '列：category（人群）、identities（资助身份）、months（参保月数）。',
            'Columns: category (group), identities (aid groups), months (of coverage).',
          ),
        ],
        options: SIMULATE_OPTIONS,
        examples: [
          text(
            'jiping subsidy simulate 名册.parquet --region 共青城 --budget-year 2024',
            'jiping subsidy simulate register.parquet --region "共青城" --budget-year 2024',
          ),
          text(
            'jiping subsidy simulate --register 3f9a6c01 --region 共青城 --budget-year 2024',
            'jiping subsidy simulate --register 3f9a6c01 --region "共青城" --budget-year 2024',
          ),
        ],
        failure: text('发现错误级问题', 'problems of severity error were found'),
      },
      run: runSimulate,
    },
  ],
});
