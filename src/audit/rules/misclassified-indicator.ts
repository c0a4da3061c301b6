import { text } from '../../problem/index.ts';
import { type Detect, figure, nameOf, span } from '../context.ts';
import { type Finding, notice } from '../finding.ts';

/** A count under 质量, a cost under 数量. */
export const misclassifiedIndicator: Detect = (context) => [
  ...context.rows.flatMap((row): Finding[] => {
    const unit = figure(row.target)?.value.unit ?? '';
    const name = nameOf(row);
    const found = (as: string): Finding[] => [
      notice('misclassified-indicator', {
        message: text(
          `“${name}”列在${row.level2}下，性质是${as}指标`,
          `“${name}” stands under “${row.level2}”; it is a “${as}” indicator`,
        ),
        stated: row.level2,
        expected: as,
        quotes: span(row.name, row.target),
      }),
    ];
    if (/^质量/.test(row.level2) && /^(?:次|场|场次|份|人次|期|册|件)$/.test(unit)) return found('数量');
    if (/^数量/.test(row.level2) && /成本控制|不超预算|成本节约/.test(name)) return found('成本');
    if (/^数量/.test(row.level2) && unit === '万元' && !/[金资费款额值]/.test(name)) return found('成本');
    if (/^数量/.test(row.level2) && /满意/.test(name)) return found('满意度');
    if (/生态|可持续/.test(row.level2) && /成本/.test(name)) return found('成本');
    if (/满意/.test(row.level2) && /发生(?:数|率|次数)|执行率|完成率|合格率/.test(name) && !/满意|投诉|信访/.test(name))
      return found('效益或产出');
    return [];
  }),
  ...[...context.text.matchAll(/质量指标\s*[:：]\s*[^,。;\n|≥]{2,24}≥\s*\d+\s*(?:次|场|份|人次)/g)].map((match) =>
    notice('misclassified-indicator', {
      message: text(
        `“${match[0].trim()}”数的是次数，属数量指标`,
        `“${match[0].trim()}” counts occasions, which is a quantity`,
      ),
      stated: '质量指标',
      expected: '数量指标',
      quotes: [{ start: match.index, end: match.index + match[0].length }],
    }),
  ),
  // 资金支付率 and 支出规范性 belong to 资金管理 (Guangdong's tree).
  ...[...context.text.matchAll(/事项管理\s{0,6}[(]?[1一]?[)、.]?\s{0,2}(资金支付率|支出规范性|资金到位率)/g)].map(
    (match) =>
      notice('misclassified-indicator', {
        message: text(
          `“${match[1]}”列在事项管理下，属资金管理`,
          `“${match[1]}” stands under the conduct of affairs, it belongs to the money`,
        ),
        stated: '事项管理',
        expected: '资金管理',
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
  ),
];
