import {
  choiceColumn,
  dateColumn,
  flagColumn,
  formulaColumn,
  listColumn,
  longTextColumn,
  moneyColumn,
  numberColumn,
  type SheetSchema,
  textColumn,
} from '../sheet-schema.ts';

export const INDICATOR_LEVEL_1 = [
  '成本指标',
  '产出指标',
  '效益指标',
  '满意度指标',
  '决策',
  '过程',
  '产出',
  '效益',
] as const;

/** How a leaf is scored; 留空 = by the rule set from the indicator's nature. */
export const SCORING_KINDS = [
  '按比例',
  '达到即满分',
  '定性分档',
  '等级',
  '阶梯',
  '满意度',
  '评价要点',
  '预算执行',
] as const;

/** How sure the unit is, at mid-year, that the goal will be reached. */
export const LIKELIHOODS = ['确定能', '有可能', '不可能'] as const;

/** What a deviation found at mid-year comes from (财预〔2019〕136号; its text was not read). */
export const DEVIATION_CAUSES = ['经费保障', '制度保障', '人员保障', '硬件条件保障', '其他'] as const;

const indicatorColumns = {
  level1: textColumn('一级指标', { required: true, sample: '产出指标' }),
  level2: textColumn('二级指标', { required: true, sample: '数量指标' }),
  level3: textColumn('三级指标', { hint: '留空的二级指标照表式印空行', sample: '集中宣传活动次数' }),
  target: textColumn('指标值', {
    synonyms: ['年度指标值', '目标值', '年度指标'],
    hint: '连同符号和单位，如 ≥2次、≤2109.07万元、≥90%、2024-12-31前',
    sample: '≥2次',
  }),
  unit: textColumn('度量单位', { synonyms: ['计量单位', '单位'], hint: '指标值里已写单位时留空' }),
  weight: numberColumn('分值', '分', { synonyms: ['权重'], sample: '10' }),
  scoring: choiceColumn('评分方式', SCORING_KINDS, { hint: '留空按规则集' }),
  targetSetOn: dateColumn('目标设定日期', {
    hint: '预算批复或调整的日期；晚于评价期末的目标不能支撑得分',
    sample: '2023-01-20',
  }),
  actual: textColumn('实际完成值', {
    synonyms: ['实际值', '完成值', '全年实际完成值', '实际完成'],
    hint: '没有公式时填写，必须有佐证',
    sample: '',
  }),
  formula: formulaColumn('计算公式', {
    synonyms: ['公式'],
    hint: '如 次数(宣传活动)、合计(医疗救助.金额)',
    sample: '次数(宣传活动, 形式="集中宣传")',
  }),
  asOf: dateColumn('数据截至', { synonyms: ['截至日期'] }),
  dataSource: textColumn('数据来源'),
  survey: textColumn('调查', { hint: '满意度、知晓率必须写调查表里的名称' }),
  evidence: listColumn('佐证', { synonyms: ['佐证材料', '证明材料'], sample: '1' }),
  claimed: numberColumn('自评得分', '分', { synonyms: ['得分'] }),
  reviewed: numberColumn('复核得分', '分', { synonyms: ['复核分'] }),
  reviewReason: textColumn('复核理由'),
  reason: longTextColumn('偏差原因分析及改进措施', { synonyms: ['偏差原因', '未完成原因', '偏差原因分析'] }),
  targetTooLow: flagColumn('目标值偏低', { hint: '超额完成是否因目标定低，由人确认' }),
  notApplicable: flagColumn('不适用'),
  forecast: textColumn('全年预计完成值', { synonyms: ['全年预计完成情况'], hint: '年中监控用' }),
  likelihood: choiceColumn('完成目标可能性', LIKELIHOODS, {
    hint: '年中监控用；“有可能”“不可能”必须写偏差原因和建议或举措',
    choiceSynonyms: { 完全不可能: '不可能', 不能: '不可能', 可能: '有可能', 能: '确定能', 一定能: '确定能' },
  }),
  remedy: longTextColumn('建议或举措', { hint: '年中监控用' }),
  causes: listColumn('偏差原因类别', {
    choices: DEVIATION_CAUSES,
    synonyms: ['偏差原因分类'],
    hint: '年中监控用，可写几类：经费保障、制度保障、人员保障、硬件条件保障、其他',
  }),
  termTarget: textColumn('中期指标值', {
    synonyms: ['实施期指标值', '中期目标值'],
    hint: '多年项目的目标申报表用：整个实施期的指标值',
  }),
};

export const indicatorSheet: SheetSchema<typeof indicatorColumns> = {
  key: 'indicators',
  name: '绩效指标',
  synonyms: ['指标', '绩效指标表'],
  layout: 'table',
  instructions: '一行一个三级指标。实际完成值要么写公式从台账算出，要么填写并附佐证。',
  columns: indicatorColumns,
};

const checklistColumns = {
  indicator: textColumn('三级指标', { required: true, hint: '与绩效指标表的三级指标同名', sample: '支出规范性' }),
  number: numberColumn('序号', '', { sample: '1' }),
  point: longTextColumn('评价要点', { required: true, sample: '资金拨付有完整的审批程序和手续' }),
  weight: numberColumn('分值', '分', { synonyms: ['扣分'], hint: '本要点的分数；不满足时扣这么多', sample: '2' }),
  satisfied: choiceColumn('是否满足', ['满足', '部分满足', '不满足'], { hint: '没有记录可证时留空', sample: '满足' }),
  record: textColumn('记录或文件', { hint: '哪份文件、哪条检查记录能证明', sample: '2023年内控检查记录' }),
  deduction: numberColumn('扣分数', '分', { hint: '部分满足时扣几分' }),
  reason: textColumn('扣分理由'),
  evidence: listColumn('佐证'),
};

export const checklistSheet: SheetSchema<typeof checklistColumns> = {
  key: 'checklists',
  name: '评价要点',
  synonyms: ['要点'],
  layout: 'table',
  instructions: '立项依据、支出规范性、监管有效性等不是比率的指标，逐条列要点，每条由记录或文件证明。',
  columns: checklistColumns,
};

const subUnitColumns = {
  indicator: textColumn('三级指标', { required: true, hint: '与绩效指标表的三级指标同名', sample: '资金支付及时率' }),
  name: textColumn('子单位', { required: true, synonyms: ['下级单位', '乡镇', '单位名称'], sample: '某镇' }),
  value: textColumn('完成值', { required: true, hint: '连同单位，如 95%、1200人', sample: '95%' }),
  amount: moneyColumn('使用资金', '万元', { hint: '相对值按它加权；绝对值直接相加', sample: '12.5' }),
  evidence: listColumn('佐证'),
};

export const subUnitSheet: SheetSchema<typeof subUnitColumns> = {
  key: 'subUnits',
  name: '子单位完成值',
  synonyms: ['子单位', '子单位完成情况'],
  layout: 'table',
  instructions:
    '同一个指标由几个下级单位完成时，一个单位一行：人数、次数等直接相加，百分比按使用资金加权，先汇总再评分。',
  columns: subUnitColumns,
};
