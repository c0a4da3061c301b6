import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { NUMBER, numberOf, proseOf } from './prose-text.ts';

const RULE = 'narrative-contradiction';
const BENEFIT = '(?:惠及|涉及|受益|受惠|覆盖|救助|服务|帮扶|资助|享受|保障)';
const WHOM =
  '(?:(?:困难|参保|受助|患病|受益|城乡|农村|低收入|贫困|救助)?(?:群众|对象|患者|居民|人员|人口|学生|老人|残疾人))?';
/** 救助9806人次,累计惠及困难群众11240人. */
const TIMES_FIRST = new RegExp(
  `${NUMBER}(万)?人次[,、(]?(?:[^,。;|\\n\\d()]{0,14}?${BENEFIT}${WHOM}|${WHOM}|共|计|合计)(?:为|约|达|共|:)?${NUMBER}(万)?(?:人(?!次|均)|名)`,
  'g',
);
/** 救助困难群众11240人、9806人次. */
const PERSONS_FIRST = new RegExp(
  `${NUMBER}(万)?(?:人(?!次|均)|名)(?:${WHOM})?[,、/(](?:[^,。;|\\n\\d()]{0,4}(?:共|累计|计|合计|达))?(?:${BENEFIT})?${NUMBER}(万)?人次`,
  'g',
);
/** Another group than the one helped: those insured, those due. */
const OTHERS = /培训|宣传|应|参保人|未|其中|目标|计划|任务|上年|去年|调查|走访|不低于|不少于|≥/;

/** One person may be helped many times, never less than once: more persons than person-times cannot be. */
export function personsBeyondTimes(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const found: Finding[] = [];
  const compare = (match: RegExpExecArray, times: Exact, persons: Exact): void => {
    const lead = /[^,。;|\n]{0,20}$/.exec(prose.text.slice(Math.max(0, match.index - 20), match.index))?.[0] ?? '';
    if (persons.le(times) || OTHERS.test(lead + match[0]) || found.length >= 3) return;
    const quote: Span = prose.span(match.index, match.index + match[0].length);
    found.push(
      warning(RULE, {
        message: text(
          `“${match[0]}”：人数 ${persons} 多于人次 ${times}，同一人至少一次，人数不可能多于人次`,
          `“${match[0]}”: ${persons} persons in ${times} person-times; each person counts at least once`,
        ),
        stated: persons.toString(),
        expected: `≤${times}`,
        quotes: [quote],
      }),
    );
  };
  for (const match of prose.text.matchAll(TIMES_FIRST))
    compare(match, count(match[1], match[2]), count(match[3], match[4]));
  for (const match of prose.text.matchAll(PERSONS_FIRST))
    compare(match, count(match[3], match[4]), count(match[1], match[2]));
  return found;
}

function count(digits: string | undefined, myriad: string | undefined): Exact {
  const { value } = numberOf(digits ?? '0');
  return myriad === undefined ? value : value.mul(Exact.of(10000));
}
