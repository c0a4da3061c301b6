import { chineseName } from './chinese-name.ts';
import { date } from './date.ts';
import { identityNumber } from './identity-number.ts';
import type { ComparisonKind } from './kind.ts';
import { exact, jaroWinklerKind, levenshteinKind } from './plain-kinds.ts';
import { regionPath } from './region-path.ts';

export const KIND_NAMES = [
  'identity-number',
  'chinese-name',
  'date',
  'region-path',
  'exact',
  'levenshtein',
  'jaro-winkler',
] as const;

export type KindName = (typeof KIND_NAMES)[number];

export const KINDS: Readonly<Record<KindName, ComparisonKind>> = {
  'identity-number': identityNumber,
  'chinese-name': chineseName,
  date,
  'region-path': regionPath,
  exact,
  levenshtein: levenshteinKind,
  'jaro-winkler': jaroWinklerKind,
};
