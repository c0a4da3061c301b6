import {
  choiceColumn,
  dateColumn,
  listColumn,
  longTextColumn,
  moneyColumn,
  numberColumn,
  originColumn,
  type SheetSchema,
  textColumn,
} from '../sheet-schema.ts';

/** What a line of the 资金 sheet is. The rule set says which kinds count as 到位. */
export const MONEY_KINDS = [
  '年初预算',
  '上年结转',
  '追加',
  '调减',
  '全年预算数（汇总）',
  '指标下达',
  '用款计划申请',
  '用款计划批复',
  '到位（汇总）',
  '支付（汇总）',
  '全年预计执行（汇总）',
  '中期资金（汇总）',
  '结转下年',
  '结余',
  '财政收回',
  '未下达',
] as const;

export type MoneyKind = (typeof MONEY_KINDS)[number];

const moneyColumns = {
  kind: choiceColumn('类型', MONEY_KINDS, {
    required: true,
    hint: '一笔一行；只有总数时用带（汇总）的类型',
    sample: '年初预算',
  }),
  source: textColumn('资金来源', {
    required: true,
    hint: '当年财政拨款、上年结转资金、其他资金，或自己的分法',
    sample: '当年财政拨款',
  }),
  amount: moneyColumn('金额', '万元', { required: true, hint: '调减写正数', sample: '70' }),
  date: dateColumn('日期', { synonyms: ['下达日期', '批复日期'], hint: '文件或批复的日期', sample: '2023-02-15' }),
  dueDate: dateColumn('应到日期', { synonyms: ['计划日期'], hint: '按计划应当到位的日期；与日期之差就是迟延天数' }),
  document: textColumn('文号', { synonyms: ['依据文件', '批准文号'], sample: '某财社〔2023〕12号' }),
  reason: longTextColumn('事由', { synonyms: ['原因', '调整原因'], hint: '调整预算、收回、结转必须写明' }),
  evidence: listColumn('佐证', { hint: '佐证表里的编号' }),
  importedFrom: originColumn(),
};

export const moneySheet: SheetSchema<typeof moneyColumns> = {
  key: 'money',
  name: '资金',
  synonyms: ['资金台账', '预算资金'],
  layout: 'table',
  instructions: '预算、调整、指标下达、用款计划各一笔一行，单位万元。年初预算的每一元都要有去向。',
  columns: moneyColumns,
};

const paymentColumns = {
  date: dateColumn('支付日期', { synonyms: ['日期', '记账日期'], required: true, sample: '2023-06-20' }),
  amount: moneyColumn('金额', '元', { synonyms: ['支付金额'], required: true, sample: '36000.00', negative: true }),
  voucher: textColumn('凭证号', { synonyms: ['支付凭证号', '凭证编号'], required: true, sample: '2023-06-0031' }),
  source: textColumn('资金来源', { sample: '当年财政拨款' }),
  payee: textColumn('收款人', { synonyms: ['收款单位'], sample: '某广告有限公司' }),
  purpose: textColumn('用途', { synonyms: ['摘要'], sample: '征缴宣传横幅' }),
  economicClass: textColumn('经济分类', { synonyms: ['经济科目'], sample: '30201 办公费' }),
  activity: textColumn('对应活动', { hint: '宣传活动、培训会议等表里的名称' }),
  evidence: listColumn('佐证'),
  importedFrom: originColumn(),
};

export const paymentSheet: SheetSchema<typeof paymentColumns> = {
  key: 'payments',
  name: '支付',
  synonyms: ['支付台账', '支付明细'],
  layout: 'table',
  instructions: '国库集中支付的每一笔，单位元，必须有凭证号。红字冲销写负数。',
  columns: paymentColumns,
};

const decisionColumns = {
  meeting: textColumn('会议或程序', {
    required: true,
    hint: '局党组会、项目库、人大批复、集体决策等',
    sample: '局党组会议',
  }),
  date: dateColumn('日期', { sample: '2023-01-12' }),
  number: textColumn('纪要号或文号', { synonyms: ['纪要号', '文号'], sample: '〔2023〕第1次' }),
  matter: longTextColumn('议定事项', { synonyms: ['事项'], sample: '审议城乡居民医保工作经费使用计划' }),
  plan: longTextColumn('使用计划', { sample: '宣传 12 万元、培训 3 万元、督导 5 万元' }),
  amount: moneyColumn('涉及金额', '万元'),
  evidence: listColumn('佐证'),
};

export const decisionSheet: SheetSchema<typeof decisionColumns> = {
  key: 'decisions',
  name: '决策',
  synonyms: ['项目决策'],
  layout: 'table',
  instructions: '立项、入库、集体决策、人大批复各一行，附纪要或文件。',
  columns: decisionColumns,
};

const basisColumns = {
  quantity: textColumn('数据名称', {
    required: true,
    synonyms: ['名称', '项目', '指标名称'],
    hint: '测算用到的人数、标准、比例，各一行',
    sample: '参保人数（测算）',
  }),
  value: numberColumn('数值', '', { required: true, synonyms: ['数量', '值'], negative: true, sample: '186314' }),
  unit: textColumn('计量单位', {
    required: true,
    synonyms: ['单位', '度量单位'],
    hint: '如 人、元/人、%',
    sample: '人',
  }),
  asOf: dateColumn('截至日期', { synonyms: ['日期', '数据截至'], sample: '2023-08-31' }),
  document: textColumn('依据文件', { synonyms: ['文号', '依据'], sample: '某医保发〔2023〕9号' }),
  use: textColumn('用于', { hint: '年初测算、年中清算、其他', sample: '年初测算' }),
  note: textColumn('说明', { synonyms: ['备注'] }),
  evidence: listColumn('佐证'),
};

export const basisSheet: SheetSchema<typeof basisColumns> = {
  key: 'basis',
  name: '测算依据',
  synonyms: ['测算', '测算表', '清算依据'],
  layout: 'table',
  instructions: '预算测算、清算所用的人数、人均标准、分担比例，各一行，写明截至日期和文件。',
  columns: basisColumns,
};
