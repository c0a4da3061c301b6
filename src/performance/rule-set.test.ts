import { describe, expect, it } from 'vitest';
import { JipingError } from '../problem/index.ts';
import { readMeasure } from './measure.ts';
import { roundedSpan } from './print-number.ts';
import { resolveRuleSet } from './resolve-rule-set.ts';
import { RuleReader } from './rule-reader.ts';
import { readRuleSets, referenceTo } from './rule-set.ts';
import { type ScoringKind, scoreLeaf } from './scoring/score-leaf.ts';
import { ruleSet, ruleSets } from './testing/rule-sets.ts';
import { gradeLabel } from './total.ts';

function refusal(action: () => unknown): JipingError {
  try {
    action();
  } catch (error) {
    if (error instanceof JipingError) return error;
  }
  throw new Error('not refused');
}

describe('the rule set of a book', () => {
  it.each([
    ['江西省九江市共青城市', '2024', 'JX'],
    ['丰顺县', '2023', 'GD'],
    ['四川省射洪市', '2024', 'SC'],
    ['某县', '2024', 'CN2021'],
    // The guideline of 2021-08-18 was not in force at the end of 2020.
    ['某县', '2020', 'CN2020'],
  ])('%s %s: %s', (region, year, id) => {
    expect(resolveRuleSet(ruleSets, { region, year }).id).toBe(id);
  });

  it('is the named one when the book names one', () => {
    expect(resolveRuleSet(ruleSets, { id: ' gd ', region: '共青城市', year: '2024' }).id).toBe('GD');
  });

  it('refuses an unknown name with those there are', () => {
    expect(refusal(() => resolveRuleSet(ruleSets, { id: 'XX', year: '2024' })).code).toBe('not-found');
  });
});

describe('rule data', () => {
  it('takes what it does not say from the set it extends, and says where that is', () => {
    const jiangxi = ruleSet('JX');
    expect(referenceTo(jiangxi, 'execution').ruleSet).toBe('CN2020');
    expect(referenceTo(jiangxi, 'level2').ruleSet).toBe('CN2021');
    expect(referenceTo(jiangxi, 'weights')).toMatchObject({ ruleSet: 'JX', verified: true });
    expect(referenceTo(ruleSet('CN2021'), 'weights')).toMatchObject({ document: '财预〔2021〕101号', verified: false });
  });

  it('has templates that add up to 100', () => {
    for (const set of ruleSets)
      for (const template of set.data.weights.value) {
        const sum = Object.values(template.points).reduce((total, points) => total.add(points));
        expect(`${set.id} ${template.name} ${sum}`).toBe(`${set.id} ${template.name} 100`);
      }
  });

  it('names the file and line of a fault', () => {
    const content =
      'id: X\nversion: "1"\nname: x\nnameEn: x\nregions: []\nvalidity: { from: 2024-13-01 }\ndata: {}\nexamples: { leaves: [], grades: [] }\nlimits: {}\n';
    const fault = refusal(() => readRuleSets([{ file: 'scoring/x.yaml', content }]));
    expect([fault.code, fault.where.file, fault.where.line]).toEqual(['invalid-rule', 'scoring/x.yaml', 6]);
    const incomplete = content.replace('13-01', '01-01');
    expect(refusal(() => readRuleSets([{ file: 'x.yaml', content: incomplete }])).text.zh).toContain('data.weights');
  });

  it('gives what its examples say', () => {
    for (const set of ruleSets) {
      const rules = new RuleReader(set);
      for (const one of set.examples.grades) expect(gradeLabel(rules, one.score)).toBe(one.label);
      for (const one of set.examples.leaves) {
        const target = readMeasure(one.target);
        const actual = readMeasure(one.actual);
        const outcome = scoreLeaf(
          {
            weight: one.weight,
            operator: target.operator ?? '≥',
            target: target.value,
            targetText: target.text,
            actual: actual.value,
            actualText: actual.text,
            targetTooLow: one.targetTooLow,
            hasReason: false,
            rules,
          },
          one.scoring as ScoringKind | undefined,
        );
        const { min, max } = roundedSpan(outcome.low, outcome.high, outcome.highOpen === true, rules.read('rounding'));
        expect(min.eq(max) ? min.toString() : `${min}..${max}`).toBe(one.suggested);
      }
    }
  });
});
