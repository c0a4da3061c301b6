/** What the columns and labels of official forms are called, by what they mean. Labels as `labelOf` leaves them. */

export type IndicatorRole =
  | 'level1'
  | 'level2'
  | 'level3'
  | 'sign'
  | 'target'
  | 'termTarget'
  | 'unit'
  | 'weight'
  | 'cleared';

const INDICATOR_HEADINGS: Readonly<Record<IndicatorRole, string>> = {
  level1: '一级指标 一级',
  level2: '二级指标 二级',
  level3: '三级指标 三级 指标名称 具体指标 三级指标名称 指标内容 名称',
  sign: '指标性质 符号 运算符号 计算符号 运算符 比较符 指标方向',
  target: `年度指标值 指标值 目标值 年度目标值 年初目标值 预期指标值 年初指标值 绩效指标值 绩效目标值 计划指标值 计划值 预期值 年度指标
    指标目标值 年度绩效指标值 全年指标值 全年目标值 年初设定指标值 年度预期值`,
  termTarget: '中期指标值 实施期指标值 中期目标值 实施期目标值 中期指标',
  unit: '度量单位 计量单位 单位 指标单位',
  weight: '分值 权重 标准分 满分 指标分值 指标权重 分值权重 标准分值',
  cleared: `实际完成值 全年实际完成值 完成值 实际值 全年完成值 实际完成 实际完成指标值 年度实际完成值 自评完成值 半年度执行情况 执行情况
    1-6月执行情况 1-7月执行情况 全年预计完成情况 完成目标可能性 完成可能性 得分 自评得分 自评分 评分 实际得分 复核得分 复核分 完成率 偏差率
    偏差原因分析及改进措施 未完成原因分析 未完成原因和改进措施 未完成原因及改进措施 偏差原因分析 偏差原因 原因分析 未完成原因 备注 说明 原因
    偏差原因分析与改进措施 偏差原因及改进措施 佐证材料 佐证编号 评分标准 评分细则 扣分原因 全年预计完成值 经费保障 制度保障 人员保障
    硬件条件保障 其他 原因说明 确定能 有可能 不可能 完全不可能 监控提示 建议或举措 偏差或不能完成原因`,
};

const MONEY_HEADINGS = `年初预算数 年初预算 全年预算数 全年预算 调整后预算数 调整后预算 全年执行数 执行数 预算执行数 全年执行 到位数 执行率
  预算执行率 实际支出 资金来源 申报金额 全年预计执行数 实际到位数 中期资金 年度资金 中期资金数`;

export const FIELDS = {
  name: '项目名称 自评项目名称 转移支付名称 专项名称 资金名称',
  code: '项目代码 项目编码',
  department: '主管部门 县级项目主管部门 地方主管部门 主管部门及代码 项目主管部门',
  unit: '实施单位 项目单位 预算单位 资金使用单位 项目实施单位 执行单位 单位名称',
} as const;

/** The most telling first: 预期目标 stands beside 实际完成情况, 年度总体目标 often only labels both. */
const GOALS = `预期目标 年初设定目标 项目年度目标 年度目标 年度绩效目标 年度总体目标 总体目标 绩效目标 项目绩效目标 项目总体目标 年度总体绩效目标`;

const OTHER_LABELS = `实际完成情况 全年实际完成情况 年度目标完成情况 目标完成情况 绩效指标 年度绩效指标 项目资金 资金投入情况 年度资金总额 中期资金总额 资金总额
  总体目标完成情况 年度总体目标完成情况 实施期目标 中期目标 总分 合计 总计 填报人 填表人 联系电话 填报日期 项目负责人 财务负责人 单位负责人
  项目属性 项目类型 进度提示 项目期 中央主管部门 评价结论 存在问题 改进措施 其他需要说明的问题 自评等级 自评结论 完成目标可能性 预算执行情况
  资金管理情况 资金情况 实施内容及过程概述 分配科学性 下达及时性 拨付合规性 使用规范性 执行准确性 预算绩效管理情况
  支出责任履行情况 情况说明 存在问题和改进措施 绩效目标 绩效指标完成情况 项目年度目标完成情况`;

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter((word) => word !== ''));

const roles = new Map<string, IndicatorRole>();
for (const [role, list] of Object.entries(INDICATOR_HEADINGS))
  for (const word of words(list)) roles.set(word, role as IndicatorRole);
const money = words(MONEY_HEADINGS);
const goals = words(GOALS);
const fields = new Map<string, keyof typeof FIELDS>();
for (const [field, list] of Object.entries(FIELDS))
  for (const word of words(list)) fields.set(word, field as keyof typeof FIELDS);
const others = words(OTHER_LABELS);

export function indicatorRole(label: string): IndicatorRole | undefined {
  return roles.get(label) ?? (/^(?:\d|半年|上半年|季).*(?:执行|完成)情况$/.test(label) ? 'cleared' : undefined);
}

export function isMoneyHeading(label: string): boolean {
  return money.has(label.replace(/[AB]$/, '')) || /^(?:\d|半年|上半年|季).*执行数$/.test(label);
}

export function fieldOf(label: string): keyof typeof FIELDS | undefined {
  return fields.get(label);
}

export const goalLabels: readonly string[] = [...goals];

export const TOTAL = /^(?:总分|合计|总计|总得分|自评总分|小计|得分合计|分值合计)/;

/** Lines below the indicators: conclusions and signatures. */
export const CLOSING =
  /^(?:填报|填表|联系|评价结论|自评结论|自评等级|存在问题|改进措施|其他需要说明|项目负责|财务负责|单位负责|审核|制表|备注$|说明$|注$)/;

/** Words of a form and no answer of anybody. */
export function isFormLabel(label: string): boolean {
  return (
    label === '' ||
    roles.has(label) ||
    isMoneyHeading(label) ||
    goals.has(label) ||
    fields.has(label) ||
    others.has(label) ||
    TOTAL.test(label)
  );
}
