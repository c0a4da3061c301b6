import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, proven, type Span, warning } from '../finding.ts';
import type { Operand } from '../proof/proof.ts';
import { bonus } from '../rules/bonus.ts';
import { NUMBER, type ProseText, proseOf, type Told } from './prose-text.ts';

const RULE = 'total-mismatch';
const CLASS =
  '(?:项目)?(?:决策|投入|过程|产出|效益|效果|满意度|预算执行|资金管理|管理|绩效|履职|社会评价|可持续(?:影响|发展))(?:率|情况|管理|与管理|绩效|指标|方面|部分|类|类指标|一级指标)?';
const NAMED = new RegExp(
  `(?<![\\p{Script=Han}](?<!其中|中|为|在|[是即]))${CLASS}(?=[(:,为]?(?:满分|总分|权重|分值|得分?|共|占|标准分|应得|自评|评价|实得|实际)|[(:为]?\\d)`,
  'gu',
);
const TOTAL = new RegExp(
  `(?:综合(?:评定|评价|自评)?得分|综合评分|评价(?:总)?得分|自评(?:综合|总)?(?:得)?分|总(?:得|评)?分|最终得分|绩效(?:评价|自评)?得分|评价总分|合计(?:得分|得)?|总计(?:得分|得)?|共得|累计得分)(?:为|是|:|共|计)?${NUMBER}分`,
  'g',
);

interface Part {
  readonly name: string;
  readonly score: Told;
  readonly full: Told | undefined;
}

/** 综合得分93分, of which 决策18分、过程19.5分、产出33分、效益21.5分: the classes add up to 92. */
export function classScores(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const totals = [...prose.text.matchAll(TOTAL)]
    .filter((match) => !/上年|去年|[(]满$|其中/.test(prose.text.slice(Math.max(0, match.index - 8), match.index)))
    .map((match) => {
      const digits = match[1] ?? '0';
      return prose.told(match.index + match[0].lastIndexOf(digits), digits, '分');
    });
  if (totals.length === 0) return [];
  const all = [...runs(prose), ...summaries(prose)];
  // A summary of the classes that makes the total: what the words say otherwise is a contradiction, not a wrong sum.
  const sound = all.some((parts) => totals.some((total) => total.value.eq(sumOf(parts))));
  for (const parts of sound ? [] : all) {
    const sum = Exact.sum(parts.map((part) => part.score.value));
    const full = parts.map((part) => part.full?.value).filter((value) => value !== undefined);
    const whole = full.length === parts.length && Exact.sum(full).eq(Exact.hundred);
    const near = totals.filter((total) =>
      sum
        .sub(total.value)
        .abs()
        .lt(Exact.of(whole ? 100 : 6)),
    );
    if (totals.some((total) => total.value.eq(sum)) || sum.gt(Exact.hundred) || sum.lt(Exact.of(40))) continue;
    const places = Math.max(...parts.map((part) => part.score.places));
    const [total] = near.filter((each) => each.places >= places || sum.sub(each.value).abs().ge(Exact.of('0.5')));
    if (total === undefined) continue;
    return [finding(context, parts, total, sum, whole && totals.length === 1 && toldTogether(context, parts, total))];
  }
  return [];
}

/** Words that let the total be something else than the sum of the classes. */
const ADJUSTED =
  /20\d\d年|上年|去年|加\d|加分|创新|奖励|扣减|倒扣|扣除|减分|再扣|另扣|违规|小计|加权|折算|权重\d|评价组|专家|复核|复评|第三方|调整|社会评价/;

/** Total and classes stand in one passage, and nothing in or right behind it changes the sum. */
function toldTogether(context: AuditContext, parts: readonly Part[], total: Told): boolean {
  const at = (told: Told): number => told.start;
  const starts = [...parts.map((part) => at(part.score)), at(total)];
  const [from, to] = [Math.min(...starts), Math.max(...starts)];
  const text = context.text.slice(Math.max(0, from - 40), to + 60);
  const lead = parts.every((part) => at(part.score) > at(total))
    ? at(total)
    : Math.max(...parts.map((part) => at(part.score)));
  const next = parts.map((part) => at(part.score)).filter((start) => start > at(total));
  const gap = (next.length > 0 ? Math.min(...next) : at(total)) - lead;
  return !ADJUSTED.test(text) && gap >= 0 && gap < 120;
}

function finding(context: AuditContext, parts: readonly Part[], total: Told, sum: Exact, whole: boolean): Finding {
  const words = parts.map((part) => `${part.name}${part.score.digits}`).join('＋');
  const facts = {
    message: text(
      `总分写 ${total.digits}，各部分得分 ${words} 相加为 ${sum}`,
      `the total says ${total.digits}; the scores of the parts add up to ${sum}`,
    ),
    stated: total.digits,
    expected: sum.toString(),
    quotes: [total, ...parts.map((part) => part.score)].map(({ start, end }): Span => ({ start, end })),
  };
  // Only full marks that make 100 say that no class is missing.
  if (!whole || bonus(context)) return warning(RULE, facts);
  return proven(
    RULE,
    {
      kind: 'sum-differs',
      parts: parts.map((part) => operandOf('得分', part.score)),
      whole: operandOf('总分', total),
      rounded: false,
    },
    context.source,
    facts,
  );
}

function operandOf(label: string, { value, places, start, end }: Told): Operand {
  return { label, value, places, start, end };
}

/** Classes with their scores, each once, told after one another within a few lines. */
function runs(prose: ProseText): readonly (readonly Part[])[] {
  const all = [...prose.text.matchAll(NAMED)];
  const found: Part[][] = [];
  let run: Part[] = [];
  let last = 0;
  const close = (): void => {
    if (run.length >= 3) found.push(run);
    run = [];
  };
  for (const [nth, match] of all.entries()) {
    const end = Math.min(all[nth + 1]?.index ?? prose.text.length, match.index + 60);
    const part = scoreIn(prose, match, end);
    if (part === undefined) continue;
    if (match.index - last > 260 || run.some((each) => each.name === part.name)) close();
    run.push(part);
    last = match.index;
  }
  close();
  return found;
}

function sumOf(parts: readonly Part[]): Exact {
  return Exact.sum(parts.map((part) => part.score.value));
}

const LINE = new RegExp(`^(${CLASS})(?:\\((\\d+)分?\\))?[| ]{0,4}${NUMBER}[| ]{1,4}${NUMBER}[| ]*$`, 'gm');

/** 项目决策 15 14 a line: the classes in a small table of points and scores. */
function summaries(prose: ProseText): readonly (readonly Part[])[] {
  const parts = [...prose.text.matchAll(LINE)].flatMap((match): Part[] => {
    const [, name = '', , full = '0', score = '0'] = match;
    const at = match.index + match[0].lastIndexOf(score);
    const from = match.index + match[0].indexOf(full, name.length);
    const found = part(bare(name), prose.told(at, score, '分'), prose.told(from, full, '分'));
    return found === undefined ? [] : [found];
  });
  return parts.length >= 3 && new Set(parts.map((each) => each.name)).size === parts.length ? [parts] : [];
}

/** 效益类得28分 in the words, 26 in the summary of the classes. */
export function classesOtherwise(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const [table] = summaries(prose);
  if (table === undefined) return [];
  const told = runs(prose).flat();
  return table.flatMap((printed): Finding[] => {
    const other = told.find((each) => each.name === printed.name);
    if (other === undefined || other.score.value.eq(printed.score.value)) return [];
    if (other.full !== undefined && !other.full.value.eq(printed.full?.value ?? Exact.zero)) return [];
    return [
      warning('narrative-vs-table-mismatch', {
        message: text(
          `“${printed.name}”文中写得 ${other.score.digits} 分，汇总表写 ${printed.score.digits} 分`,
          `“${printed.name}” scores ${other.score.digits} in the text and ${printed.score.digits} in the summary`,
        ),
        stated: other.score.digits,
        expected: printed.score.digits,
        quotes: [other.score, printed.score].map(({ start, end }): Span => ({ start, end })),
      }),
    ];
  });
}

const POINTS = new RegExp(`(满分|总分|权重|分值|标准分|应得|占|扣|扣减|扣分)?(?:为|是|:|共)?${NUMBER}分`, 'g');

/** The score told behind a class: 满分20分,得18分; (18分); 15分得14分. */
function scoreIn(prose: ProseText, match: RegExpExecArray, end: number): Part | undefined {
  const from = match.index + match[0].length;
  const stretch = (/^[^。;\n|]*/.exec(prose.text.slice(from, end))?.[0] ?? '').replace(
    /(?:合计|总计|共计|总得分|总分(?=\D{0,2}\d{2}\D{0,4}$)|综合|累计).*$/,
    '',
  );
  const points = [...stretch.matchAll(POINTS)].filter((each) => !/^扣/.test(each[1] ?? ''));
  const told = (each: RegExpExecArray): Told =>
    prose.told(from + each.index + each[0].length - 1 - (each[2] ?? '').length, each[2] ?? '0', '分');
  const [first, second] = points;
  if (first === undefined) return undefined;
  const name = bare(match[0]);
  const full = points.find((each) => each[1] !== undefined);
  const plain = points.find((each) => each[1] === undefined);
  if (full !== undefined && plain !== undefined) return part(name, told(plain), told(full));
  if (full !== undefined) return undefined;
  // Two bare figures: 15分得14分, 得14分(15分).
  if (second === undefined) return part(name, told(first), undefined);
  const [one, other] = [told(first), told(second)];
  if (points.length > 2) return undefined;
  return one.value.ge(other.value) ? part(name, other, one) : part(name, one, other);
}

function part(name: string, score: Told, full: Told | undefined): Part | undefined {
  return full !== undefined && score.value.gt(full.value) ? undefined : { name, score, full };
}

function bare(name: string): string {
  return name.replace(/^项目/, '').replace(/(?:率|情况|绩效|指标|方面|部分|类|类指标|一级指标)+$/, '');
}
