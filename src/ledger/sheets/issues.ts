import { choiceColumn, dateColumn, listColumn, longTextColumn, type SheetSchema, textColumn } from '../sheet-schema.ts';

const issueColumns = {
  problem: longTextColumn('存在问题', { required: true, synonyms: ['问题'], sample: '工作经费下拨迟，前期宣传滞后' }),
  cause: longTextColumn('原因分析', { synonyms: ['原因'] }),
  measure: longTextColumn('改进措施', {
    synonyms: ['措施', '整改措施'],
    sample: '与财政约定用款计划批复时限，按季检查',
  }),
  owner: textColumn('责任单位'),
  deadline: dateColumn('整改期限', { synonyms: ['时限'] }),
  recheckedOn: dateColumn('复查日期'),
  status: choiceColumn('状态', ['未开始', '整改中', '已完成', '复查通过']),
  evidence: listColumn('佐证'),
  recheckResult: textColumn('复查结果'),
};

export const issueSheet: SheetSchema<typeof issueColumns> = {
  key: 'issues',
  name: '问题整改',
  synonyms: ['问题', '存在问题'],
  layout: 'table',
  instructions: '一个问题一行，写针对它的措施、期限、复查。',
  columns: issueColumns,
};

const evidenceColumns = {
  number: textColumn('编号', { required: true, sample: '1' }),
  title: textColumn('材料名称', { required: true, synonyms: ['名称'], sample: '征缴工作会议通知及签到表' }),
  kind: choiceColumn(
    '类别',
    [
      '文件',
      '会议纪要',
      '凭证',
      '照片',
      '签到表',
      '合同发票',
      '签收单',
      '检查记录',
      '调查问卷',
      '网页截图',
      '清算通知',
      '其他',
    ],
    { sample: '文件' },
  ),
  date: dateColumn('日期'),
  document: textColumn('文号'),
  file: textColumn('文件名', { hint: '与工作簿放在同一文件夹的文件', sample: '会议通知.pdf' }),
  note: textColumn('说明'),
};

export const evidenceSheet: SheetSchema<typeof evidenceColumns> = {
  key: 'evidence',
  name: '佐证',
  synonyms: ['佐证材料', '证明材料'],
  layout: 'table',
  instructions: '每份材料一个编号，别的表在“佐证”列引用编号。',
  columns: evidenceColumns,
};
