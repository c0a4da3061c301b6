import { pinyin } from 'pinyin-pro';

/** Toneless readings of one character, all of them (乐 le, yue, yao, lao); none for a character that is not Chinese. */
export function readingsOf(character: string): readonly string[] {
  const known = cache.get(character);
  if (known !== undefined) return known;
  const readings = lookUp(character);
  cache.set(character, readings);
  return readings;
}

const cache = new Map<string, readonly string[]>();

function lookUp(character: string): readonly string[] {
  if (!/^\p{Script=Han}$/u.test(character)) return [];
  const readings = pinyin(character, { multiple: true, toneType: 'none', type: 'array' }).filter((reading) =>
    /^[a-zü]+$/.test(reading),
  );
  return [...new Set(readings.map((reading) => reading.replaceAll('ü', 'v')))];
}

/**
 * A syllable as heard by ears that do not part zh/z, ch/c, sh/s, n/l, r/l, f/h, nor ng/n: the confusions of southern
 * and south-western speakers, which is how names are misheard at a counter.
 */
export function blurSyllable(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^[nr](?=[aeiouv])/, 'l')
    .replace(/^f/, 'h')
    .replace(/^hu(?=[ae])/, 'h')
    .replace(/([aei])ng$/, '$1n')
    .replace(/^lv/, 'li')
    .replace(/v/, 'u');
}
