import type { Layout } from './piece.ts';
import { headWords } from './vocabulary.ts';

export function detectLayout(text: string): Layout {
  const pipes = count(text, '|');
  if (pipes >= 6) return 'pipe';
  const tabs = text.match(/\S[ ]*\t[ \t]*\S/g)?.length ?? 0;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (tabs >= 8 && tabs * 2 > lines.length) return 'pipe';
  let tokens = 0;
  let letters = 0;
  for (const line of lines) {
    const parts = line.trim().split(/\s+/);
    tokens += parts.length;
    letters += line.length;
  }
  if (RUN_TOGETHER.test(text) || HEADS_TOGETHER.test(text)) return 'glued';
  if (lines.length >= 25 && tokens <= lines.length * 1.5) return 'line';
  if (tokens > 0 && letters / tokens > 22 && FORM.test(text)) return 'glued';
  return 'space';
}

/** Heads without anything between them: the cells ran together, whatever white space is left inside them. */
const RUN_TOGETHER =
  /[二三]\s?级\s?指\s?标(?:三级指标|(?:分值|权重)(?=年|指标|全年|预期|目标|实际|自评|得分|绩效|计划|评)|(?:年[度初]|全年|预期|计划)\s?(?:绩效\s?)?(?:指标|目标)|(?:指标|目标)\s?值)|指标名称(?:计量单位|指标性质)\S{0,6}(?:指标性质|计量单位|指标值)|(?:产出|效益|成本)指标(?:\(\d{1,3}分\))?(?:数量|质量|时效|社会效益|经济效益|经济成本)指标\S/;

/** Three heads in one word, one of them of a figure. */
const HEADS_TOGETHER = (() => {
  const head = headWords()
    .map((word) => word.replace(/[()%]/g, '\\$&'))
    .join('|');
  return new RegExp(`(?:${head}){2,8}(?:指标值|目标值|分值|权重|完成值|得分)`);
})();

/** Words only a form has; prose without spaces is not a table that lost its cells. */
export const FORM = /[二三]级\s*指标|年度(?:财政)?\s*资金总额|全年预算数\s*\(/;

export function count(text: string, character: string): number {
  let total = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) total += 1;
  return total;
}
