import { text } from '../../problem/index.ts';
import { type ComparisonKind, cleanText, type Level } from './kind.ts';
import { codePoints, pointsAlike, pointsApart } from './string-distance.ts';

const EQUAL: Level = { name: 'equal', text: text('相同', 'equal'), initialM: 0.9 };
const DIFFERENT: Level = { name: 'different', text: text('不同', 'different'), initialM: 0.03 };

/** Equal or not. */
export const exact: ComparisonKind = {
  name: 'exact',
  takesThresholds: false,
  levels: () => [EQUAL, { ...DIFFERENT, initialM: 0.1 }],
  clean: cleanText,
  blockValue: (clean) => clean,
  features: () => ({}),
  levelOf: () => () => 2,
  termFrequency: true,
  memo: false,
};

/** Number of characters (not bytes) to insert, remove or replace; default levels ≤1 and ≤2. */
export const levenshteinKind: ComparisonKind = {
  name: 'levenshtein',
  takesThresholds: true,
  levels: (thresholds) => {
    const steps = thresholds.length > 0 ? thresholds : [1, 2];
    return [
      EQUAL,
      ...steps.map((step) => ({
        name: `within-${step}`,
        text: text(`差 ${step} 个字符以内`, `at most ${step} characters differ`),
        initialM: 0.07 / steps.length,
      })),
      DIFFERENT,
    ];
  },
  clean: cleanText,
  blockValue: (clean) => clean,
  features: (values) => ({ values }),
  levelOf: (features, thresholds) => {
    const points = (features.values as readonly string[]).map(codePoints);
    const steps = thresholds.length > 0 ? thresholds : [1, 2];
    const most = Math.max(...steps);
    return (left, right) => {
      const distance = pointsApart(points[left] as Uint32Array, points[right] as Uint32Array, most);
      const index = steps.findIndex((step) => distance <= step);
      return index < 0 ? steps.length + 2 : index + 2;
    };
  },
  termFrequency: true,
  memo: true,
};

/** Jaro–Winkler likeness over characters (not bytes); default levels ≥0.92, ≥0.88 and ≥0.7. */
export const jaroWinklerKind: ComparisonKind = {
  name: 'jaro-winkler',
  takesThresholds: true,
  levels: (thresholds) => {
    const steps = thresholds.length > 0 ? thresholds : [0.92, 0.88, 0.7];
    return [
      EQUAL,
      ...steps.map((step) => ({
        name: `above-${step}`,
        text: text(`相似度 ${step} 以上`, `likeness at least ${step}`),
        initialM: 0.07 / steps.length,
      })),
      DIFFERENT,
    ];
  },
  clean: cleanText,
  blockValue: (clean) => clean,
  features: (values) => ({ values }),
  levelOf: (features, thresholds) => {
    const points = (features.values as readonly string[]).map(codePoints);
    const steps = thresholds.length > 0 ? thresholds : [0.92, 0.88, 0.7];
    return (left, right) => {
      const likeness = pointsAlike(points[left] as Uint32Array, points[right] as Uint32Array);
      const index = steps.findIndex((step) => likeness >= step);
      return index < 0 ? steps.length + 2 : index + 2;
    };
  },
  termFrequency: true,
  memo: true,
};
