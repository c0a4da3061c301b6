import { inLanguage, type Language, type Text, text } from '../problem/index.ts';

/** The levels of government that can pay a part of the subsidy, from the top down. `upper`: a source that does not
 * split the money above the last level (e.g. 市级及以上). */
export const LEVELS = ['central', 'province', 'city', 'upper', 'county', 'township'] as const;

export type LevelId = (typeof LEVELS)[number];

const NAMES: Readonly<Record<LevelId, Text>> = {
  central: text('中央', 'centre'),
  province: text('省级', 'province'),
  city: text('市级', 'city'),
  upper: text('上级合计', 'levels above'),
  county: text('县级', 'county'),
  township: text('乡镇', 'township'),
};

const ALIASES: Readonly<Record<string, LevelId>> = {
  中央: 'central',
  中央级: 'central',
  中央财政: 'central',
  省: 'province',
  省级: 'province',
  省级财政: 'province',
  省财政: 'province',
  自治区: 'province',
  市: 'city',
  市级: 'city',
  市级财政: 'city',
  设区市: 'city',
  市财政: 'city',
  上级: 'upper',
  上级合计: 'upper',
  县: 'county',
  县级: 'county',
  县级财政: 'county',
  县财政: 'county',
  县区: 'county',
  '县（市、区）': 'county',
  区级: 'county',
  乡镇: 'township',
  镇级: 'township',
  乡级: 'township',
};

export function levelName(level: LevelId, language: Language = 'zh'): string {
  return inLanguage(NAMES[level], language);
}

/** The level an identifier or a Chinese name means, or `undefined`. */
export function findLevel(words: string): LevelId | undefined {
  const plain = words.trim();
  return LEVELS.find((level) => level === plain.toLowerCase()) ?? ALIASES[plain];
}
