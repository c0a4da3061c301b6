import { describe, expect, it } from 'vitest';
import { JipingError } from '../problem/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../rules/index.ts';
import { explainShare } from './explain-share.ts';
import { PolicyRules } from './policy-rules.ts';
import { budgetYear, noticeYear } from './policy-years.ts';
import { packagedPolicy } from './testing/policy-fixtures.ts';

const COUNTY = `id: local.county
kind: sharing
version: "1"
title: 丰顺县分担
jurisdiction: "441423"
plans:
  - id: own
    groups: [residents, students-local, aided-*]
    validity: {from: 2024-01-01}
    verified: true
    status: 已核原文
    documents: [丰府〔2024〕1号]
    levels:
      - {level: central, method: NATIONAL_TIER}
      - {level: province, method: RATIO_OF_REMAINDER, ratio: 0.85}
      - {level: county}
examples:
  - {about: 670 元, year: 2024, standard: 670, shares: {central: 201, province: 398.65, county: 70.35}}
`;

function refusal(content: string): JipingError {
  try {
    packagedPolicy([{ file: 'local/county.yaml', content }]);
  } catch (error) {
    if (error instanceof JipingError) return error;
    throw error;
  }
  throw new Error('the wrong file was accepted');
}

function lineOf(content: string, words: string): number {
  return content.split('\n').findIndex((line) => line.includes(words)) + 1;
}

describe('a county adds its own rules without code', () => {
  it('computes by the county file, and by its province again elsewhere', () => {
    const rules = packagedPolicy([{ file: 'local/county.yaml', content: COUNTY }]);
    const explained = explainShare(rules, {
      region: rules.jurisdictions.find('丰顺'),
      group: 'residents',
      budget: budgetYear(2024),
      standard: noticeYear(2024),
    });
    expect(explained.shares.map((share) => share.amount.toString())).toEqual(['201', '398.65', '70.35']);
    expect(explained.shares[1]?.reading.document).toBe('丰府〔2024〕1号');
  });

  it('puts one county into another tier for some years (a dated exception)', () => {
    const rules = packagedPolicy([
      {
        file: 'local/tier.yaml',
        content: `id: local.tier
kind: membership
version: "1"
title: 比照西部
region: "360482"
of: policy.central
class: T1
validity: {from: 2022-01-01, to: 2023-12-31}
verified: true
status: 已核原文
documents: [某财社〔2021〕9号]
`,
      },
    ]);
    const region = rules.jurisdictions.find('共青城');
    const central = (year: number): string =>
      explainShare(rules, { region, group: 'residents', budget: budgetYear(year), standard: noticeYear(year) })
        .shares.map((share) => share.amount.toString())
        .slice(0, 1)
        .join();
    expect([2021, 2022, 2023, 2024].map(central)).toEqual(['348', '488', '512', '402']);
  });

  it('replaces a packaged file by one of the same id', () => {
    const content = COUNTY.replace('id: local.county', 'id: policy.sharing.guangdong')
      .replace('"441423"', '"440000"')
      .replace('about: 670 元,', 'about: 670 元, region: "441423",');
    const rules = packagedPolicy([{ file: 'local/guangdong.yaml', content }]);
    expect(
      rules.plan(rules.jurisdictions.find('丰顺'), 'residents', budgetYear(2024)).levels.map((level) => level.level),
    ).toEqual(['central', 'province', 'county']);
  });
});

describe('a wrong rule file is refused with file, line and key', () => {
  it.each([
    [
      'a misspelt method',
      COUNTY.replace('RATIO_OF_REMAINDER', 'RATIO_OF_REST'),
      'RATIO_OF_REST',
      /plans\.0\.levels\.1/,
    ],
    ['a ratio above one', COUNTY.replace('0.85', '85'), 'ratio: 85', /plans\.0\.levels\.1\.ratio/],
    ['an unknown key', COUNTY.replace('verified: true', 'verfied: true'), 'verfied', /plans\.0/],
    [
      'a method on the last level',
      COUNTY.replace('{level: county}', '{level: county, method: RATIO_OF_TOTAL, ratio: 0.1}'),
      'level: county,',
      /levels\.2/,
    ],
    [
      'a rule from the middle of a year',
      COUNTY.replace('from: 2024-01-01', 'from: 2024-07-01'),
      'from: 2024-07-01',
      /validity\.from/,
    ],
    ['a region that does not exist', COUNTY.replace('"441423"', '"441499"'), '441499', /region/],
    [
      'an example that does not come out',
      COUNTY.replace('70.35', '70.36').replace('398.65', '398.64'),
      'about: 670',
      /examples/,
    ],
  ])('%s', (_name, content, near, key) => {
    const error = refusal(content);
    expect(error.code).toBe('invalid-rule');
    expect(error.where.file).toBe('local/county.yaml');
    expect(error.where.key).toMatch(key);
    expect(Math.abs((error.where.line ?? 0) - lineOf(content, near))).toBeLessThanOrEqual(near === 'verfied' ? 5 : 1);
  });

  it.each([
    ['overlap', '2024-06-30', /重叠/],
    ['gap', '2022-12-31', /缺口/],
  ])('an %s of validity within a file', (_name, _day, message) => {
    const second = COUNTY.slice(COUNTY.indexOf('  - id: own'), COUNTY.indexOf('examples:'))
      .replace('id: own', 'id: later')
      .replace('from: 2024-01-01', message.source === '重叠' ? 'from: 2025-01-01' : 'from: 2027-01-01');
    const first =
      message.source === '重叠' ? COUNTY : COUNTY.replace('{from: 2024-01-01}', '{from: 2024-01-01, to: 2025-12-31}');
    const error = refusal(first.replace('examples:', `${second}examples:`));
    expect(error.text.zh).toMatch(message);
    expect(error.where).toMatchObject({ file: 'local/county.yaml', key: 'plans.1.validity.from' });
  });

  it('an overlap between two files, and a local standard below the national minimum', () => {
    const rival = COUNTY.replace('local.county', 'local.rival');
    expect(() =>
      packagedPolicy([
        { file: 'local/county.yaml', content: COUNTY },
        { file: 'local/rival.yaml', content: rival },
      ]),
    ).toThrow(/重叠/);
    const low = `id: local.low
kind: standards
version: "1"
title: 低标准
jurisdiction: "441423"
years:
  - year: 2024
    subsidy: {amount: 600, verified: true, status: 已核原文}
`;
    expect(refusal(low).text.zh).toMatch(/低于国家最低标准 670/);
  });
});

describe('the packaged rules', () => {
  it('mark as unverified whatever says it was not read or not filled', () => {
    for (const source of readRuleFolder(packagedRulesFolder(), 'policy'))
      for (const [index, line] of source.content.split('\n').entries()) {
        const status = /status: .*(未核|待填|常识)/.test(line);
        const before = source.content.split('\n')[index - 1] ?? '';
        const datum = line.includes('verified:') ? line : before;
        if (status) expect(`${source.file}: ${datum}`).not.toMatch(/verified: true/);
      }
  });

  it('fail to load when an example is changed: the examples are tests', () => {
    const sources = readRuleFolder(packagedRulesFolder(), 'policy').map((source) => ({
      ...source,
      content: source.content.replace('county: 113.20', 'county: 113.21'),
    }));
    expect(() => PolicyRules.load(sources)).toThrow(/113\.21/);
  });

  it('find a place by its usual short name, its full path or its code, and refuse an ambiguous one', () => {
    const { jurisdictions } = packagedPolicy();
    for (const name of ['共青城', '共青城市', '江西省共青城市', '九江/共青城', '360482'])
      expect(jurisdictions.find(name).code).toBe('360482');
    expect(jurisdictions.find('共青城').path.map((place) => place.name)).toEqual([
      '全国',
      '江西省',
      '九江市',
      '共青城市',
    ]);
    expect(() => jurisdictions.find('鼓楼区')).toThrow(/4 个地区/);
    expect(() => jurisdictions.find('无此县')).toThrow(/没有找到/);
  });
});
