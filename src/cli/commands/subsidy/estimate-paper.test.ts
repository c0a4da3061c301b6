import { expect, it } from 'vitest';
import { cellText, inlineText } from '../../../document/index.ts';
import {
  budgetYear,
  coverageFinancedBy,
  estimateDue,
  noticeYear,
  PolicyRules,
  readHeads,
} from '../../../policy/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../../../rules/index.ts';
import { composeEstimatePaper } from './estimate-paper.ts';

it('the 测算表 of the source report, line by line', () => {
  const rules = PolicyRules.load(readRuleFolder(packagedRulesFolder(), 'policy'));
  const heads = readHeads(
    {
      file: 'heads.csv',
      version: 'v',
      rows: [
        ['group', 'heads'],
        ['residents', '100265'],
        ['students-local', '86049'],
      ],
    },
    rules.aidedNames(),
  );
  const estimate = estimateDue(rules, {
    region: rules.jurisdictions.find('共青城'),
    years: {
      standard: noticeYear(2023),
      provisional: true,
      coverage: coverageFinancedBy(budgetYear(2024)),
      budget: budgetYear(2024),
      headsAsOf: '2023-08-31',
    },
    heads: heads.rows,
  });
  const lines = composeEstimatePaper(estimate).blocks.flatMap((block) =>
    block.kind === 'table' ? block.cells.map(cellText) : block.kind === 'page-break' ? [] : [inlineText(block.inlines)],
  );
  expect(lines.join('\n')).toBe(
    `共青城市2024年度城乡居民医保财政补助测算表
单位：元、人
人群
参保人数
中央
省级
县级
合计
人均
应担金额
人均
应担金额
人均
应担金额
城乡居民
100,265
384.00
38,501,760.00
142.80
14,317,842.00
113.20
11,349,998.00
64,169,600.00
市县属高校大学生
86,049
384.00
33,042,816.00
142.80
12,287,797.20
113.20
9,740,746.80
55,071,360.00
合计
186,314
—
71,544,576.00
—
26,605,639.20
—
21,090,744.80
119,240,960.00
折合万元


7154.46万元

2660.56万元

2109.07万元
11924.10万元
一、预算年度：2024年；参保年度：2024年；采用标准：2023年通知，人均财政补助640.00元（暂定，待清算）。
二、人数截止日期：2023年8月31日。
三、依据及核实情况：
1. 2023 年补助标准 640 元/人（全国）：医保发〔2023〕24号（两处来源一致；文号未核）
2. 中央分担：江西省属第二档 60%：国办发〔2018〕67号（两处来源一致）
3. 江西省城乡居民医保财政补助分担：赣府厅字〔2019〕54号、赣府字〔2020〕91号（由报告数据反推，文件原文未核）`,
  );
});
