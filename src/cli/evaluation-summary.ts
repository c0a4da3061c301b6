import type { Evaluation, Rate } from '../performance/index.ts';
import { counted, inLanguage, type Language, printWhere, type Text, text } from '../problem/index.ts';
import { Exact, toFixed } from '../quantity/index.ts';
import { destinationWord } from '../report/index.ts';

/** What a person at a terminal needs of one evaluation: money, rates, scores, and what was found. */
export function evaluationSummary(evaluation: Evaluation, language: Language, forms: readonly Text[] = []): string {
  const { budget, total, grade } = evaluation;
  const say = (zh: string, en: string): string => inLanguage(text(zh, en), language);
  const [colon, comma, open, close] = language === 'zh' ? ['：', '，', '（', '）'] : [': ', ', ', ' (', ')'];
  const unit = budget.unit.symbol;
  const missing = say('未填列', 'not stated');
  const amount = (key: (typeof budget.unreadable)[number]): string => {
    const figure = budget[key];
    if (figure !== undefined) return `${figure.value.toString()} ${unit}`;
    return budget.unreadable.includes(key)
      ? say(
          '无法计算（有一笔的金额或资金来源空着或读不出，见下）',
          'cannot be computed (a line lacks a readable amount or source, see below)',
        )
      : missing;
  };
  const percent = (rate: Rate | undefined): string =>
    rate === undefined
      ? say('无法计算', 'n/a')
      : `${toFixed(rate.value.mul(Exact.hundred), { places: 2, mode: 'half-up' })}%`;
  const lines = [
    `${evaluation.project === '' ? say('未填项目名称', 'project without a name') : evaluation.project}${evaluation.period === '' ? '' : `${open}${evaluation.period}${close}`}`,
    `  ${say('资金', unit === '万元' ? 'money (万元 = 10,000 yuan)' : 'money')}${colon}${say('年初预算', 'initial')} ${amount('initial')}${comma}${say('全年预算', 'adjusted')} ${amount('adjusted')}${comma}${say('到位', 'received')} ${amount('inPlace')}${comma}${say('支付', 'paid')} ${amount('executed')}`,
    `  ${say('比率', 'rates')}${colon}${say('到位率', 'arrival')} ${percent(budget.rates.arrival)}${comma}${say('支付率', 'payment')} ${percent(budget.rates.payment)}${comma}${say('执行率', 'execution')} ${percent(budget.rates.executionInitial)}${open}${say('对年初', 'vs initial')}${close} / ${percent(budget.rates.executionAdjusted)}${open}${say('对全年', 'vs adjusted')}${close}`,
  ];
  const destinations = budget.destinations.filter((part) => !part.amount.value.isZero);
  if (destinations.length > 0)
    lines.push(
      `  ${say('年初预算去向', 'where it went')}${colon}${destinations.map((part) => `${destinationWord(part.name, language)} ${part.amount.value.toString()} ${unit}`).join(comma)}`,
    );
  const suggested =
    total.suggested === undefined
      ? missing
      : total.suggested.min.eq(total.suggested.max)
        ? total.suggested.min.toString()
        : `${total.suggested.min.toString()}–${total.suggested.max.toString()}`;
  const undecided =
    total.undecided === 0 ? '' : say(`（${total.undecided} 项待定）`, ` (${total.undecided} undecided)`);
  lines.push(
    `  ${say('得分', 'scores')}${colon}${say('自评', 'claimed')} ${total.claimed?.value.toString() ?? missing}${grade.stated === '' ? '' : `${open}${language === 'zh' ? grade.stated : `“${grade.stated}”`}${close}`}${comma}${say('建议', 'suggested')} ${suggested}${undecided}`,
  );
  const { ruleSet } = evaluation;
  lines.push(
    `  ${say('规则集', 'rule set')}${colon}${ruleSet.id} ${say(ruleSet.name, ruleSet.nameEn)}${ruleSet.verified ? '' : say('；含原文未核的条款', '; holds rules whose document was not read')}`,
  );
  if (forms.length > 0)
    lines.push(
      `  ${say('表式', 'form')}${colon}${forms.map((form) => inLanguage(form, language)).join(say('、', ', '))}`,
    );
  const count = (severity: string): number =>
    evaluation.problems.filter((problem) => problem.severity === severity).length;
  lines.push(
    `  ${say('发现', 'found')}${colon}${say(`${count('error')} 处错误`, counted(count('error'), 'error'))}${comma}${say(`${count('warning')} 处警告`, counted(count('warning'), 'warning'))}${comma}${say(`${count('notice')} 处提示`, counted(count('notice'), 'notice'))}${count('warning') + count('notice') === 0 ? '' : say('（警告和提示见数据来源页，或用 --format json）', ' (warnings and notices are on the lineage page and in --format json)')}`,
  );
  for (const problem of evaluation.problems.filter((each) => each.severity === 'error')) {
    const where = printWhere(problem.where, language);
    lines.push(`    ✗ ${where === '' ? '' : `${where}${colon}`}${inLanguage(problem.message, language)}`);
  }
  for (const flag of evaluation.monitoring)
    lines.push(`    ${flag.level === 'red' ? '●' : '○'} ${inLanguage(flag.explanation, language)}`);
  return `${lines.join('\n')}\n`;
}
