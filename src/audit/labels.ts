/** English of the names that columns and operands have in the proofs. */
const ENGLISH: Readonly<Record<string, string>> = {
  年初预算数: 'initial budget',
  全年预算数: 'adjusted budget',
  全年执行数: 'actual expenditure',
  预算数: 'budget',
  执行数: 'spent',
  执行率: 'execution rate',
  分值: 'weight',
  分值合计: 'total weight',
  得分: 'score',
  总分: 'total score',
  总额: 'total',
  合计: 'total',
  其中: 'of which',
  目标: 'target',
  目标值: 'target',
  指标值: 'target',
  实际: 'actual',
  完成值: 'actual value',
  人数: 'heads',
  标准: 'standard',
  金额: 'amount',
};

/** The English of a name; one of the document's own is quoted. */
export function englishLabel(label: string): string {
  return ENGLISH[label] ?? `“${label}”`;
}
