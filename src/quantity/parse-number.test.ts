import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact, findUnit, formatNumber, type ParsedNumber, parseNumber, scanNumbers } from './index.ts';

function brief(parsed: ParsedNumber | undefined): string {
  if (parsed === undefined) return 'none';
  const value =
    parsed.range === undefined
      ? parsed.value.toString()
      : `${parsed.range.low.toString()}..${parsed.range.high.toString()}`;
  return `${parsed.comparator ?? ''}${value} ${parsed.unit?.symbol ?? '-'}`;
}

function interval(text: string): string {
  const parsed = parseNumber(text);
  if (parsed === undefined) return 'none';
  const { low, high, lowClosed, highClosed } = parsed.interval;
  return `${lowClosed ? '[' : '('}${low.toString()}, ${high.toString()}${highClosed ? ']' : ')'}`;
}

describe('a cell as one number', () => {
  it.each([
    ['2109.07万元', '2109.07 万元'],
    ['2,109.07', '2109.07 -'],
    ['２，１０９．０７', '2109.07 -'],
    ['1 234 567.8', '1234567.8 -'],
    [' ≥ 177297 人 ', '≥177297 人'],
    ['＞＝95％', '≥95 %'],
    ['≦3天', '≤3 天'],
    ['═100', '=100 -'],
    ['》95%', '>95 %'],
    ['<=5300元/户', '≤5300 元/户'],
    ['758元/人*月', '758 元/人*月'],
    ['670元/人·年', '670 元/人·年'],
    ['12元/辆', '12 元/辆'],
    ['不少于2次', '≥2 次'],
    ['不超过3个工作日', '≤3 个工作日'],
    ['30日以内', '≤30 日'],
    ['80%及以上', '≥80 %'],
    ['至少两场次', '≥2 场次'],
    ['达到95%', '≥95 %'],
    ['超过500人', '>500 人'],
    ['不超20万元', '≤20 万元'],
    ['未超过5', '≤5 -'],
    ['约占9成', '≈90 %'],
    ['90%以上（含90%）', '≥90 %'],
    ['百分之百', '100 %'],
    ['一至两次', '1..2 次'],
    ['约500人', '≈500 人'],
    ['500人左右', '≈500 人'],
    ['3600余份', '≈3600 份'],
    ['20多万元', '≈20 万元'],
    ['20—30', '20..30 -'],
    ['20至30人', '20..30 人'],
    ['20%-30%', '20..30 %'],
    ['100%—80%', '80..100 %'],
    ['80%（含）-100%', '80..100 %'],
    ['三千六百份', '3600 份'],
    ['三千六', '3600 -'],
    ['三千零六', '3006 -'],
    ['一万五', '15000 -'],
    ['两百五十', '250 -'],
    ['廿五', '25 -'],
    ['二〇二四', '2024 -'],
    ['十五万八千', '158000 -'],
    ['壹拾贰万叁仟元整', '123000 元'],
    ['九十五点五', '95.5 -'],
    ['百分之九十', '90 %'],
    ['百分之九十五点五', '95.5 %'],
    ['千分之五', '5 ‰'],
    ['九成', '90 %'],
    ['九成五', '95 %'],
    ['三分之二', '2/3 -'],
    ['半年', '0.5 年'],
    ['一年半', '1.5 年'],
    ['两个半月', '2.5 个月'],
    ['1亿2000万元', '120000000 元'],
    ['3万5千', '35000 -'],
    ['32万', '320000 -'],
    ['1.2万人次', '1.2 万人次'],
    ['－80.62万元', '-80.62 万元'],
    ['负三', '-3 -'],
    ['50分', '50 分'],
    ['3个百分点', '3 个百分点'],
  ])('%s is %s', (text, expected) => {
    expect(brief(parseNumber(text))).toBe(expected);
  });

  it.each([
    '',
    '元',
    '—',
    '基本完成',
    '2024年',
    '2024年12月31日',
    '2023-12-31',
    '1,23',
    '1,2345',
    '1.2.3',
    '007',
    '1.2E+17',
    '10 20',
    '〔2024〕4号',
    '百千万',
    '十四五',
    '5元6',
    '约',
    '1次、2次',
  ])('%s is not one number', (text) => {
    expect(brief(parseNumber(text))).toBe('none');
  });

  it.each([
    ['2109.07万元', '[21090650, 21090750)'],
    ['-80.62万元', '(-806250, -806150]'],
    ['0万元', '(-5000, 5000)'],
    ['688714.32元', '[688714.32, 688714.32]'],
    ['400元', '[399.5, 400.5)'],
    ['146人', '[146, 146]'],
    ['4.5万人', '[44500, 45500)'],
    ['98%', '[0.975, 0.985)'],
    ['九成', '[0.85, 0.95)'],
    ['30日', '[30, 30]'],
    ['93分', '[93, 93]'],
    ['约500人', '[475, 525]'],
    ['近500人', '[450, 500]'],
    ['3600余份', '[3600, 3700)'],
    ['20多万元', '[200000, 300000)'],
    ['20%-30%', '[0.195, 0.305)'],
    ['十五万八千', '[157500, 158500)'],
    ['三千六百份', '[3600, 3600]'],
  ])('%s can stand for %s', (text, expected) => {
    expect(interval(text)).toBe(expected);
  });
});

const symbols = [
  '',
  '万元',
  '元',
  '亿元',
  '人',
  '人次',
  '户',
  '次',
  '份',
  '%',
  '‰',
  '元/人',
  '元/人·年',
  '个工作日',
  '分',
  '万人次',
];

describe('print and parse', () => {
  it('parse(print(x)) = x for every format', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 13n), 10n ** 13n),
        fc.integer({ min: 0, max: 4 }),
        fc.boolean(),
        fc.constantFrom(...symbols),
        fc.constantFrom(undefined, '≥', '≤', '>', '<', '=', '≈' as const),
        (digits, places, grouped, symbol, comparator) => {
          const value = Exact.ratio(digits, 10n ** BigInt(places));
          const unit = symbol === '' ? undefined : findUnit(symbol);
          const printed = formatNumber(value, {
            places,
            grouped,
            ...(unit === undefined ? {} : { unit }),
            ...(comparator === undefined ? {} : { comparator }),
          });
          for (const parsed of [parseNumber(printed), scanNumbers(`共：${printed}。`)[0]]) {
            // Twelve and more bare digits in prose may be an account; a date-like cell is a date.
            if (parsed?.kind !== 'quantity' && /^1[3-9]\d{9}$/.test(printed)) continue;
            if (parsed === undefined) throw new Error(`not read: ${printed}`);
            expect(parsed.value.eq(value)).toBe(true);
            expect(parsed.unit?.symbol).toBe(unit?.symbol);
            expect(parsed.comparator).toBe(comparator);
            expect(parsed.places).toBe(places);
          }
          const again = parseNumber(printed);
          if (again === undefined) throw new Error(`not read: ${printed}`);
          expect(
            formatNumber(again.value, {
              places: again.places,
              grouped: again.grouped,
              ...(again.unit === undefined ? {} : { unit: again.unit }),
              ...(again.comparator === undefined ? {} : { comparator: again.comparator }),
            }),
          ).toBe(printed);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes eleven digits with a sign of comparison or a unit for a quantity, bare ones for a telephone', () => {
    for (const written of ['≥13812345678', '=13812345678', '13812345678%', '13812345678份', '13812345678家'])
      for (const parsed of [parseNumber(written), scanNumbers(`共：${written}。`)[0]])
        expect(`${written} ${parsed?.kind}`).toBe(`${written} quantity`);
    expect(scanNumbers('联系13812345678。')[0]?.kind).toBe('phone');
    expect(scanNumbers('打13812345678家属接。')[0]?.kind).toBe('phone');
  });

  it('refuses to print an endless decimal without places', () => {
    expect(() => formatNumber(Exact.ratio(1n, 3n))).toThrow(/位数/);
    expect(formatNumber(Exact.ratio(1n, 3n), { places: 2 })).toBe('0.33');
  });

  it('never reads anything but what is there, and never throws', () => {
    const piece = fc.constantFrom(
      ...'0123456789.,，%‰万亿千百十一二两三零〇半成元人次年月日第（）()-—至≥≤约近超余多分之点 \n、:：以上左右/'.split(
        '',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        parseNumber(text);
        let end = 0;
        for (const number of scanNumbers(text)) {
          expect(number.start).toBeGreaterThanOrEqual(end);
          expect(number.text).toBe(text.slice(number.start, number.end));
          expect(number.text).not.toBe('');
          end = number.end;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
