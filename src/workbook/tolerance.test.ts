import { describe, expect, test } from 'vitest';
import { found, PROJECT, readBook } from './testing/make-book.ts';

const PAYMENT_HEADING = ['支付日期', '金额（元）', '凭证号'];
const payment = (amount: unknown, date: unknown = '2023-06-20', voucher: unknown = 'A1') => [date, amount, voucher];
const amounts = (book: Awaited<ReturnType<typeof readBook>>['book']) =>
  book.tables.payments.records.map((record) => record.amount?.toString());
const dates = (book: Awaited<ReturnType<typeof readBook>>['book']) =>
  book.tables.payments.records.map((record) => record.date);

describe('sheets people copied, renamed or hid', () => {
  test.each(['支付 (2)', '支付副本', ' 支付 ', '支付明细', '支付台账（最新）', '3.支付', '支付 - 副本 (2)'])(
    '“%s” is read as 支付',
    async (name) => {
      const { book, problems } = await readBook({ [name]: [PAYMENT_HEADING, payment(100)] });
      expect(amounts(book)).toEqual(['100']);
      expect(book.tables.payments.sheet).toBe(name);
      expect(problems.some(({ severity }) => severity === 'error')).toBe(false);
    },
  );

  test('a sheet without any telling name is known by its headings, and that is said', async () => {
    const { book, problems } = await readBook({ Sheet4: [PAYMENT_HEADING, payment(100)] });
    expect(amounts(book)).toEqual(['100']);
    expect(found(problems)).toEqual(['sheet-by-likeness Sheet4']);
  });

  test('two filled sheets for one place: the proper one is read, the other is an error', async () => {
    const { book, problems } = await readBook({
      '支付(2)': [PAYMENT_HEADING, payment(1)],
      支付: [PAYMENT_HEADING, payment(2)],
    });
    expect(amounts(book)).toEqual(['2']);
    expect(found(problems, 'sheet-repeated')).toEqual(['sheet-repeated 支付(2)']);
  });

  test('hidden sheets, rows and columns are read, with a notice', async () => {
    const { book, problems } = await readBook(
      { 支付: [PAYMENT_HEADING, payment(1), payment(2, '2023-07-01', 'A2')] },
      (workbook) => {
        const sheet = workbook.getWorksheet('支付');
        if (sheet === undefined) return;
        sheet.state = 'hidden';
        sheet.getRow(3).hidden = true;
        sheet.getColumn(3).hidden = true;
      },
    );
    expect(amounts(book)).toEqual(['1', '2']);
    expect(found(problems)).toEqual(['hidden-rows 支付', 'hidden-column 支付', 'hidden-sheet 支付']);
  });

  test('a workbook of something else is refused in one sentence', async () => {
    const { default: ExcelJS } = await import('exceljs');
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('通讯录').getRow(1).values = ['姓名', '电话'];
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    const { readProjectBookBytes } = await import('./index.ts');
    await expect(readProjectBookBytes('a.xlsx', bytes)).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('headings', () => {
  test('moved, added and renamed columns, heading below a title, blank rows', async () => {
    const { book, problems } = await readBook({
      支付: [
        ['某县医疗保障局支付台账'],
        [],
        ['序号', '摘要', '凭证编号', ' 支付 金额(元) ', '核对人', '记账日期'],
        [1, '横幅', 'A1', 36000, '甲', '2023-06-20'],
        [],
        [2, '海报', 'A2', 1200.5, '乙', '2023-07-01'],
      ],
    });
    expect(amounts(book)).toEqual(['36000', '1200.5']);
    expect(book.tables.payments.records.map(({ row, purpose }) => [row, purpose])).toEqual([
      [4, '横幅'],
      [6, '海报'],
    ]);
    expect(book.tables.payments.letters).toMatchObject({ amount: 'D', voucher: 'C', date: 'F' });
    expect(found(problems)).toEqual([
      'column-by-synonym 支付!B3',
      'column-by-synonym 支付!C3',
      'column-by-synonym 支付!D3',
      'column-by-synonym 支付!F3',
      'column-unknown 支付',
    ]);
  });

  test('a column in 万元 is converted exactly and that is said', async () => {
    const { book, problems } = await readBook({ 支付: [['支付日期', '金额(万元)', '凭证号'], payment(2109.07)] });
    expect(amounts(book)).toEqual(['21090700']);
    expect(found(problems)).toEqual(['column-unit-converted 支付!B1']);
  });

  test('“单位：万元” above the table speaks for a money column without a unit', async () => {
    const { book, problems } = await readBook({
      支付: [['支付台账', '', '单位：万元'], ['支付日期', '金额', '凭证号'], payment(0.5)],
    });
    expect(amounts(book)).toEqual(['5000']);
    expect(found(problems)).toEqual(['column-unit-converted 支付!B2']);
  });

  test('a unit of another kind is an error of that column', async () => {
    const { problems } = await readBook({ 支付: [['支付日期', '金额（人）', '凭证号'], payment(5)] });
    expect(found(problems, 'heading-unit-differs', 'column-missing')).toEqual([
      'heading-unit-differs 支付!B1',
      'column-missing 支付',
    ]);
  });

  test('headings in two lines under a merged group', async () => {
    const { book } = await readBook(
      {
        宣传品发放: [
          ['品名', '数量', '', '发放对象'],
          ['', '订购', '到货', ''],
          ['手册', 3600, 3500, '某镇'],
        ],
      },
      (workbook) => {
        const sheet = workbook.getWorksheet('宣传品发放');
        sheet?.mergeCells('A1:A2');
        sheet?.mergeCells('B1:C1');
        sheet?.mergeCells('D1:D2');
      },
    );
    const [record] = book.tables.materials.records;
    expect(record).toMatchObject({ row: 3, item: '手册', handedTo: '某镇' });
    expect([record?.ordered?.toString(), record?.received?.toString()]).toEqual(['3600', '3500']);
  });

  test('the indicator block of an official self-evaluation table, money block above and total below', async () => {
    const { book, problems } = await readBook(
      {
        绩效指标: [
          ['项目支出绩效自评表'],
          ['项目名称', '某项目'],
          ['', '', '年初预算数', '全年预算数', '全年执行数', '分值', '执行率', '得分'],
          ['年度资金总额', '', 70, 70, 70, 10, 100, 10],
          ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施'],
          ['产出指标', '数量指标', '集中宣传', '≥2次', '3次', 50, 50, ''],
          ['', '质量指标', '签收率', '≥90%', '95%', 40, 38, '差在两镇'],
          ['总分', '', '', '', '', 90, 88, ''],
        ],
      },
      (workbook) => workbook.getWorksheet('绩效指标')?.mergeCells('A6:A7'),
    );
    expect(
      book.tables.indicators.records.map(({ row, level1, target, weight }) => [
        row,
        level1,
        target,
        weight?.toString(),
      ]),
    ).toEqual([
      [6, '产出指标', '≥2次', '50'],
      [7, '产出指标', '≥90%', '40'],
    ]);
    expect(problems.some(({ severity }) => severity !== 'notice')).toBe(false);
  });

  test('a missing required column is one error, not one a row', async () => {
    const { problems } = await readBook({
      支付: [
        ['支付日期', '金额（元）', '用途'],
        ['2023-06-20', 5, '横幅'],
        ['2023-06-21', 6, '海报'],
      ],
    });
    expect(found(problems)).toEqual(['column-missing 支付']);
  });
});

describe('figures', () => {
  test.each([
    ['１，２３４．５０', '1234.5'],
    ['3,600', '3600'],
    ['￥70.00', '70'],
    ['(1,200.00)', '-1200'],
    ['70万元', '700000'],
    ['三千六百', '3600'],
    [' 12 ', '12'],
  ])('text %s is %s', async (words, value) => {
    const { book } = await readBook({ 支付: [PAYMENT_HEADING, payment(words)] });
    expect(amounts(book)).toEqual([value]);
  });

  test.each([['约3600'], ['≥2'], ['10-20'], ['1,23'], ['五六百'], ['3600人'], ['1.2.3'], ['多笔']])(
    'text %s is a fault of its cell',
    async (words) => {
      const { book, problems } = await readBook({ 支付: [PAYMENT_HEADING, payment(words)] });
      expect(amounts(book)).toEqual([undefined]);
      expect(problems.filter(({ severity }) => severity === 'error').map(({ where }) => where.cell)).toEqual(['B2']);
    },
  );

  test('a binary remainder is no part of the figure', async () => {
    const { book } = await readBook({ 支付: [PAYMENT_HEADING, payment(0.1 + 0.2)] });
    expect(amounts(book)).toEqual(['0.3']);
  });

  test('percent cells and fractions in a column of %', async () => {
    const heading = ['单位', '单位类别', '截至日期', '参保人数（人）', '通报完成率（%）'];
    const row = (rate: unknown) => ['某县', '全县', '2024-01-01', 458507, rate];
    const { book, problems } = await readBook(
      { 参保进度: [heading, row(0.9138), row(91.38), row('91.38%'), row(0.9138)] },
      (workbook) => {
        const cell = workbook.getWorksheet('参保进度')?.getCell('E2');
        if (cell !== undefined) cell.numFmt = '0.00%';
      },
    );
    expect(book.tables.progress.records.map(({ rate }) => rate?.toString())).toEqual([
      '91.38',
      '91.38',
      '91.38',
      '0.9138',
    ]);
    expect(found(problems)).toEqual(['percent-as-fraction 参保进度!E5']);
  });

  test('“3,600份” fits a column counted in 份; half a copy does not exist', async () => {
    const { book, problems } = await readBook({
      宣传品发放: [
        ['品名', '订购数量（份）'],
        ['手册', '3,600份'],
        ['海报', 0.5],
      ],
    });
    expect(book.tables.materials.records[0]?.ordered?.toString()).toBe('3600');
    expect(found(problems)).toEqual(['count-not-whole 宣传品发放!B3']);
  });

  test('a unit typed into a column that has none is left out, and that is said', async () => {
    const { book, problems } = await readBook({
      项目: [...PROJECT.filter(([name]) => name !== '评价年度'), ['评价年度', '2023年']],
      测算依据: [
        ['数据名称', '数值', '计量单位'],
        ['县级财政补助', '113.20元/人', '元/人'],
      ],
    });
    expect(book.project.year?.value.toString()).toBe('2023');
    expect(book.tables.basis.records[0]?.value?.toString()).toBe('113.2');
    expect(found(problems)).toEqual(['unit-left-out 测算依据!B2']);
  });

  test('formulas: the stored result is used and that is said; without one it is a fault', async () => {
    const { book, problems } = await readBook({
      支付: [PAYMENT_HEADING, payment({ formula: '1+1', result: 2 }), payment({ formula: '1+2' }, '2023-07-01', 'A2')],
    });
    expect(amounts(book)).toEqual(['2', undefined]);
    expect(found(problems)).toEqual(['formula-without-result 支付!B3', 'formula-results-used 支付']);
  });

  test('a placeholder is a blank, and a blank in a required column is a fault', async () => {
    const { problems } = await readBook({ 支付: [PAYMENT_HEADING, payment('—')] });
    expect(found(problems)).toEqual(['placeholder-as-blank 支付!B2', 'cell-required 支付!B2']);
  });
});

describe('dates', () => {
  test.each([
    ['2023年7月11日', '2023-07-11'],
    ['2023.7.11', '2023-07-11'],
    ['2023/07/11', '2023-07-11'],
    ['20230711', '2023-07-11'],
    [20230711, '2023-07-11'],
    ['２０２３年７月１１日', '2023-07-11'],
    [new Date('2023-07-11T00:00:00Z'), '2023-07-11'],
    ['二〇二三年七月十一日', '2023-07-11'],
  ])('%s', async (written, date) => {
    const { book, problems } = await readBook({ 支付: [PAYMENT_HEADING, payment(5, written)] });
    expect(dates(book)).toEqual([date]);
    expect(found(problems)).toEqual([]);
  });

  test('a month or a bare serial number is read with a warning', async () => {
    const { book, problems } = await readBook({
      支付: [PAYMENT_HEADING, payment(5, '2023-2'), payment(6, 45118, 'A2')],
    });
    expect(dates(book)).toEqual(['2023-02-28', '2023-07-11']);
    expect(problems.filter(({ severity }) => severity === 'warning')).toHaveLength(2);
  });

  test.each([['2023-02-30'], ['7月11日'], ['23.7.11'], [2023], ['1023-07-11'], ['待定'], [3.5]])(
    '%s is a fault of its cell',
    async (written) => {
      const { book, problems } = await readBook({ 支付: [PAYMENT_HEADING, payment(5, written)] });
      expect(dates(book)).toEqual([undefined]);
      expect(found(problems)).toEqual(['cell-not-a-date 支付!A2']);
    },
  );

  test('a book of the 1904 system', async () => {
    const { book } = await readBook({ 支付: [PAYMENT_HEADING, payment(5, new Date('2023-07-11T00:00:00Z'))] }, (w) => {
      w.properties.date1904 = true;
    });
    expect(dates(book)).toEqual(['2023-07-11']);
  });
});

describe('rows that are no records', () => {
  test('totals rows are not counted twice and are checked', async () => {
    const { book, problems } = await readBook({
      支付: [
        ['用途', ...PAYMENT_HEADING],
        ['横幅', ...payment(10)],
        ['海报', ...payment(20, '2023-07-01', 'A2')],
        ['小计', '', 30],
        ['会议', ...payment(5, '2023-08-01', 'A3')],
        ['小计', '', 6],
        ['合 计', '', 35],
      ],
    });
    expect(amounts(book)).toEqual(['10', '20', '5']);
    expect(found(problems)).toEqual(['total-row-differs 支付!C6', 'total-rows-skipped 支付']);
  });

  test('a total above the rows is checked against all of them', async () => {
    const { book, problems } = await readBook({
      支付: [
        ['用途', ...PAYMENT_HEADING],
        ['合计', '', 30],
        ['横幅', ...payment(10)],
        ['海报', ...payment(20, '2023-07-01', 'A2')],
      ],
    });
    expect(amounts(book)).toEqual(['10', '20']);
    expect(found(problems)).toEqual(['total-rows-skipped 支付']);
  });

  test('the row of the whole county is a record, whatever it is called', async () => {
    const { book } = await readBook({
      参保进度: [
        ['单位', '单位类别', '截至日期', '参保人数（人）'],
        ['合计', '全县', '2024-01-01', 458507],
      ],
    });
    expect(book.tables.progress.records).toHaveLength(1);
    expect(book.tables.progress.records[0]?.unit).toBe('合计');
  });

  test('notes below the table', async () => {
    const { book, problems } = await readBook({
      支付: [PAYMENT_HEADING, payment(10), ['注：金额含税。'], ['填表人：']],
    });
    expect(amounts(book)).toEqual(['10']);
    expect(found(problems)).toEqual(['footnote-skipped 支付!A3', 'footnote-skipped 支付!A4']);
  });

  test('a heading pasted again, a numbered total, a line of signatures', async () => {
    const { book, problems } = await readBook({
      支付: [
        ['序号', '用途', ...PAYMENT_HEADING],
        [1, '横幅', ...payment(10)],
        ['序号', '用途', ...PAYMENT_HEADING],
        [2, '海报', ...payment(20, '2023-07-01', 'A2')],
        [3, '合计', '', 30],
        ['填表人：', '', '', '审核人：'],
      ],
    });
    expect(amounts(book)).toEqual(['10', '20']);
    expect(found(problems)).toEqual(['heading-repeated 支付', 'footnote-skipped 支付!A6', 'total-rows-skipped 支付']);
  });

  test('words of merged cells stand for each row, figures do not', async () => {
    const { book, problems } = await readBook(
      {
        绩效指标: [
          ['一级指标', '二级指标', '三级指标', '分值（分）'],
          ['产出指标', '数量指标', '海报', 10],
          ['', '', '手册', ''],
        ],
      },
      (workbook) => {
        const sheet = workbook.getWorksheet('绩效指标');
        sheet?.mergeCells('A2:A3');
        sheet?.mergeCells('B2:B3');
        sheet?.mergeCells('D2:D3');
      },
    );
    expect(book.tables.indicators.records[1]).toEqual({
      row: 3,
      level1: '产出指标',
      level2: '数量指标',
      level3: '手册',
    });
    expect(found(problems)).toEqual(['merged-cells-filled 绩效指标']);
  });
});

describe('choices and references', () => {
  test('a formula typed with an equals sign is read as its words', async () => {
    const { book, problems } = await readBook({
      绩效指标: [
        ['一级指标', '二级指标', '三级指标', '计算公式'],
        ['产出指标', '数量指标', '培训', { formula: '次数(培训会议,方式="举办")', result: { error: '#NAME?' } }],
        ['产出指标', '数量指标', '会议', '次数(培训会议, 方式="举办")'],
      ],
    });
    expect(book.tables.indicators.records.map(({ formula }) => formula)).toEqual([
      '次数(培训会议,方式="举办")',
      '次数(培训会议, 方式="举办")',
    ]);
    expect(found(problems)).toEqual(['formula-with-equals 绩效指标!D2']);
  });

  test('a choice that is not there is refused with the nearest; width and space do not matter', async () => {
    const { book, problems } = await readBook({
      资金: [
        ['类型', '资金来源', '金额（万元）'],
        ['年初预算数', '财政', 70],
        ['到位(汇总)', '财政', 20],
      ],
    });
    expect(book.tables.money.records.map(({ kind }) => kind)).toEqual([undefined, '到位（汇总）']);
    expect(found(problems)).toEqual(['choice-not-listed 资金!A2']);
    expect(problems[0]?.message.zh).toContain('最接近的是“年初预算”');
  });

  test('evidence that does not exist or stands twice, surveys and indicators that do not exist', async () => {
    const { problems } = await readBook({
      资金: [
        ['类型', '资金来源', '金额（万元）', '佐证'],
        ['年初预算', '财政', 70, '1、3'],
      ],
      绩效指标: [
        ['一级指标', '二级指标', '三级指标', '调查'],
        ['满意度指标', '满意度', '满意度', '没有的调查'],
      ],
      评价要点: [
        ['三级指标', '评价要点'],
        ['没有的指标', '要点'],
      ],
      佐证: [
        ['编号', '材料名称'],
        [1, '通知'],
        ['1', '纪要'],
      ],
    });
    expect(found(problems)).toEqual([
      'evidence-number-repeated 佐证!A3',
      'evidence-unknown 资金!D2',
      'survey-unknown 绩效指标!D2',
      'indicator-unknown 评价要点!A2',
    ]);
  });

  test('a list keeps the marks inside a title together', async () => {
    const { book } = await readBook({
      项目: [...PROJECT, ['立项依据', '《关于甲、乙的通知》（某〔2023〕8号、9号）；某府字〔2020〕91号']],
    });
    expect(book.project.basis?.value).toEqual(['《关于甲、乙的通知》（某〔2023〕8号、9号）', '某府字〔2020〕91号']);
  });
});

describe('the 项目 sheet', () => {
  test('pairs side by side, as on the official form', async () => {
    const { book } = await readBook({
      项目: [
        ['项目支出绩效自评表'],
        ['项目名称', '工作经费项目', '', '项目类型', '工作经费'],
        ['主管部门', '某局', '', '实施单位', '某中心'],
        ['评价类型', '单位自评', '', '评价年度', '2023'],
        ['年度总体目标（预期）', '完成任务'],
      ],
    });
    expect(book.project.unit).toEqual({ value: '某中心', cell: 'E3' });
    expect(book.project.year?.value.toString()).toBe('2023');
  });

  test('a long answer that runs on below', async () => {
    const { book } = await readBook({
      项目: [['栏目', '填写内容'], ...PROJECT, ['项目概况', '第一段'], ['', '第二段'], ['实施单位', '某中心']],
    });
    expect(book.project.overview?.value).toBe('第一段\n第二段');
    expect(book.project.unit?.value).toBe('某中心');
  });
});
