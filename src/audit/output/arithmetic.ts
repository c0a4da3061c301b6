import { Exact, toFixed } from '../../quantity/index.ts';
import type { Operand, Proof } from '../proof/proof.ts';

/** The arithmetic of a proof in one line, as a person would check it. */
export function spellOut(proof: Proof): string {
  switch (proof.kind) {
    case 'sum-differs': {
      const sum = Exact.sum(proof.parts.map((part) => part.value));
      return `${proof.parts.map(printed).join(' + ')} = ${sum} ≠ ${printed(proof.whole)}（${proof.whole.label}）`;
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
      return `${proof.value.label} ${printed(proof.value)} > ${proof.bound.label} ${printed(proof.bound)}`;
    case 'missed-yet-full':
      return `目标 ${proof.operator}${printed(proof.target)}，实际 ${printed(proof.actual)}，未达到；得分 ${printed(proof.score)} = 分值 ${printed(proof.weight)}`;
    case 'score-by-rule': {
      const due = Exact.min(Exact.one, proof.part.value.div(proof.whole.value)).mul(proof.weight.value);
      return `${printed(proof.weight)} × ${printed(proof.part)} ÷ ${printed(proof.whole)} = ${toFixed(due, { places: 2, mode: 'half-up' })} ≠ ${printed(proof.score)}（得分）`;
    }
    case 'score-outside-band': {
      const share = (percent: Operand): string =>
        `${printed(proof.weight)} × ${printed(percent)}% = ${toFixed(proof.weight.value.mul(percent.value).div(Exact.hundred), { places: 2, mode: 'half-up' })}`;
      return `${share(proof.low)}，${share(proof.high)}；得分 ${printed(proof.score)} 不在其间`;
    }
    case 'absent':
      return `文中要求设置${proof.name}指标，表中没有`;
    case 'differs':
      return `${printed(proof.one)} ≠ ${printed(proof.other)}`;
  }
}

function printed(operand: Operand): string {
  return toFixed(operand.value, { places: operand.places, mode: 'half-up' });
}
