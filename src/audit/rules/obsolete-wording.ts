import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { notice } from '../finding.ts';

/** Policy wording after its time; `since` is the first year in which it is out of date. */
const OBSOLETE: readonly { readonly word: RegExp; readonly since: number; readonly instead: string }[] = [
  { word: /全面建成小康社会/g, since: 2021, instead: '全面建设社会主义现代化国家' },
  { word: /建档立卡贫困(?:人口|户)|(?<!防止返)贫困人口/g, since: 2021, instead: '脱贫人口、防止返贫监测对象' },
  { word: /精准扶贫|脱贫攻坚(?!成果)/g, since: 2021, instead: '巩固拓展脱贫攻坚成果' },
  { word: /新型农村合作医疗|新农合/g, since: 2019, instead: '城乡居民基本医疗保险' },
];

/** Wording that later policy replaced. Looks only at documents of a later year. */
export const obsoleteWording: Detect = (context) => {
  const years = [...context.text.matchAll(/20[012]\d(?=\s*年)/g)].map((match) => Number(match[0]));
  const year = context.year ?? (years.length === 0 ? undefined : years.reduce((a, b) => Math.max(a, b)));
  if (year === undefined) return [];
  return OBSOLETE.filter((entry) => year >= entry.since).flatMap(({ word, instead }) =>
    [...context.text.matchAll(word)].slice(0, 2).map((match) =>
      notice('obsolete-wording', {
        message: text(
          `“${match[0]}”已是过去的提法，现为“${instead}”`,
          `“${match[0]}” is outdated; the current wording is “${instead}”`,
        ),
        stated: match[0],
        expected: instead,
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    ),
  );
};
