import { text } from '../../problem/index.ts';
import { foldCharacter } from '../characters/fold-character.ts';
import { readingsOf } from '../characters/syllables.ts';
import { type ComparisonKind, cleanText, type Level } from './kind.ts';

const LEVELS = [
  { name: 'equal', text: text('地址相同', 'equal'), initialM: 0.88 },
  {
    name: 'within',
    text: text('一方少写上级或下级', 'one leaves out upper or lower places'),
    initialM: 0.02,
    otherwise: 'parent',
  },
  { name: 'similar', text: text('末级一字之差', 'last place one character off'), initialM: 0.02, otherwise: 'parent' },
  { name: 'parent', text: text('仅末级不同', 'only the last place differs'), initialM: 0.04, otherwise: 'grandparent' },
  {
    name: 'grandparent',
    text: text('末两级不同', 'the last two places differ'),
    initialM: 0.015,
    otherwise: 'different',
  },
  { name: 'different', text: text('不同', 'different'), initialM: 0.025 },
] as const satisfies readonly Level[];

const [WITHIN, SIMILAR, PARENT, GRANDPARENT, DIFFERENT] = [2, 3, 4, 5, 6];

const SEPARATED = /[\s/\\>→,，、\-—|_;；]+/u;
const PLACE =
  /.+?(?:特别行政区|自治区|自治州|自治县|自治旗|街道办事处|街道|省|市|盟|地区|县|区|旗|镇|乡|社区|村|组|队)/gu;

/**
 * The places of a path, greatest first: digits of a division code by 2-2-2-3-3, or names, separated or run together
 * (贵州省遵义市习水县土城镇水狮坝村).
 */
export function placesOf(path: string): readonly string[] {
  if (/^\d{2,}$/.test(path)) {
    const ends = [2, 4, 6, 9, 12].filter((end) => end < path.length);
    return [...ends, path.length].map((end, index, all) => path.slice(all[index - 1] ?? 0, end));
  }
  return path
    .split(SEPARATED)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const named = part.match(PLACE) ?? [];
      const rest = part.slice(named.join('').length);
      return rest === '' ? named : [...named, rest];
    });
}

/** Villages, towns and counties as a path. Compares place by place from the least. */
export const regionPath: ComparisonKind = {
  name: 'region-path',
  takesThresholds: false,
  levels: () => LEVELS,
  clean: (raw) =>
    cleanText(raw)
      ?.replace(/(?:村民委员会|村委会)/gu, '村')
      .replace(/(?:社区居民委员会|社区居委会|居民委员会|居委会)/gu, '社区')
      .replace(/村村/gu, '村'),
  blockValue: (clean) => clean.replace(SEPARATED, '/').replace(/^\/|\/$/g, ''),
  features: (values) => ({ values }),
  levelOf: (features) => {
    const paths = (features.values as readonly string[]).map(placesOf);
    return (left, right) => comparePaths(paths[left] ?? [], paths[right] ?? []);
  },
  termFrequency: true,
  memo: true,
};

function comparePaths(a: readonly string[], b: readonly string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const depth = short.length;
  if (depth === 0) return DIFFERENT;
  const fromTop = commonPlaces(short, long, 0);
  const shift = long.length - depth;
  const fromEnd = shift === 0 ? fromTop : commonPlaces(short, long, shift);
  if (fromTop === depth || fromEnd === depth) return WITHIN;
  const offset = fromTop > 0 ? 0 : shift;
  const common = fromTop > 0 ? fromTop : fromEnd;
  const last = depth - 1;
  if (common === last && likePlace(short[last] ?? '', long[last + offset] ?? '')) return SIMILAR;
  if (depth === 1) return DIFFERENT;
  if (common === last) return PARENT;
  return depth > 2 && common === last - 1 ? GRANDPARENT : DIFFERENT;
}

/** How many places agree from the first on, the longer path read from `offset`. */
function commonPlaces(short: readonly string[], long: readonly string[], offset: number): number {
  let common = 0;
  while (common < short.length && short[common] === long[common + offset]) common += 1;
  return common;
}

/** One character off, by form or sound, in a name of at least two characters before 村 or 社区. */
function likePlace(x: string, y: string): boolean {
  if (/^\d+$/.test(x)) return false;
  const a = [...x];
  const b = [...y];
  if (a.length !== b.length || a.length < 3) return false;
  let off = 0;
  for (let at = 0; at < a.length; at += 1) {
    const left = foldCharacter(a[at] ?? '');
    const right = foldCharacter(b[at] ?? '');
    if (left === right) continue;
    const heard = readingsOf(right);
    off += readingsOf(left).some((reading) => heard.includes(reading)) ? 0.5 : 1;
  }
  return off <= 1;
}
