import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { isAboutSubsidy, readPlace } from '../matching-fund/read-place.ts';

/** The subsidy standard cited as the basis is not the one the computation uses. */
export const standardMismatch: Detect = (context) => [...citedAgainstUsed(context), ...againstRules(context)];

const citedAgainstUsed: Detect = (context) => {
  const cited = /(?:人均)?财政补助标准(?:为|达到?)?(?:每人每年)?\s*(\d{2,4}(?:\.\d+)?)\s*元/.exec(context.text);
  if (cited === null) return [];
  const shares = ['中央财政补助', '省级财政补助', '县级财政补助'].map((name) =>
    new RegExp(`${name}\\s*(\\d+(?:\\.\\d+)?)\\s*元`).exec(context.text),
  );
  const [central, province, county] = shares;
  if (central == null || province == null || county == null) return [];
  const cents = (match: RegExpExecArray): bigint => {
    const [whole = '0', fraction = ''] = (match[1] ?? '0').split('.');
    return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
  };
  const used = cents(central) + cents(province) + cents(county);
  if (used === cents(cited)) return [];
  const usedText = `${used / 100n}`;
  return [
    warning('standard-mismatch', {
      message: text(
        `依据的财政补助标准是每人 ${cited[1]} 元，测算用的各级补助合计是 ${usedText} 元`,
        `the cited standard is ${cited[1]}, but the computation uses ${usedText}`,
      ),
      stated: usedText,
      expected: cited[1] ?? '',
      quotes: [cited, central, province, county].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
      })),
    }),
  ];
};

const SHARES: readonly (readonly [string, RegExp])[] = [
  ['central', /中央(?:财政)?(?:补助|承担|负担)(?:为)?\s*(\d+(?:\.\d+)?)\s*元/],
  ['province', /省级?(?:财政)?(?:补助|承担|负担)(?:为)?\s*(\d+(?:\.\d+)?)\s*元/],
  ['county', /(?:县|区|本)级?(?:财政)?(?:补助|承担|负担)(?:为)?\s*(\d+(?:\.\d+)?)\s*元/],
];

/**
 * The printed shares against the matching-fund rules of the place, and a standard below the national minimum of the
 * year and of the year before (the notice of N serves the coverage of N + 1).
 */
const againstRules: Detect = (context) => {
  const { financing, year } = context;
  if (financing === undefined || year === undefined || !isAboutSubsidy(context.text)) return [];
  const findings: Finding[] = [];
  const cited = /(?:人均)?财政补助标准(?:为|达到?)?(?:每人每年)?\s*(\d{2,4}(?:\.\d+)?)\s*元/.exec(context.text);
  const least = financing.minimum(year - 1);
  if (cited !== null && least !== undefined && Exact.of(cited[1] ?? '0').lt(least))
    findings.push(
      warning('standard-mismatch', {
        message: text(
          `财政补助标准写每人 ${cited[1]} 元，低于 ${year - 1} 年国家最低标准 ${least} 元`,
          `the subsidy is ${cited[1]} a head, below the national minimum of ${year - 1}, ${least}`,
        ),
        stated: cited[1] ?? '',
        expected: `≥${least}`,
        quotes: [{ start: cited.index, end: cited.index + cited[0].length }],
      }),
    );
  const printed = SHARES.map(([level, pattern]) => ({ level, match: pattern.exec(context.text) }));
  const place = readPlace(context.text);
  if (place === undefined || printed.some(({ match }) => match === null)) return findings;
  const sum = Exact.sum(printed.map(({ match }) => Exact.of(match?.[1] ?? '0')));
  const ruled = [year, year - 1, year - 2]
    .map((standardYear) => financing.shares(place, standardYear, year))
    .find((each) => each?.standard.eq(sum) === true);
  for (const { level, match } of ruled === undefined ? [] : printed) {
    const share = ruled?.shares.find((each) => each.level === level);
    if (match === null || ruled === undefined || share === undefined || share.amount.eq(Exact.of(match[1] ?? '0')))
      continue;
    const status = ruled.verified ? '' : '（规则原文未核）';
    findings.push(
      warning('standard-mismatch', {
        message: text(
          `${ruled.place}${ruled.standardYear}年标准 ${ruled.standard} 元中${share.name}应为 ${share.amount} 元${status}，写的是 ${match[1]} 元`,
          `of ${ruled.standard} a head ${share.name} pays ${share.amount} by the rules, printed is ${match[1]}`,
        ),
        stated: match[1] ?? '',
        expected: share.amount.toString(),
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    );
  }
  return findings;
};
