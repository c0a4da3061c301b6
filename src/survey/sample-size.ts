import { Exact, round } from '../quantity/index.ts';
import { Z95 } from './estimate-rate.ts';

/**
 * Valid answers needed for a rate within ± `margin` (0.05 = 5 percentage points) at 95%, whatever the rate, with the
 * finite-population correction when the population is known.
 * @example sampleSize(Exact.of('0.05')).toString() // "385"
 */
export function sampleSize(margin: Exact, population?: Exact): Exact {
  const infinite = Z95.mul(Z95).div(Exact.of(4).mul(margin).mul(margin));
  const needed =
    population === undefined || population.sign <= 0
      ? infinite
      : infinite.div(Exact.one.add(infinite.sub(Exact.one).div(population)));
  return round(needed, { places: 0, mode: 'ceiling' });
}
