import {
  choiceColumn,
  dateColumn,
  listColumn,
  moneyColumn,
  numberColumn,
  originColumn,
  type SheetSchema,
  textColumn,
} from '../sheet-schema.ts';

const assistanceColumns = {
  kind: choiceColumn(
    '救助方式',
    ['一站式', '零星救助', '一站式和零星（未分开）', '依申请救助', '资助参保', '其他救助'],
    {
      required: true,
      sample: '一站式',
      choiceSynonyms: {
        一站式结算: '一站式',
        一站式救助: '一站式',
        零星: '零星救助',
        零星报销: '零星救助',
        手工报销: '零星救助',
        手工零星: '零星救助',
        依申请: '依申请救助',
        资助: '资助参保',
        资助参保缴费: '资助参保',
        其他: '其他救助',
      },
    },
  ),
  category: textColumn('对象类别', { hint: '特困、低保、孤儿、事实无人抚养儿童、低收入等', sample: '低保' }),
  period: textColumn('期间', { hint: '如 2023年、2023-05', sample: '2023年' }),
  date: dateColumn('日期', { synonyms: ['结算日期'] }),
  personKey: textColumn('人员编号', { hint: '明细账才填，用人员编号，不要填身份证号', personal: true }),
  episodes: numberColumn('人次', '人次', { sample: '120' }),
  persons: numberColumn('人数', '人', { sample: '85' }),
  amount: moneyColumn('金额', '元', { synonyms: ['救助金额'], sample: '56000.00' }),
  institution: textColumn('医疗机构'),
  note: textColumn('备注'),
  evidence: listColumn('佐证'),
  importedFrom: originColumn(),
};

export const assistanceSheet: SheetSchema<typeof assistanceColumns> = {
  key: 'assistance',
  name: '医疗救助',
  synonyms: ['医疗救助台账', '救助'],
  layout: 'table',
  instructions: '汇总行填人次、人数、金额；明细行每次结算一行并填人员编号。人次和人数不是一回事。',
  columns: assistanceColumns,
};

const progressColumns = {
  unit: textColumn('单位', { required: true, hint: '镇、学校、县直、其他；全县合计写县名', sample: '某镇' }),
  unitType: choiceColumn('单位类别', ['乡镇', '学校', '县直', '其他', '全县'], {
    required: true,
    sample: '乡镇',
    choiceSynonyms: {
      镇: '乡镇',
      乡: '乡镇',
      街道: '乡镇',
      镇街: '乡镇',
      乡镇街道: '乡镇',
      '镇（街道）': '乡镇',
      '乡镇（街道）': '乡镇',
      院校: '学校',
      县直单位: '县直',
      合计: '全县',
    },
  }),
  date: dateColumn('截至日期', { synonyms: ['日期', '统计日期'], required: true, sample: '2024-01-01' }),
  coverageYear: numberColumn('参保年度', '', { sample: '2024', bounds: { low: 2000, high: 2100 } }),
  task: numberColumn('任务数', '人', { synonyms: ['参保任务数'], sample: '32000' }),
  taskIssuer: textColumn('任务下达单位', { sample: '某市医疗保障局' }),
  taskDocument: textColumn('任务文号', { sample: '某医保〔2023〕8号' }),
  enrolled: numberColumn('参保人数', '人', { required: true, synonyms: ['已参保人数'], sample: '30150' }),
  rate: numberColumn('通报完成率', '%', { hint: '通报里写的完成率；自己算的不要填' }),
  volumeRank: numberColumn('总量名次', '', { hint: '没有全部单位数据时照通报填写，并附佐证' }),
  rateRank: numberColumn('完成率名次', ''),
  rankOf: numberColumn('参排单位数', '', { hint: 'k of n 的 n' }),
  evidence: listColumn('佐证'),
  importedFrom: originColumn(),
};

export const progressSheet: SheetSchema<typeof progressColumns> = {
  key: 'progress',
  name: '参保进度',
  synonyms: ['征缴进度', '进度'],
  layout: 'table',
  instructions: '单位 × 日期一行。各单位之和与全县数核对；市级通报另见“市级通报”。',
  columns: progressColumns,
};

const bulletinColumns = {
  county: textColumn('县（市、区）', { required: true, synonyms: ['县区', '单位'], sample: '某县' }),
  date: dateColumn('截至日期', { synonyms: ['日期'], required: true, sample: '2024-01-01' }),
  task: numberColumn('任务数', '人'),
  enrolled: numberColumn('参保人数', '人'),
  rate: numberColumn('完成率', '%'),
  volumeRank: numberColumn('总量名次', ''),
  rateRank: numberColumn('完成率名次', ''),
  countyCount: numberColumn('全市县区数', '个', { hint: '齐全时才由程序排名，否则按通报填名次' }),
  document: textColumn('通报文号'),
  evidence: listColumn('佐证'),
};

export const bulletinSheet: SheetSchema<typeof bulletinColumns> = {
  key: 'bulletins',
  name: '市级通报',
  synonyms: ['通报'],
  layout: 'table',
  instructions: '市里通报的各县完成情况。全部县都在时由程序排名，否则照通报填名次并附通报。',
  columns: bulletinColumns,
};

const channelColumns = {
  channel: textColumn('缴费渠道', { required: true, sample: '村居E支付' }),
  date: dateColumn('截至日期', { synonyms: ['日期'] }),
  persons: numberColumn('缴费人数', '人', { synonyms: ['人数'], sample: '12000' }),
  amount: moneyColumn('缴费金额', '元', { synonyms: ['金额'] }),
  note: textColumn('说明'),
  evidence: listColumn('佐证'),
};

export const channelSheet: SheetSchema<typeof channelColumns> = {
  key: 'channels',
  name: '缴费渠道',
  synonyms: ['渠道'],
  layout: 'table',
  instructions: '各缴费渠道的人数和金额。',
  columns: channelColumns,
};

const surveyColumns = {
  name: textColumn('调查名称', { required: true, sample: '2024年参保对象满意度调查' }),
  question: textColumn('题目', { required: true, sample: '您对医保服务是否满意' }),
  measure: choiceColumn('指标', ['满意度', '知晓率', '其他'], { required: true, sample: '满意度' }),
  from: dateColumn('开始日期', { sample: '2024-11-01' }),
  to: dateColumn('结束日期', { synonyms: ['调查日期'], sample: '2024-11-15' }),
  method: choiceColumn('方式', ['随机抽样', '偶遇拦截', '电话', '线上', '全数'], { sample: '随机抽样' }),
  population: numberColumn('总体人数', '人'),
  distributed: numberColumn('发放份数', '份', { sample: '400' }),
  returned: numberColumn('收回份数', '份', { sample: '392' }),
  valid: numberColumn('有效份数', '份', { required: true, sample: '385' }),
  positive: numberColumn('满意（知晓）份数', '份', {
    synonyms: ['满意份数', '知晓份数'],
    required: true,
    hint: '哪些选项算满意写在说明里',
    sample: '366',
  }),
  definition: textColumn('口径', { hint: '如：非常满意 + 满意', sample: '非常满意 + 满意' }),
  version: textColumn('问卷版本'),
  evidence: listColumn('佐证'),
};

export const surveySheet: SheetSchema<typeof surveyColumns> = {
  key: 'surveys',
  name: '调查',
  synonyms: ['满意度调查', '问卷调查'],
  layout: 'table',
  instructions: '一题一行：发放、收回、有效、满意份数。没有调查的满意度不能得分。',
  columns: surveyColumns,
};
