import { text } from '../../problem/index.ts';
import { foldCharacter, hasVariant, shapeGroup } from '../characters/fold-character.ts';
import { blurSyllable, readingsOf } from '../characters/syllables.ts';
import { type ComparisonKind, cleanText, cleanWord, type Features, type Level, type LevelOf } from './kind.ts';

const LEVELS = [
  { name: 'equal', text: text('姓名相同', 'equal'), initialM: 0.9 },
  { name: 'variant', text: text('繁简或异体字', 'variant character'), initialM: 0.01, otherwise: 'homophone' },
  { name: 'homophone', text: text('同音', 'homophone'), initialM: 0.025, otherwise: 'near-homophone' },
  { name: 'near-homophone', text: text('近音', 'near-homophone'), initialM: 0.01, otherwise: 'one-character' },
  {
    name: 'lookalike',
    text: text('一字形近', 'one character of like shape'),
    initialM: 0.005,
    otherwise: 'one-character',
  },
  { name: 'transposed', text: text('字序颠倒', 'characters transposed'), initialM: 0.005, otherwise: 'different' },
  { name: 'one-character', text: text('差一个字', 'one character off'), initialM: 0.02, otherwise: 'surname' },
  { name: 'surname', text: text('仅姓相同', 'only the surname agrees'), initialM: 0.01, otherwise: 'different' },
  { name: 'different', text: text('不同', 'different'), initialM: 0.015 },
] as const satisfies readonly Level[];

const [VARIANT, HOMOPHONE, NEAR, LOOKALIKE, TRANSPOSED, ONE_CHARACTER, SURNAME, DIFFERENT] = [2, 3, 4, 5, 6, 7, 8, 9];

const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 ' +
    '仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 ' +
    '段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 ' +
    '南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 吴铭 纳兰 完颜 叶赫 那拉 富察 瓜尔佳'
  ).split(' '),
);

const FIRST_OF_COMPOUND = new Set(Array.from(COMPOUND_SURNAMES, (surname) => surname.charCodeAt(0)));

function mayBeCompound(name: string): boolean {
  return FIRST_OF_COMPOUND.has(name.charCodeAt(0)) || hasVariant(name);
}

const INTERPUNCT_CODE = '·'.charCodeAt(0);

/** Interpuncts of minority and foreign names, as met in registers. */
const INTERPUNCT = /[·←•‧∙・．.｡。●]/gu;

const READINGS = 4;

/** Compares characters by what a register does to them: other form, other character of the same sound, like shape. */
export const chineseName: ComparisonKind = {
  name: 'chinese-name',
  takesThresholds: false,
  levels: () => LEVELS,
  clean: (raw) => {
    const plain = /^\p{Script=Han}{1,6}$/u.test(raw) ? cleanWord(raw) : cleanText(raw);
    if (plain === undefined) return undefined;
    const joined = plain.replace(INTERPUNCT, '·').replace(/[（(][^）)]*[）)]$/u, '');
    const name = /\p{Script=Han}/u.test(joined) ? joined.replace(/\s+/g, '') : joined.toUpperCase();
    return name.replace(/^·+|·+$/g, '') || undefined;
  },
  blockValue: foldName,
  features: nameFeatures,
  levelOf: nameLevel,
  termFrequency: true,
  memo: true,
};

/** A name in everyday simplified characters: 張偉 and 张伟 are one value to a blocking rule. */
function foldName(clean: string): string {
  if (!hasVariant(clean)) return clean;
  let folded = '';
  for (const character of clean) folded += foldCharacter(character);
  return folded;
}

/** Characters as numbers, pinyin once per distinct character; a name is then a run of small integers. */
function nameFeatures(values: readonly string[]): Features {
  const characters = new Map<string, number>();
  const starts = new Int32Array(values.length + 1);
  const surnames = new Uint8Array(values.length);
  const runs: number[] = [];
  /** Number, plus one, of a character that is one code unit. */
  const known = new Int32Array(1 << 16);
  values.forEach((value, code) => {
    const before = runs.length;
    const compound = value.length > 2 && mayBeCompound(value) && COMPOUND_SURNAMES.has(foldName(value.slice(0, 2)));
    for (let index = 0; index < value.length; index += 1) {
      const unit = value.charCodeAt(index);
      if (unit === INTERPUNCT_CODE) continue;
      let id = (known[unit] as number) - 1;
      if (id < 0) {
        const letter = String.fromCodePoint(value.codePointAt(index) ?? unit);
        if (letter.length === 2) index += 1;
        id = characters.get(letter) ?? characters.size;
        characters.set(letter, id);
        if (letter.length === 1) known[unit] = id + 1;
      }
      runs.push(id);
    }
    surnames[code] = compound && runs.length - before > 2 ? 2 : 1;
    starts[code + 1] = runs.length;
  });
  const folds = new Map<string, number>();
  const sounds = new Map<string, number>();
  const number = (map: Map<string, number>, key: string): number => {
    const known = map.get(key);
    if (known !== undefined) return known;
    map.set(key, map.size + 1);
    return map.size;
  };
  const folded = new Uint16Array(characters.size);
  const shapes = new Uint16Array(characters.size);
  const readings = new Uint16Array(characters.size * READINGS);
  const blurred = new Uint16Array(characters.size * READINGS);
  let at = 0;
  for (const character of characters.keys()) {
    const plain = foldCharacter(character);
    folded[at] = number(folds, plain);
    shapes[at] = shapeGroup(plain);
    const heard = [...new Set([...readingsOf(character), ...readingsOf(plain)])].slice(0, READINGS);
    heard.forEach((reading, index) => {
      readings[at * READINGS + index] = number(sounds, reading);
      blurred[at * READINGS + index] = number(sounds, `~${blurSyllable(reading)}`);
    });
    at += 1;
  }
  return { starts, surnames, letters: Uint16Array.from(runs), folded, shapes, readings, blurred };
}

function nameLevel(features: Features): LevelOf {
  const starts = features.starts as Int32Array;
  const surnames = features.surnames as Uint8Array;
  const letters = features.letters as Uint16Array;
  const folded = features.folded as Uint16Array;
  const shapes = features.shapes as Uint16Array;
  const readings = features.readings as Uint16Array;
  const blurred = features.blurred as Uint16Array;

  const share = (sounds: Uint16Array, x: number, y: number): boolean => {
    for (let i = x * READINGS; i < (x + 1) * READINGS && sounds[i] !== 0; i += 1)
      for (let j = y * READINGS; j < (y + 1) * READINGS && sounds[j] !== 0; j += 1)
        if (sounds[i] === sounds[j]) return true;
    return false;
  };
  /** 0 same form, 1 same sound, 2 near sound, 3 like shape, 4 other. */
  const unlike = (x: number, y: number): number => {
    if (folded[x] === folded[y]) return 0;
    if (share(readings, x, y)) return 1;
    if (share(blurred, x, y)) return 2;
    return shapes[x] !== 0 && shapes[x] === shapes[y] ? 3 : 4;
  };
  const sameSurname = (a: number, b: number, left: number, right: number): boolean => {
    const length = surnames[left] ?? 1;
    if (length !== surnames[right]) return false;
    for (let at = 0; at < length; at += 1) if (unlike(letters[a + at] ?? 0, letters[b + at] ?? 0) > 1) return false;
    return true;
  };
  const isWithin = (short: number, shortLength: number, long: number, longLength: number): boolean => {
    let at = 0;
    for (let index = 0; index < longLength && at < shortLength; index += 1)
      if (folded[letters[long + index] ?? 0] === folded[letters[short + at] ?? 0]) at += 1;
    return at === shortLength;
  };
  const sameLetters = (a: number, b: number, length: number): boolean => {
    let used = 0;
    for (let i = 0; i < length; i += 1) {
      let found = false;
      for (let j = 0; j < length && !found; j += 1) {
        if ((used & (1 << j)) !== 0 || folded[letters[a + i] ?? 0] !== folded[letters[b + j] ?? 0]) continue;
        used |= 1 << j;
        found = true;
      }
      if (!found) return false;
    }
    return true;
  };

  return (left, right) => {
    const a = starts[left] ?? 0;
    const b = starts[right] ?? 0;
    const lengthA = (starts[left + 1] ?? 0) - a;
    const lengthB = (starts[right + 1] ?? 0) - b;
    if (lengthA === lengthB) {
      let sound = 0;
      let near = 0;
      let shape = 0;
      let other = 0;
      for (let at = 0; at < lengthA; at += 1) {
        const how = unlike(letters[a + at] ?? 0, letters[b + at] ?? 0);
        if (how === 1) sound += 1;
        else if (how === 2) near += 1;
        else if (how === 3) shape += 1;
        else if (how === 4) other += 1;
      }
      if (other === 0 && shape === 0) return near > 0 ? NEAR : sound > 0 ? HOMOPHONE : VARIANT;
      if (other === 0 && shape === 1 && near === 0) return LOOKALIKE;
      if (lengthA <= 30 && sameLetters(a, b, lengthA)) return TRANSPOSED;
      if (shape + other === 1 && sound + near === 0 && lengthA >= 3) return ONE_CHARACTER;
      if (lengthA >= 5 && sound + near + shape + other <= Math.trunc(lengthA / 3)) return ONE_CHARACTER;
    } else {
      const [short, shortLength, long, longLength] =
        lengthA < lengthB ? [a, lengthA, b, lengthB] : [b, lengthB, a, lengthA];
      const missing = longLength - shortLength;
      if (shortLength >= 2 && (missing === 1 || longLength >= 5) && isWithin(short, shortLength, long, longLength))
        return ONE_CHARACTER;
    }
    return sameSurname(a, b, left, right) ? SURNAME : DIFFERENT;
  };
}
