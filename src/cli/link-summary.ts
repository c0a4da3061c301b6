import { type ExplainedPair, type LinkOutcome, printWeight, type TruthReport } from '../linkage/index.ts';
import { counted, inLanguage, type Language, type Problem, printWhere, text } from '../problem/index.ts';
import { punctuation } from './punctuation.ts';

export interface LinkSummary {
  readonly outcome: LinkOutcome;
  readonly truth: TruthReport | undefined;
  readonly problems: readonly Problem[];
  readonly written: readonly string[];
  /** Records that could not reach the threshold even against a copy of themselves. */
  readonly unlinkable: number;
  /** Probability from which pairs are links. */
  readonly threshold: number;
}

/** What `jiping link` prints for people. */
export function linkSummary(summary: LinkSummary, language: Language): string {
  const { outcome, truth } = summary;
  const { linkage } = outcome;
  const { records, trained } = linkage;
  const say = (zh: string, en: string): string => inLanguage(text(zh, en), language);
  const lines = [
    records.mode === 'link'
      ? say(
          `记录：左 ${records.leftCount}，右 ${records.count - records.leftCount}`,
          `records: ${records.leftCount} left, ${records.count - records.leftCount} right`,
        )
      : say(`记录：${records.count}`, `records: ${records.count}`),
    ...linkage.rules.map((rule) =>
      say(
        `  分块 ${rule.columns.join(' + ')}：${rule.pairs} 对`,
        `  block ${rule.columns.join(' + ')}: ${rule.pairs} pairs`,
      ),
    ),
    say(`比较：${linkage.comparedPairs} 对（每对一次）`, `compared: ${linkage.comparedPairs} pairs, each once`),
    trained.training.converged
      ? say(
          `训练：第 ${trained.training.iterations} 轮收敛`,
          `training: converged in round ${trained.training.iterations}`,
        )
      : say(
          `训练：未收敛（${trained.training.iterations} 轮）`,
          `training: not converged (${trained.training.iterations} rounds)`,
        ),
    say(
      `阈值 ${summary.threshold.toFixed(6)}（${THRESHOLD_FROM[outcome.threshold.from].zh}）以上 ${outcome.links} 对；写出 ${outcome.pairs.left.length} 对`,
      `threshold ${summary.threshold.toFixed(6)} (${THRESHOLD_FROM[outcome.threshold.from].en}): ${counted(outcome.links, 'link')}; ${counted(outcome.pairs.left.length, 'pair')} kept`,
    ),
    say(`无法连接的记录：${summary.unlinkable}`, `unlinkable records: ${summary.unlinkable}`),
  ];
  if (truth !== undefined) {
    lines.push(
      say(
        `已知同一人 ${truth.truePairs} 对，分块漏掉 ${truth.unblocked} 对`,
        `${truth.truePairs} true pairs, ${truth.unblocked} formed by no rule`,
      ),
      say('阈值      准确率   召回率   F1', 'threshold precision recall  F1'),
      ...truth.byThreshold.map((row) => truthLine(String(row.threshold), row)),
      truthLine(say('最佳', 'best'), truth.best),
    );
  }
  for (const one of summary.problems) {
    const place = printWhere(one.where, language);
    lines.push(
      `${SEVERITY[one.severity][language]} ${place === '' ? '' : `${place}${language === 'zh' ? '：' : ': '}`}${inLanguage(one.message, language)}`,
    );
  }
  if (summary.written.length > 0)
    lines.push(say(`已写出：${summary.written.join('、')}`, `written: ${summary.written.join(', ')}`));
  return `${lines.join('\n')}\n`;
}

const THRESHOLD_FROM = {
  given: text('指定', 'given'),
  decisions: text('由人工判定学得', 'learnt from decisions'),
  default: text('默认', 'default'),
};

const SEVERITY = {
  error: text('错误', 'error'),
  warning: text('警告', 'warning'),
  notice: text('提示', 'notice'),
};

function truthLine(label: string, row: TruthReport['best']): string {
  return `${label.padEnd(9)} ${row.precision.toFixed(5)}  ${row.recall.toFixed(5)}  ${row.f1.toFixed(5)}`;
}

export function linkSummaryJson(summary: LinkSummary): object {
  const { outcome } = summary;
  const { linkage } = outcome;
  const { records, trained } = linkage;
  return {
    records: { left: records.leftCount, right: records.count - records.leftCount },
    rules: linkage.rules,
    comparedPairs: linkage.comparedPairs,
    pairs: outcome.pairs.left.length,
    threshold: {
      probability: summary.threshold,
      weight: outcome.threshold.weight / 1000,
      from: outcome.threshold.from,
    },
    links: outcome.links,
    unlinkable: summary.unlinkable,
    prior: trained.prior,
    training: trained.training,
    columns: trained.columns,
    decisions: {
      confirmed: outcome.decisions.confirmed.length,
      dismissed: outcome.decisions.dismissed.length,
      unknown: outcome.decisions.unknown,
    },
    ...(summary.truth === undefined ? {} : { truth: summary.truth }),
    problems: summary.problems.map(({ rule, severity, message, where }) => ({
      rule,
      severity,
      message: message.zh,
      where,
    })),
    files: summary.written,
  };
}

const HALF = 20;

/** The waterfall of one pair: each bar a column's weight, the last figure the pair's weight in pairs.csv. */
export function printExplanation(explained: ExplainedPair, language: Language): string {
  const most = Math.max(1, ...explained.steps.map((step) => Math.abs(step.weight)));
  const lines = explained.steps.map((step) => {
    const length = Math.round((Math.abs(step.weight) / most) * HALF);
    const bar =
      step.weight < 0
        ? `${' '.repeat(HALF - length)}${'█'.repeat(length)}│${' '.repeat(HALF)}`
        : `${' '.repeat(HALF)}│${'█'.repeat(length)}${' '.repeat(HALF - length)}`;
    const values = step.left === '' && step.right === '' ? '' : `  [${step.left} | ${step.right}]`;
    return `${bar} ${printWeight(Math.round(step.weight * 1000)).padStart(9)} → ${printWeight(Math.round(step.sum * 1000)).padStart(9)}  ${step.label}${punctuation(language).colon}${inLanguage(step.words, language)}${values}`;
  });
  const rules = explained.rules.map((rule) => rule.join(' + ')).join('、');
  const formed =
    rules === ''
      ? text('没有分块规则产生这一对，运行中不会比较它', 'no blocking rule forms this pair; a run does not compare it')
      : text(`由分块规则产生：${rules}`, `formed by: ${rules}`);
  const total = text(
    `合计 ${explained.weight.toFixed(3)} 比特，概率 ${explained.probability.toFixed(8)}`,
    `total ${explained.weight.toFixed(3)} bits, probability ${explained.probability.toFixed(8)}`,
  );
  return `${lines.join('\n')}\n${inLanguage(total, language)}\n${inLanguage(formed, language)}\n`;
}

export function explanationJson(explained: ExplainedPair): object {
  return { ...explained, steps: explained.steps.map((step) => ({ ...step, words: step.words.zh })) };
}
