import type { FigureFormat, Inline } from '../../document/index.ts';
import type { FactId, Lineage } from '../../fact/index.ts';
import type { Figure, Measure, Rate, ScoredIndicator } from '../../performance/index.ts';
import { figure } from '../print.ts';

/** Words of the form or of this program. */
export function words(text: string): Inline {
  return { kind: 'text', text, source: 'form' };
}

/** Words the unit wrote. */
export function unitWords(text: string): Inline {
  return { kind: 'text', text, source: 'unit' };
}

/** The figure runs of one evaluation: everything printed from a fact goes through here. */
export class FigureWriter {
  readonly #lineage: Lineage;

  constructor(lineage: Lineage) {
    this.#lineage = lineage;
  }

  fact(id: FactId, format: FigureFormat): Inline {
    return figure(this.#lineage.get(id), format);
  }

  /** Money in the unit of the form, at least `places` digits as entered; no unit printed. */
  money(value: Figure | undefined, unit: string, missing = ''): Inline {
    return value === undefined ? words(missing) : this.fact(value.factId, { style: 'number', places: 2, unit });
  }

  moneyWithUnit(value: Figure, unit: string): Inline {
    return this.fact(value.factId, { style: 'number', places: 2, unit, showUnit: true });
  }

  /** 96.18% */
  rate(rate: Rate | undefined, missing = '—'): Inline {
    return rate === undefined ? words(missing) : this.fact(rate.factId, { style: 'percent', places: 2 });
  }

  points(value: Figure | undefined, missing = ''): Inline {
    return value === undefined ? words(missing) : this.fact(value.factId, { style: 'number' });
  }

  /** A target with its operator, or an actual: ≥177297人. */
  measure(measure: Measure, operator?: ScoredIndicator['operator']): readonly Inline[] {
    if (measure.kind === 'none') return [];
    if (measure.factId === undefined) return [unitWords(measure.text)];
    const fact = this.#lineage.get(measure.factId);
    if (fact.value.kind !== 'number') {
      const style = fact.value.kind === 'date' ? 'date' : 'text';
      return [this.fact(measure.factId, { style })];
    }
    const sign = operator === undefined || operator === '定性' || operator === '=' ? [] : [words(operator)];
    const percent = measure.unit === '%';
    const printed = this.fact(
      measure.factId,
      percent
        ? { style: 'percent' }
        : { style: 'number', ...(measure.unit === '' ? {} : { unit: measure.unit, showUnit: true }) },
    );
    return [...sign, printed];
  }

  /** As `measure` in a column of its own beside one of units: no sign, no `unit`; another unit is still printed. */
  bareMeasure(measure: Measure, unit: string): readonly Inline[] {
    if (measure.factId === undefined || unit === '' || measure.unit !== unit) return this.measure(measure);
    const fact = this.#lineage.get(measure.factId);
    if (fact.value.kind !== 'number' && fact.value.kind !== 'interval') return this.measure(measure);
    return [this.fact(measure.factId, { style: 'number', unit })];
  }
}
