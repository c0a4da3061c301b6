import { describe, expect, it } from 'vitest';
import { auditText } from './audit-document.ts';
import { readRuleBook } from './rule-book.ts';
import { detections } from './rules/index.ts';

const book = readRuleBook();
const WEIGHT = { notice: 0, warning: 1, error: 2 } as const;

describe('the rule book', () => {
  it('has words for every detection and a detection for all words', () => {
    expect([...book.keys()].sort()).toEqual([...detections.keys()].sort());
  });

  for (const rule of book.values())
    describe(rule.id, () => {
      rule.examples.found.forEach((example, index) => {
        it(`finds example ${index + 1}`, () => {
          const found = auditText(example).findings.filter((finding) => finding.rule === rule.id);
          expect(found.map((finding) => finding.severity)).not.toEqual([]);
          for (const finding of found) {
            expect(WEIGHT[finding.severity]).toBeLessThanOrEqual(WEIGHT[rule.severity]);
            expect(finding.proof === undefined).toBe(finding.severity !== 'error');
            expect(finding.quotes.length).toBeGreaterThan(0);
          }
        });
      });
      rule.examples.notFound.forEach((example, index) => {
        it(`is silent on example ${index + 1}`, () => {
          expect(
            auditText(example)
              .findings.filter((finding) => finding.rule === rule.id)
              .map((finding) => finding.message.zh),
          ).toEqual([]);
        });
      });
      if (rule.severity === 'error')
        it('reaches its severity on the first example', () => {
          const [first = ''] = rule.examples.found;
          expect(
            auditText(first).findings.some((finding) => finding.rule === rule.id && finding.severity === 'error'),
          ).toBe(true);
        });
    });
});
