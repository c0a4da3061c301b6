import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { exactly, type Outcome } from './outcome.ts';

/** 直接赋分: reached = full marks, not reached = nothing. */
export function scoreBinary(weight: Exact, met: boolean): Outcome {
  return met
    ? exactly(weight, true, text('达到指标值，直接赋满分。', 'Target reached: full points.'))
    : exactly(Exact.zero, false, text('未达到指标值，直接赋分为0。', 'Target not reached: no points.'));
}
