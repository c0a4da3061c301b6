import { Exact } from '../../src/quantity/index.ts';
import type { BookContent } from '../../src/workbook/index.ts';

const n = (decimal: string): Exact => Exact.of(decimal);

/**
 * The working fund of resident insurance, Fengshun 2023: every figure of its published self-evaluation, in our own
 * words, blank where the report is silent. It states neither weights nor leaf scores: the weights here are samples and
 * labelled so. Names and telephone numbers are left out.
 */
export const fengshun: BookContent = {
  project: {
    name: '城乡居民医疗保险工作经费',
    type: '工作经费',
    kind: '单位自评',
    department: '丰顺县医疗保障局',
    unit: '丰顺县医疗保障局',
    region: '丰顺县',
    year: n('2023'),
    ruleSet: 'GD',
    weightSource: '示例权重（未经核实）',
    preparedOn: '2024-07-11',
    goalExpected:
      '参保政策和宣传覆盖全县，群众病有所医；医保报销切实减轻负担，防止因病返贫，为全面建成小康社会作出贡献。',
    claimedTotal: n('100'),
    claimedGrade: '优秀',
    overview:
      '为做好2024年度城乡居民医保参保征缴，通过共享参保数据库加强比对，提高扩面精准性；与学生、新就业形态劳动者、选择性参保家庭等人群的主管单位建立协作，多渠道宣传；丰富个人账户家庭共济、村居E支付等缴费渠道；不定期到镇村督导，由县领导约谈督办，并纳入镇级年度考核。财政预算安排70万元，实际拨款20万元。',
    basis: ['《关于做好2024年度城乡居民基本医疗保险参保缴费工作的通知》（梅市医保〔2023〕8号）'],
    decisionText: '经局党组会议确定工作需求和使用计划，按有关文件要求使用工作经费。',
    managementText:
      '2023年县财政局下达20万元，实际支出20万元，支付率100%。没有调整预算支出内容，支出执行会计核算制度，审批手续完整。项目列入县级财政资金项目库，每年经人大会议列入年度预算，资金按计划依次申请。资金主要用于参保宣传发动、报销审核、基金监管和医疗救助。',
    outputText:
      '结合基金监管宣传月印制海报200份、手册3600份，下发各乡镇和“两定”机构；与县融媒体中心合作录制打击欺诈骗保小视频。组织经办人员参加医保政策和业务培训9次。通过宣传资料、横幅、宣传牌、电视台和网络宣传征缴政策。',
    outcomeText:
      '截至2024年1月1日完成2024年度参保458507人，总量居全市第三；任务完成率91.38%，居全市第七。“一站式”与零星救助44730人次、21529人，支出2836.73万元；对严重精神障碍患者兜底救助146人，688714.32元。',
  },
  tables: {
    decisions: [
      { meeting: '局党组会议', matter: '确定项目工作需求和资金使用计划' },
      { meeting: '县级财政资金项目库', matter: '项目列入项目库' },
      { meeting: '县人民代表大会会议', matter: '每年列入医保局年度预算' },
    ],
    money: [
      { kind: '年初预算', source: '当年财政拨款', amount: n('70'), reason: '财政预算拨款经费' },
      { kind: '到位（汇总）', source: '当年财政拨款', amount: n('20'), reason: '财政实际拨款，报告未写下达日期和文号' },
      { kind: '支付（汇总）', source: '当年财政拨款', amount: n('20'), reason: '报告只有总数，未附支付明细' },
    ],
    indicators: [
      { level1: '决策', level2: '目标管理', level3: '目标管理', scoring: '评价要点', weight: n('20') },
      { level1: '过程', level2: '事项管理', level3: '资金支付率', actual: '100%', weight: n('8') },
      { level1: '过程', level2: '事项管理', level3: '支出规范性', scoring: '评价要点', weight: n('6') },
      { level1: '过程', level2: '事项管理', level3: '监管有效性', scoring: '评价要点', weight: n('6') },
      {
        level1: '产出',
        level2: '数量指标',
        level3: '开展打击欺诈骗保维护基金安全集中宣传活动',
        target: '≥1次',
        weight: n('10'),
      },
      {
        level1: '产出',
        level2: '数量指标',
        level3: '召开医保工作会议或培训',
        target: '≥2次',
        weight: n('10'),
        formula: '次数(培训会议, 方式="举办")',
      },
      { level1: '产出', level2: '质量指标', level3: '城乡居民医保政策宣传', target: '≥2次', weight: n('10') },
      {
        level1: '效益',
        level2: '效益指标',
        level3: '群众政策知晓度',
        target: '普遍了解',
        actual: '知晓率极大提高',
        weight: n('10'),
      },
      {
        level1: '效益',
        level2: '可持续影响指标',
        level3: '对健全社会救助体系的影响',
        actual: '困难群众应救尽救',
        weight: n('10'),
      },
      {
        level1: '效益',
        level2: '服务对象满意度指标',
        level3: '参保对象满意度',
        actual: '较高',
        weight: n('10'),
      },
    ],
    checklists: [
      { indicator: '支出规范性', number: n('1'), point: '未调整预算支出内容' },
      { indicator: '支出规范性', number: n('2'), point: '支出执行会计核算制度，核算准确、财务资料完整' },
      { indicator: '支出规范性', number: n('3'), point: '资金拨付有完整的审批程序和手续' },
      { indicator: '支出规范性', number: n('4'), point: '不存在截留、挤占、挪用、虚列支出' },
      { indicator: '监管有效性', number: n('1'), point: '列入县级财政资金项目库并经人大会议列入年度预算' },
      { indicator: '监管有效性', number: n('2'), point: '资金按计划依次申请' },
      { indicator: '监管有效性', number: n('3'), point: '局党组会议确定工作需求和使用计划，统筹使用' },
    ],
    publicity: [{ name: '打击欺诈骗保小视频', form: '视频', organiser: '丰顺县医疗保障局、县融媒体中心' }],
    materials: [
      { item: '宣传海报', ordered: n('200'), handedTo: '各乡镇和“两定”机构' },
      { item: '宣传手册', ordered: n('3600'), handedTo: '各乡镇和“两定”机构' },
    ],
    trainings: [{ name: '医保政策和业务培训', kind: '培训', manner: '参加', times: n('9') }],
    assistance: [
      {
        kind: '一站式和零星（未分开）',
        category: '特困户、低保户、孤儿和事实无人抚养儿童、低收入对象等',
        episodes: n('44730'),
        persons: n('21529'),
        amount: n('28367300'),
        note: '报告写作2836.73万元',
      },
      {
        kind: '其他救助',
        category: '严重精神障碍患者（正常救助外兜底）',
        persons: n('146'),
        amount: n('688714.32'),
        note: '报告未说明是否包含在上一行内',
      },
    ],
    progress: [
      {
        unit: '丰顺县',
        unitType: '全县',
        date: '2024-01-01',
        coverageYear: n('2024'),
        enrolled: n('458507'),
        rate: n('91.38'),
        volumeRank: n('3'),
        rateRank: n('7'),
      },
    ],
    channels: [{ channel: '个人账户家庭共济' }, { channel: '村居E支付' }],
    issues: [
      {
        problem: '项目资金下拨不及时，前期因经费问题宣传滞后，资金到位后才加大力度',
        measure:
          '1.加强预算管理，对执行中的变动提前做好预案。2.学习绩效管理文件，完善绩效管理办法和流程图。3.加强督导检查和自评，及时跟踪、发现、纠正偏差。',
      },
    ],
    evidence: [
      {
        number: '1',
        title: '2024年度城乡居民基本医疗保险参保缴费工作的通知',
        kind: '文件',
        document: '梅市医保〔2023〕8号',
      },
    ],
  },
};
