import {
  choiceColumn,
  dateColumn,
  listColumn,
  moneyColumn,
  numberColumn,
  type SheetSchema,
  textColumn,
} from '../sheet-schema.ts';

const publicityColumns = {
  name: textColumn('活动名称', { required: true, sample: '基金监管集中宣传月' }),
  form: choiceColumn(
    '形式',
    ['集中宣传', '现场宣传', '进村入户', '媒体', '视频', '公众号', '短信', '标语横幅', '印制发放', '其他'],
    { required: true, sample: '集中宣传' },
  ),
  date: dateColumn('日期', {
    synonyms: ['活动日期', '发布日期'],
    hint: '没有日期的活动不能证明在评价年度内',
    sample: '2023-04-10',
  }),
  place: textColumn('地点', { sample: '县城中心广场' }),
  organiser: textColumn('主办单位'),
  participants: numberColumn('参加人数', '人', { synonyms: ['受众人数'] }),
  reach: numberColumn('阅读或播放量', '次'),
  cost: moneyColumn('费用', '元'),
  project: textColumn('经费项目'),
  evidence: listColumn('佐证', { hint: '通知、照片、链接截图' }),
};

export const publicitySheet: SheetSchema<typeof publicityColumns> = {
  key: 'publicity',
  name: '宣传活动',
  synonyms: ['宣传台账', '宣传'],
  layout: 'table',
  instructions: '一次活动一行。印了多少、发到哪里写在“宣传品发放”。',
  columns: publicityColumns,
};

const materialColumns = {
  item: textColumn('品名', { required: true, sample: '宣传手册' }),
  ordered: numberColumn('订购数量', '份', { synonyms: ['印制数量', '印制数'], sample: '3600' }),
  received: numberColumn('到货数量', '份', { sample: '3600' }),
  handedTo: textColumn('发放对象', { synonyms: ['领用单位'], sample: '某镇' }),
  quantity: numberColumn('发放数量', '份', { sample: '200' }),
  date: dateColumn('发放日期', { synonyms: ['日期'], sample: '2023-04-12' }),
  receipt: textColumn('签收', { hint: '签收单编号', sample: 'QS-01' }),
  cost: moneyColumn('费用', '元'),
  evidence: listColumn('佐证'),
};

export const materialSheet: SheetSchema<typeof materialColumns> = {
  key: 'materials',
  name: '宣传品发放',
  synonyms: ['宣传品', '印制发放'],
  layout: 'table',
  instructions: '订购一行，发给每个单位各一行，凭签收单。',
  columns: materialColumns,
};

const trainingColumns = {
  name: textColumn('名称', { required: true, synonyms: ['会议或培训名称', '培训名称'], sample: '征缴业务培训' }),
  kind: choiceColumn('类别', ['培训', '会议'], { required: true, sample: '培训' }),
  manner: choiceColumn('方式', ['举办', '参加'], {
    required: true,
    hint: '本单位组织的写“举办”，去别处参加的写“参加”；召开类指标只数举办',
    sample: '举办',
  }),
  date: dateColumn('日期', { hint: '没有日期的活动不能证明在评价年度内', sample: '2023-09-05' }),
  organiser: textColumn('主办单位'),
  participants: numberColumn('参加人数', '人', { sample: '46' }),
  times: numberColumn('次数', '次', { hint: '只有总次数的旧台账用；留空算一次' }),
  cost: moneyColumn('费用', '元'),
  evidence: listColumn('佐证', { hint: '通知、签到表' }),
};

export const trainingSheet: SheetSchema<typeof trainingColumns> = {
  key: 'trainings',
  name: '培训会议',
  synonyms: ['培训', '会议培训'],
  layout: 'table',
  instructions: '举办和参加分开写：召开会议或培训的指标不数“参加”的。',
  columns: trainingColumns,
};

const supervisionColumns = {
  kind: choiceColumn('类别', ['督导', '约谈', '通报'], { required: true, sample: '督导' }),
  target: textColumn('对象', { required: true, synonyms: ['镇村', '单位'], sample: '某镇' }),
  date: dateColumn('日期', { required: true, sample: '2023-11-08' }),
  leader: textColumn('带队或约谈领导'),
  finding: textColumn('发现的问题', { synonyms: ['问题'] }),
  deadline: dateColumn('整改期限'),
  result: textColumn('整改结果'),
  recheckedOn: dateColumn('复查日期'),
  evidence: listColumn('佐证'),
};

export const supervisionSheet: SheetSchema<typeof supervisionColumns> = {
  key: 'supervision',
  name: '督导约谈',
  synonyms: ['督导', '督导台账'],
  layout: 'table',
  instructions: '到镇村督导、领导约谈各一行：发现什么、限期何时、复查结果。',
  columns: supervisionColumns,
};

const inspectionColumns = {
  institution: textColumn('机构名称', { required: true, synonyms: ['检查对象', '定点机构'], sample: '某卫生院' }),
  type: choiceColumn('机构类别', ['定点医疗机构', '定点零售药店', '其他'], { sample: '定点医疗机构' }),
  kind: choiceColumn('检查方式', ['日常检查', '专项检查', '飞行检查', '智能监控', '举报核查', '自查自纠'], {
    required: true,
    sample: '日常检查',
  }),
  date: dateColumn('检查日期', { synonyms: ['日期'], required: true, sample: '2023-05-16' }),
  finding: textColumn('发现的问题', { synonyms: ['问题'] }),
  involved: moneyColumn('涉及金额', '元'),
  recovered: moneyColumn('追回金额', '元', { hint: '追回的基金；罚款和违约金不算' }),
  damages: moneyColumn('违约金', '元'),
  fine: moneyColumn('罚款', '元'),
  measure: choiceColumn('处理', ['无', '约谈', '责令整改', '暂停协议', '解除协议', '行政处罚', '移送']),
  evidence: listColumn('佐证'),
};

export const inspectionSheet: SheetSchema<typeof inspectionColumns> = {
  key: 'inspections',
  name: '基金监管',
  synonyms: ['基金监管台账', '监督检查'],
  layout: 'table',
  instructions: '一家一次检查一行。家次数行数，家数按机构名称去重。',
  columns: inspectionColumns,
};
