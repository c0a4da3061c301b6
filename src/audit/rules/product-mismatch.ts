import { text } from '../../problem/index.ts';
import { convert, Exact, type ParsedNumber, toFixed, YUAN } from '../../quantity/index.ts';
import { type AuditContext, type Detect, numbersIn } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import { isAboutSubsidy, readPlace } from '../matching-fund/read-place.ts';
import { printedEquations } from '../prose/printed-equations.ts';
import { toldProducts } from '../prose/told-products.ts';
import { numberOperand } from './component-sum-mismatch.ts';

const RULE = 'product-mismatch';
const PER_HEAD = /^(?:元|万元)?(?:\/|每)(?:人|户|名|辆|亩|个|次|年)/;
const BY_STANDARD = /每人|人均|\/人|标准|每户|每辆|每亩|每个|户均|亩均|单价|每[名台套件份张册]|[×*]/;
/** What is counted beside a price for one of it. */
const COUNTER =
  /(?:每|按每)([人户名辆亩个台套件份张册])[^,。;、\d]{0,6}$|([人户亩])均[^,。;、\d]{0,6}$|(单价)[^,。;、\d]{0,3}$/;
const THINGS = /^万?[台套件个份张册辆盒箱块盏株]$/;

/**
 * Heads × standard is not the amount. Only a sentence that names exactly one head-count, one standard and one amount
 * and says that the one is computed from the others can be wrong with certainty.
 */
export const productMismatch: Detect = (context) => {
  const found = [...ofSentences(context), ...perUnit(context), ...settlement(context)];
  for (const told of [toldProducts(context), printedEquations(context, 'product').filter((each) => each.rule === RULE)])
    found.push(...told.filter((each) => !found.some((known) => touches(known, each))));
  return found;
};

function touches(one: Finding, other: Finding): boolean {
  return one.quotes.some((quote) => other.quotes.some((each) => quote.start < each.end && quote.end > each.start));
}

const ofSentences: Detect = (context) => [
  ...context.sentences.flatMap((sentence): Finding[] => {
    if (!BY_STANDARD.test(sentence.text) || sentence.text.length > 300) return [];
    const numbers = numbersIn(context, sentence.start, sentence.end).filter(
      (number) =>
        number.kind === 'quantity' &&
        number.range === undefined &&
        (number.comparator === undefined || number.comparator === '='),
    );
    const before = (number: ParsedNumber): string => context.text.slice(Math.max(0, number.start - 10), number.start);
    const isStandard = (number: ParsedNumber): boolean =>
      number.unit?.dimension.startsWith('money/') === true ||
      PER_HEAD.test(number.unitText) ||
      (number.unit?.dimension === 'money' &&
        (/(?:每人(?:每年|每月)?|人均|每户|每辆|每亩|标准(?:为)?|[×*]\s?)$/.test(before(number)) ||
          COUNTER.test(before(number))));
    const standards = numbers.filter(isStandard);
    const counter = standards.length === 1 && standards[0] !== undefined ? COUNTER.exec(before(standards[0])) : null;
    const counted = counter?.[1] ?? counter?.[2] ?? counter?.[3];
    const heads = numbers.filter((number) => isCounted(number, counted));
    const amounts = numbers.filter((number) => number.unit?.dimension === 'money' && !standards.includes(number));
    const [standard] = standards;
    const [head] = heads;
    const [amount] = amounts;
    if (
      standards.length !== 1 ||
      heads.length !== 1 ||
      amounts.length !== 1 ||
      standard === undefined ||
      head === undefined ||
      amount?.unit === undefined
    )
      return [];
    if (
      head.unit === undefined ||
      head.value.isZero ||
      // Of a part of them: 其中住院人均5230元.
      /其中[^,。;]{0,8}$/.test(context.text.slice(Math.max(0, standard.start - 12), standard.start)) ||
      /月|季|天|日|学期/.test(standard.unitText + context.text.slice(standard.end, standard.end + 3)) ||
      /\d+\s*个月|季度|学期|半年/.test(sentence.text)
    )
      return [];
    const persons = head.unit.dimension === 'persons';
    const people = head.value.mul(
      persons ? head.unit.factor : head.unitText.startsWith('万') ? Exact.of(10000) : Exact.one,
    );
    const each = Exact.of(standard.value).mul(/^万/.test(standard.unitText) ? Exact.of(10000) : Exact.one);
    const yuan = people.mul(each);
    const stated = convert(amount.value, amount.unit, YUAN);
    const half = amount.unit.factor.div(Exact.of(2n * 10n ** BigInt(amount.places)));
    if (yuan.sub(stated).abs().le(half)) return [];
    if (stated.isZero || yuan.div(stated).gt(Exact.of(50)) || stated.div(yuan).gt(Exact.of(50))) return [];
    // Things are bought with something else beside them: far off it is another amount.
    const [low, high] = yuan.lt(stated) ? [yuan, stated] : [stated, yuan];
    if (!persons && /另|含|加上|自筹|以及|其[他它]/.test(sentence.text)) return [];
    if (!persons && high.mul(Exact.of(2)).gt(low.mul(Exact.of(3)))) return [];
    const expected = `${yuan.div(amount.unit.factor)}${amount.unitText}`;
    const parts = {
      message: text(
        `${head.text} × ${standard.text} = ${expected}，写的是 ${amount.text}`,
        `${head.text} × ${standard.text} = ${expected}, but ${amount.text} is printed`,
      ),
      stated: amount.text,
      expected,
      quotes: [head, standard, amount].map((number) => ({ start: number.start, end: number.end })),
    };
    // 300人×3天×150元: the printed product has a third factor.
    const [first, last] = head.start < standard.start ? [head, standard] : [standard, head];
    const only =
      !/\d/.test(context.text.slice(first.end, last.start)) &&
      !/[×*x]\s*$/.test(context.text.slice(Math.max(0, first.start - 3), first.start)) &&
      !/[\d×*x]/.test(context.text.slice(last.end, amount.start)) &&
      !/扣除|减去|结余|加上/.test(sentence.text);
    const explicit =
      only &&
      /[×*x]/.test(context.text.slice(Math.min(head.start, standard.start), Math.max(head.end, standard.end))) &&
      /=|＝|等于|共(?:计|需)?/.test(sentence.text);
    if (!explicit || !head.unit.factor.eq(Exact.one)) return [warning(RULE, parts)];
    return [
      proven(
        RULE,
        {
          kind: 'product-differs',
          left: numberOperand('人数', head),
          right: numberOperand('标准', standard),
          scale: amount.unit.factor,
          product: numberOperand('金额', amount),
        },
        context.source,
        parts,
      ),
    ];
  }),
];

/** Persons, unless the price is for one household, one 亩 or one thing. */
function isCounted(number: ParsedNumber, counted: string | undefined): boolean {
  if (counted === undefined || counted === '人' || counted === '名') return number.unit?.dimension === 'persons';
  if (counted === '单价') return THINGS.test(number.unitText);
  return number.unitText.replace(/^万/, '') === counted;
}

const DUE =
  /(?:清算金额|应配套(?:补助)?(?:资金|金额)|应(?:上缴|承担)[^,。;\d]{0,10}(?:配套)?(?:资金|金额)|[中省市县区州]级?(?:财政)?应(?:补助|配套|承担|负担|补贴)(?:资金|金额)?)(?:为|共|:)?\s*(\d[\d,]*(?:\.\d+)?)\s*(万元|元)/g;

/**
 * A matching amount that no printed head-count gives, times a printed standard or the share the matching-fund rules
 * set for the place. How it was settled is not in the text, so it is asked for.
 */
const settlement: Detect = (context) => {
  const due = [...context.text.matchAll(DUE)];
  if (due.length === 0) return [];
  const heads = context.numbers.filter(
    (number) => number.unit?.dimension === 'persons' && number.value.gt(Exact.of(100)),
  );
  const standards = context.numbers.filter(
    (number) =>
      number.unit?.dimension === 'money' &&
      number.unit.factor.eq(Exact.one) &&
      number.value.gt(Exact.of(10)) &&
      number.value.lt(Exact.of(2000)),
  );
  if (heads.length === 0 || standards.length === 0) return [];
  const shares = ownShares(context);
  const rates = [...distinct(standards), ...shares.map((share) => share.amount)].sort((a, b) => a.compare(b));
  const county = standards.find((standard) =>
    /(?:县|市|区|本)级[^,。;、]{0,8}$/.test(context.text.slice(Math.max(0, standard.start - 12), standard.start)),
  );
  return due.slice(0, 4).flatMap((match): Finding[] => {
    const scale = match[2] === '万元' ? Exact.of(10000) : Exact.one;
    const digits = (match[1] ?? '').replaceAll(',', '');
    const stated = Exact.of(digits);
    const places = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0;
    const half = Exact.ratio(1n, 2n * 10n ** BigInt(places));
    for (const head of distinct(heads)) {
      // The standards that give the stated amount lie between two bounds.
      const low = stated.sub(half).mul(scale).div(head);
      const high = stated.add(half).mul(scale).div(head);
      const at = firstAtLeast(rates, low);
      if (rates[at]?.le(high) === true) return [];
    }
    const tried = nearest(distinct(heads), county, shares, stated.mul(scale)).map(
      (each) => `${each.words} = ${toFixed(each.yuan.div(scale), { places: 2, mode: 'half-up' })}${match[2]}`,
    );
    const words = tried.length === 0 ? '' : `（${tried.join('；')}）`;
    return [
      warning(RULE, {
        message: text(
          `${match[0]} 不等于文中任何人数与标准之积${words}，请附清算明细（人数 × 标准 ± 结转）`,
          `“${match[0]}” is not the product of any printed heads and standard; ask for the settlement sheet`,
        ),
        stated: `${match[1]}${match[2]}`,
        expected: tried.join('；'),
        quotes: [
          { start: match.index, end: match.index + match[0].length },
          ...(county === undefined ? [] : [{ start: county.start, end: county.end }]),
        ],
      }),
    ];
  });
};

interface OwnShare {
  readonly amount: Exact;
  readonly words: string;
}

/** What the rules make the writer's own level pay, by the standards of the year and of the year before. */
function ownShares(context: AuditContext): readonly OwnShare[] {
  const { financing, year } = context;
  const place = financing === undefined || year === undefined ? undefined : readPlace(context.text);
  if (financing === undefined || year === undefined || place === undefined || !isAboutSubsidy(context.text)) return [];
  return [year, year - 1].flatMap((standardYear) => {
    const found = financing.shares(place, standardYear, year);
    const own = found?.shares.at(-1);
    if (found === undefined || own === undefined) return [];
    const status = found.verified ? '' : '，原文未核';
    const printed = toFixed(own.amount, { places: 2, mode: 'half-up' });
    return [{ amount: own.amount, words: `${printed}元（${standardYear}年标准 ${found.standard}元${status}）` }];
  });
}

/** The products that come nearest to the stated amount, at most three. */
function nearest(
  heads: readonly Exact[],
  county: ParsedNumber | undefined,
  shares: readonly OwnShare[],
  stated: Exact,
): readonly { readonly words: string; readonly yuan: Exact }[] {
  const known = shares.some((share) => county !== undefined && share.amount.eq(county.value));
  const rates = [...shares, ...(county === undefined || known ? [] : [{ amount: county.value, words: county.text }])];
  return heads
    .flatMap((head) => rates.map((rate) => ({ words: `${head}人 × ${rate.words}`, yuan: head.mul(rate.amount), head })))
    .sort((a, b) => a.yuan.sub(stated).abs().compare(b.yuan.sub(stated).abs()))
    .slice(0, 3);
}

function distinct(numbers: readonly ParsedNumber[]): readonly Exact[] {
  const values = new Map(numbers.map((number) => [number.value.toString(), number.value]));
  return [...values.values()].sort((a, b) => a.compare(b));
}

function firstAtLeast(sorted: readonly Exact[], bound: Exact): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]?.lt(bound) === true) low = middle + 1;
    else high = middle;
  }
  return low;
}

const PER_UNIT =
  /(\d[\d,]*(?:\.\d+)?)\s*(万)?([份套台个件张册辆亩户盒箱块盏株])[^。;\n|\d]{0,10}?(?:,\s*)?(?:每\3|单价(?:为|:)?)\s*(\d+(?:\.\d+)?)\s*元(?:\/\3)?[^。;\n|\d另加含和及]{0,6}?(?:共计|合计|总计|总价|小计|共|计|=)(?:为|:)?\s*(\d[\d,]*(?:\.\d+)?)\s*(万)?元/g;

/** 5万份,每份8.5元,共45.2万元: things bought at a price. The total may hold something else, so it is asked for. */
const perUnit: Detect = (context) =>
  [...context.text.matchAll(PER_UNIT)].slice(0, 5).flatMap((match): Finding[] => {
    const number = (group: number): Exact => Exact.of((match[group] ?? '0').replaceAll(',', ''));
    const [tenThousand, one] = [Exact.of(10000), Exact.one];
    const product = number(1)
      .mul(match[2] === undefined ? one : tenThousand)
      .mul(number(4));
    const scale = match[6] === undefined ? one : tenThousand;
    const places = (match[5] ?? '').split('.')[1]?.length ?? 0;
    const half = scale.div(Exact.of(2n * 10n ** BigInt(places)));
    const stated = number(5).mul(scale);
    if (product.isZero || product.sub(stated).abs().le(half)) return [];
    const unit = match[6] === undefined ? '元' : '万元';
    const expected = `${product.div(scale)}${unit}`;
    return [
      warning(RULE, {
        message: text(
          `${match[1]}${match[2] ?? ''}${match[3]} × ${match[4]}元 = ${expected}，写的是 ${match[5]}${unit}`,
          `${match[1]}${match[2] ?? ''}${match[3]} × ${match[4]}元 = ${expected}, but ${match[5]}${unit} is printed`,
        ),
        stated: `${match[5]}${unit}`,
        expected,
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    ];
  });
