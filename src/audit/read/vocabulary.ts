/** The printed words of the forms: what a header cell, a level name or a budget row is called. */

export type ColumnRole =
  | 'level1'
  | 'level2'
  | 'name'
  | 'target'
  | 'sign'
  | 'unit'
  | 'actual'
  | 'weight'
  | 'score'
  | 'rate'
  | 'reason'
  /** What an indicator means and how it is scored: read over. */
  | 'other'
  | 'initial'
  | 'adjusted'
  | 'executed'
  | 'in-place';

export type Word =
  | { readonly kind: 'header'; readonly role: ColumnRole }
  | { readonly kind: 'level1' | 'level2' }
  /** 成本指标 and 满意度指标 stand on either level. */
  | { readonly kind: 'level-either' }
  | { readonly kind: 'total' }
  | { readonly kind: 'form' }
  /** Ends an indicator table. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'goal' }
  | { readonly kind: 'junk' };

const words = new Map<string, Word>();

function add(word: Word, written: string): void {
  for (const each of written.split(/\s+/)) if (each !== '' && !words.has(each)) words.set(each, word);
}

add({ kind: 'header', role: 'level1' }, '一级指标 一级');
add({ kind: 'header', role: 'level2' }, '二级指标 二级');
add(
  { kind: 'header', role: 'name' },
  '三级指标 三级 四级指标 指标名称 具体指标 指标内容 三级指标名称 评价内容 考核内容 评价指标 考核指标 自评内容',
);
add(
  { kind: 'header', role: 'target' },
  `年度指标值 指标值 目标值 年初目标值 年度目标值 绩效目标值 预期指标值 年度指标 计划值 预期值 计划指标值 年初指标值
   预期目标值 年度绩效指标值 全年指标值 年初设定指标值 绩效指标值 年度预期值 目标指标值 年度计划值 设定值 预定值 全年目标值
   年初设定目标值 计划完成值 预算指标值 预期完成值 实施期指标值 总指标值 指标目标值 指标值及单位 指标值和单位 当年预期实现值 预期实现值 年度目标指标值 年度数值 年初指标值 年度预期指标值 年初计划值 年度指标目标值
   预期指标值(包含数字及文字描述) 指标值(包含数字及文字描述) 指标(目标)值 目标(指标)值 计划目标值 设定目标值 指标目标`,
);
add(
  { kind: 'header', role: 'sign' },
  '性质 指标性质 指标值类型 指标类型 符号 指标方向 运算符 运算符号 计算符号 比较符 指标属性',
);
add(
  { kind: 'header', role: 'other' },
  `绩效标准 指标解释 指标说明 评分标准 评扣分标准 评价标准 指标说明及评分标准 评分细则 指标内涵 数据来源 指标值来源 评价标准及依据
   三级指标测算依据 测算依据 计分标准 指标值说明 评分依据 考核标准 单项指标完成情况 单项指标折算得分 折算得分 评分办法 评分方法
   计分方法 计分规则 评分规则 计算公式 计算方法 得分计算方法 取值方式 扣分标准 指标释义 指标定义 绩效指标描述 指标描述 评价要点 评价标准说明 指标说明及计算公式
   全年预计完成情况 全年预计完成值 预计全年完成值 预计全年完成情况 全年预计执行数 预计执行数 全年预计支出数 完成目标可能性 目标完成可能性
   预计完成目标可能性 是否完成 是否达标 是否完成目标 是否达到预期 完成与否 全年预计执行率`,
);
add({ kind: 'header', role: 'unit' }, '度量单位 计量单位 指标单位 单位');
add(
  { kind: 'header', role: 'actual' },
  `实际完成值 全年实际完成值 全年实际值 完成值 实际值 全年完成值 实际完成 实际完成指标值 全年实际完成 年度实际完成值 完成指标值
   实际完成数 年度完成值 自评完成值 实际达到值 全年实际完成情况值 指标完成值 实际完成指标 完成数 年终完成值 实施进度 完成情况值 实现值 实际实现值 实施期完成值 年度实际值 单项指标实际完成值
   实际完成指标值(包含数字及文字描述) 实际完成结果 完成结果 实际完成情况值 指标实际完成值 实际执行值 实际情况值 年末完成值 年度完成情况值 年终实际完成值`,
);
add(
  { kind: 'header', role: 'weight' },
  '分值 权重 分值权重 标准分 标准分值 满分 指标分值 指标权重 分值(权重) 权重分值 权重分 满分值 标准得分 权数 权重占比 权重占比(%) 权重(分) 权重(%) 参考分值 分数 应得分 指标满分',
);
add(
  { kind: 'header', role: 'score' },
  `得分 自评得分 自评分 评分 实际得分 自评分值 单位自评得分 部门评分 复核得分 复核分 财政评分 自评得分值 指标得分 评价得分
   评分得分 考评得分 部门自评得分 财政复核得分 主管部门评分 主管部门复核得分 单位自评分 最终得分 评审得分 单项得分 单项指标得分 自我评分 自评分数 实得分 考核得分 评定得分 单位评分 自评得分(分)`,
);
add(
  { kind: 'header', role: 'rate' },
  '完成率 指标完成率 完成比例 目标完成率 实际完成率 执行率 预算执行率 执行率(%) 完成率(%) 执行进度 支出进度 资金执行率 偏差率 偏离度',
);
add(
  { kind: 'header', role: 'reason' },
  `偏差原因分析及改进措施 偏差原因分析 偏差原因 未完成原因分析 未完成原因和改进措施 未完成原因及改进措施 未完成原因及拟采取的改进措施
   偏差原因及改进措施 未完成原因 备注 原因分析 扣分原因 情况说明及改进措施 偏差原因分析与改进措施 未完成原因分析及改进措施 改进措施
   偏差原因分析和改进措施 原因说明 原因 偏差分析 偏差原因说明 未完成绩效目标的原因 偏差原因分析及整改措施 说明 评分说明
   偏差或不能完成原因 建议或举措 改进建议 偏差说明 偏离说明 差异原因 未完成说明 未达标原因 偏差情况说明 未完成原因说明 偏差原因分析改进措施 扣分原因和改进措施 扣分原因分析及改进措施 偏离原因分析及改进措施 未完成原因分析及拟采取的改进措施 及改进措施 佐证材料 扣分依据 扣分说明 差异说明 完成情况说明`,
);
add(
  { kind: 'header', role: 'initial' },
  '年初预算数 年初预算 年初预算金额 年初预算安排数 年初批复数 年初批复预算数 初始预算数 年初预算资金',
);
add(
  { kind: 'header', role: 'adjusted' },
  `全年预算数 调整后预算数 预算数 年度预算数 预算安排 全年预算 调整预算数 调整后预算 预算金额 预算安排数 资金预算数
   预算总额 调整后全年预算数 下达预算数 本年预算数 计划投入 全年预算金额 调整后预算金额`,
);
add(
  { kind: 'header', role: 'executed' },
  `全年执行数 执行数 实际执行数 预算执行数 支出数 全年执行 实际支出数 全年支出数 实际支出 执行金额 全年实际执行数 决算数
   资金执行数 预算支出数 本年执行数 支出金额 全年执行金额 全年实际支出数 实际使用数 全年实际支出`,
);
add({ kind: 'header', role: 'in-place' }, '到位数 资金到位数 实际到位数 到位资金 实际到位 全年到位数 资金到位');
add(
  { kind: 'level1' },
  '产出指标 产出 效益指标 效益 投入指标 过程指标 决策指标 管理指标 效果指标 项目完成指标 项目完成 项目产出 项目效益 项目效益指标 绩效产出指标 社会满意度指标 产出目标 效益目标 履职效能 履职效能指标 管理效率 管理效率指标 社会效应 产出值 效益值 满意度值 预算执行指标 运行成本 投入管理指标 财务管理指标',
);
add(
  { kind: 'level2' },
  `产出数量指标 产出质量指标 产出时效指标 产出成本指标 产出数量 产出质量 产出时效 产出成本 数量值 质量值 时效值 成本值 经济效益值 社会效益值 生态效益值 可持续影响值 数量指标 质量指标 时效指标 进度指标 经济成本指标 社会成本指标 生态环境成本指标 生态成本指标 经济效益指标 社会效益指标 生态效益指标
   可持续影响指标 可持续影响力指标 可持续性指标 可持续发展指标 服务对象满意度指标 服务对象满意度 服务对象满意指标 受益对象满意度指标 受益对象满意度 环境效益指标
   数量 质量 时效 经济成本 社会成本 生态环境成本 经济效益 社会效益 生态效益 可持续影响 可持续性 可持续影响效益指标 项目成本指标
   服务对象满意度指标等 社会公众或服务对象满意度指标 社会公众满意度指标 社会公众满意度 满意度 社会成本指标 成本控制指标 社会公众或服务对象满意度 政策效益指标 公众满意度指标 群众满意度指标`,
);
add({ kind: 'level-either' }, '成本指标 成本 满意度指标 满意指标');
add(
  { kind: 'total' },
  '总分 合计 总计 总得分 自评总分 总分值 综合得分 合计得分 得分合计 总体得分 绩效自评总分 自评得分合计 合计总分 总分合计 分值合计 自评总得分 指标合计',
);
add(
  { kind: 'goal' },
  '年度总体目标 总体目标 预期目标 年度目标 年度总体目标完成情况 总体目标完成情况 资金管理情况 实际完成情况 年初设定目标 年度绩效目标 绩效目标 年度总体绩效目标 项目年度目标 全年实际完成情况 项目绩效目标 总体绩效目标 年度总目标 目标完成情况 年度总体目标完成情况综述 效标',
);
add(
  { kind: 'form' },
  '绩效指标 绩效指标完成情况 年度绩效指标 年度绩效指标完成情况 年度绩效目标完成情况 指标 绩效 项目资金 资金投入情况 预算执行情况 项目支出 预算资金 资金情况 年度预算执行情况 资金来源 项目预算执行情况 绩效指标情况 预算执行',
);
add(
  { kind: 'stop' },
  '其他需要说明的问题 其他需说明的问题 其他需要说明事项 其他需要说明的事项 填报人 填表人 联系电话 联系人 单位负责人 项目负责人 财务负责人 审核人 评价结论 存在问题 备注: 填报日期 自评结论 评价等次 评价等级',
);
add(
  { kind: 'stop' },
  '项目名称 转移支付(项目)名称 部门名称 单位名称 转移支付名称 专项名称 自评项目名称 部门(单位)名称 资金名称',
);
add(
  { kind: 'junk' },
  '标 绩 效 指 年度 实际 全年 预算数 原因分析 项目 完成 年 度 目标 情况 及 措施 改进 标值 值 值(A) 值(B) 绩效指 项 目 资 金 产 出 益 年度总 体目标 年度总体 总体 年初 满 意 (分) 类别 序号',
);

/** Looks a squeezed, folded cell up. Column letters and units in brackets are dropped: 全年预算数(A), 执行率(B/A). */
export function findWord(text: string): Word | undefined {
  const exact = words.get(text);
  if (exact !== undefined) return exact;
  const interim = interimWord(text);
  if (interim !== undefined) return interim;
  if (text.length > 30 || !DRESSED.test(text)) return undefined;
  const bare = bareWord(text);
  return bare === text || bare === '' ? undefined : words.get(bare);
}

const INTERIM =
  /^(?:截[至止])?(?:\d{1,2}(?:月份?)?(?:-|—|~|～|至|到)\d{1,2}月份?|上?半年度?|第?[一二三四1-4]季度|\d{1,2}月(?:底|末|份|\d{1,2}日)|监控期内?|监控时点)(?:实际|预算|指标|累计|绩效|资金){0,2}(执行数|支出数|使用数|执行率|支出率|执行进度|执行情况|完成情况|完成值|完成数|执行值|实现值)$/;

/** 1-7月执行情况, 半年度完成值: the results of a monitoring table, taken before the year is over. */
export function interimWord(text: string): Word | undefined {
  const what = text.length > 24 || text.length < 5 ? undefined : INTERIM.exec(text)?.[1];
  if (what === undefined) return undefined;
  if (/[率进]/.test(what)) return { kind: 'header', role: 'rate' };
  return { kind: 'header', role: /^(?:执行|支出|使用)数$/.test(what) ? 'executed' : 'actual' };
}

/** Whether `bareWord` has anything to take off. */
const DRESSED = /[(*★ABC:：、.[【]/;

/** 产出指标(50分): → 产出指标. */
export function bareWord(text: string): string {
  return text
    .replace(/\([^()]{0,20}\)?/g, '')
    .replace(/(?<=\p{Script=Han})[ABC]$/u, '')
    .replace(/[::]+$/, '')
    .replace(/^[*★]+/, '')
    .replace(/^[[【](.*)[\]】]$/, '$1')
    .replace(/^[一二三四五六七八九十\d][、.]/, '');
}

/** The points in 产出指标(50分). */
export function sectionWeight(text: string): string | undefined {
  return /\((\d{1,3}(?:\.\d+)?)分?\)?/.exec(text)?.[1];
}

/** Budget rows are recognised by what they are called. */
const BUDGET_ROW =
  /^(?:[一二三四]、|\d[.、]|\(\d\))?(?:其中[::]?)?(?:年度|项目)?(?:资金总额|资金总计|财政资金总额|总额|年度财政资金总额|预算总额|(?:本年|当年|年度)?一般公共预算(?:拨款|资金|财政拨款)?|(?:当年|本年|上年|全年|年度)?(?:财政|政府预算|政府性基金|国有资本经营)(?:拨款|预算拨款|预算资金|资金|预算)(?:收入)?|(?:上年|以前年度|年初)(?:财政)?结转(?:结余)?(?:资金)?|(?:其他|其它|单位|自有|自筹|社会|地方|事业|经营)(?:财政)?(?:资金|收入)?|(?:中央|省级?|市级?|县级?|区级?|市县|县\(区\)|市\(县\)|本级|区县|镇级|上级|地方)(?:财政)?(?:补助|专项|配套|预算)?(?:资金|拨款|补助|配套)|财政专户管理资金|财政专户资金|(?:中央)?彩票公益金.{0,10}|结余资金|债券资金|专项债券.{0,4}|项目资金总额|资金合计)[::]?$/;

export function isBudgetRowName(text: string): boolean {
  return text.length >= 2 && text.length <= 24 && BUDGET_ROW.test(text);
}

/** Every written word, longest first, for texts without any space. */
export function allWords(): readonly string[] {
  return [...words.keys()].filter((word) => word.length >= 2).sort((a, b) => b.length - a.length);
}

/** What the heads of an indicator table are called, longest first. */
export function headWords(): readonly string[] {
  return allWords().filter((written) => words.get(written)?.kind === 'header' && written.length >= 3);
}

/** Part of a level or header name torn off by extraction: 服务对象满 + 意度指标. */
export function isFragment(text: string): boolean {
  return fragments.has(text);
}

/** Heads of words that extraction tears; the front half of another word may be an indicator's own name. */
const TORN =
  /^(?:服务对象满意|社会公众或服务对象|可持续影响|生态环境成本|偏差原因分析|年度总体目标|未完成原因分析|年度绩效指标|实际完成|全年实际完成|经济效益指|社会效益指|生态效益指)/;

const fragments = new Set<string>();
for (const [written, word] of words)
  if (word.kind !== 'junk' && word.kind !== 'stop' && written.length >= 4)
    for (let cut = 2; cut < written.length; cut += 1) {
      const tail = written.slice(cut);
      if (tail.length >= 2 && /指标|措施|原因|目标/.test(tail)) fragments.add(tail);
      const head = written.slice(0, cut);
      if (cut >= 3 && TORN.test(written) && !/[度率]$/.test(head)) fragments.add(head);
    }
for (const written of ['服务对象', '社会公众', '生态环境']) fragments.delete(written);

/** 相关性(5分): a name with its points. */
export const POINTED = /\(\d{1,3}(?:\.\d)?分\)$/;

/** 指标1: before the name of an indicator. */
export const PREFIX = /^(?:指标|目标)[1-9]\d?[::、.]?(?=.)/;
