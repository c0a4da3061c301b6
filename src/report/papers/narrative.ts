import type { Block, Heading, Inline, Paragraph } from '../../document/index.ts';
import type { Evaluation, ScoredIndicator } from '../../performance/index.ts';
import { type FigureWriter, unitWords, words } from './inlines.ts';

const CHINESE = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** Numbers headings 一、 （一） 1. （1） in order; a new heading restarts the levels below it. */
export class Outline {
  readonly #blocks: Block[] = [];
  readonly #counters = [0, 0, 0, 0];

  heading(level: 1 | 2 | 3 | 4, title: string): this {
    this.#counters[level - 1] = (this.#counters[level - 1] ?? 0) + 1;
    this.#counters.fill(0, level);
    const number = this.#counters[level - 1] ?? 1;
    const chinese = CHINESE[number - 1] ?? String(number);
    const prefix = [`${chinese}、`, `（${chinese}）`, `${number}.`, `（${number}）`][level - 1] ?? '';
    const heading: Heading = { kind: 'heading', level, inlines: [words(`${prefix}${title}`)] };
    this.#blocks.push(heading);
    return this;
  }

  paragraph(inlines: readonly Inline[]): this {
    const paragraph: Paragraph = { kind: 'paragraph', role: 'body', inlines };
    this.#blocks.push(paragraph);
    return this;
  }

  /** What the unit wrote, one paragraph a line; when it wrote nothing, a sentence that says so. */
  written(text: string | undefined, silence: string): this {
    const lines = (text ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length === 0) return this.paragraph([words(silence)]);
    for (const line of lines) this.paragraph([unitWords(line)]);
    return this;
  }

  block(block: Block): this {
    this.#blocks.push(block);
    return this;
  }

  blocks(): readonly Block[] {
    return this.#blocks;
  }
}

/** “城乡居民医保参保人数：指标值≥177297人，实际完成177297人，分值10分，自评10分。” and the unit's reason. */
export function indicatorSentence(leaf: ScoredIndicator, figures: FigureWriter): readonly Inline[] {
  const inlines: Inline[] = [];
  const target = figures.measure(leaf.target, leaf.operator);
  inlines.push(words(target.length === 0 ? '未设指标值' : '指标值'), ...target);
  const actual = figures.measure(leaf.actual);
  inlines.push(...(actual.length === 0 ? [words('，实际完成值未填列')] : [words('，实际完成'), ...actual]));
  if (leaf.weight !== undefined) inlines.push(words('，分值'), figures.points(leaf.weight), words('分'));
  if (leaf.claimed !== undefined) inlines.push(words('，自评'), figures.points(leaf.claimed), words('分'));
  inlines.push(words('。'));
  if (leaf.reason !== '') inlines.push(unitWords(/[。！？]$/.test(leaf.reason) ? leaf.reason : `${leaf.reason}。`));
  if (leaf.evidence.length > 0) inlines.push(words(`佐证材料：第${leaf.evidence.join('、')}号。`));
  return inlines;
}

/** The sentence of the conclusion: claimed total and grade, or that there is none. */
export function conclusionSentences(evaluation: Evaluation, figures: FigureWriter): readonly Inline[] {
  const { total, grade } = evaluation;
  const inlines: Inline[] = [];
  if (total.claimed === undefined) inlines.push(words('本项目未填自评总分。'));
  else {
    inlines.push(words('本项目自评总分'), figures.points(total.claimed), words('分'));
    if (grade.stated !== '') inlines.push(words('，自评等级为'), unitWords(grade.stated));
    else if (grade.claimed !== undefined)
      inlines.push(words('，自评等级为'), figures.fact(grade.claimed.factId, { style: 'text' }));
    inlines.push(words('。'));
  }
  return inlines;
}

/** The faults of severity error, as sentences: what a reader must know before believing the score. */
export function reservations(evaluation: Evaluation): readonly (readonly Inline[])[] {
  return evaluation.problems
    .filter((problem) => problem.severity === 'error')
    .map((problem, index) => [words(`${index + 1}. ${problem.message.zh}`)]);
}
