import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { warning } from '../finding.ts';

/** The subsidy standard cited as the basis is not the one the computation uses. */
export const standardMismatch: Detect = (context) => {
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
