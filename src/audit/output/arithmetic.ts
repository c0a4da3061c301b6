import type { Language } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import { englishLabel } from '../labels.ts';
import type { Operand, Proof } from '../proof/proof.ts';

/** The arithmetic of a proof in one line, as a person would check it. */
export function spellOut(proof: Proof, language: Language = 'zh'): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const label = (operand: Operand): string => say(operand.label, englishLabel(operand.label));
  switch (proof.kind) {
    case 'sum-differs': {
      const sum = Exact.sum(proof.parts.map((part) => part.value));
      return `${proof.parts.map(printed).join(' + ')} = ${sum} ≠ ${printed(proof.whole)}${say(`（${label(proof.whole)}）`, ` (${label(proof.whole)})`)}`;
    }
    case 'ratio-differs': {
      const percent = proof.part.value.div(proof.whole.value).mul(Exact.hundred);
      const places = Math.max(2, proof.percent.places);
      return `${printed(proof.part)} ÷ ${printed(proof.whole)} = ${toFixed(percent, { places, mode: 'half-up' })}% ≠ ${printed(proof.percent)}%`;
    }
    case 'product-differs': {
      const product = proof.left.value.mul(proof.right.value).div(proof.scale);
      return `${printed(proof.left)} × ${printed(proof.right)}${proof.scale.eq(Exact.one) ? '' : ` ÷ ${proof.scale}`} = ${product} ≠ ${printed(proof.product)}`;
    }
    case 'exceeds':
      return `${label(proof.value)} ${printed(proof.value)} > ${label(proof.bound)} ${printed(proof.bound)}`;
    case 'missed-yet-full':
      return say(
        `目标 ${proof.operator}${printed(proof.target)}，实际 ${printed(proof.actual)}，未达到；得分 ${printed(proof.score)} = 分值 ${printed(proof.weight)}`,
        `target ${proof.operator}${printed(proof.target)}, actual ${printed(proof.actual)}: missed; score ${printed(proof.score)} = weight ${printed(proof.weight)}`,
      );
    case 'score-by-rule': {
      const due = Exact.min(Exact.one, proof.part.value.div(proof.whole.value)).mul(proof.weight.value);
      return `${printed(proof.weight)} × ${printed(proof.part)} ÷ ${printed(proof.whole)} = ${toFixed(due, { places: 2, mode: 'half-up' })} ≠ ${printed(proof.score)}${say('（得分）', ' (score)')}`;
    }
    case 'score-outside-band': {
      const share = (percent: Operand): string =>
        `${printed(proof.weight)} × ${printed(percent)}% = ${toFixed(proof.weight.value.mul(percent.value).div(Exact.hundred), { places: 2, mode: 'half-up' })}`;
      return say(
        `${share(proof.low)}，${share(proof.high)}；得分 ${printed(proof.score)} 不在其间`,
        `${share(proof.low)}, ${share(proof.high)}; the score ${printed(proof.score)} is not between them`,
      );
    }
    case 'absent':
      return say(
        `文中要求设置${proof.name}指标，表中没有`,
        `the text asks for a “${proof.name}” indicator; the table has none`,
      );
    case 'differs':
      return `${printed(proof.one)} ≠ ${printed(proof.other)}`;
  }
}

function printed(operand: Operand): string {
  return toFixed(operand.value, { places: operand.places, mode: 'half-up' });
}
