import { describe, expect, it } from 'vitest';
import { PolicyRules } from '../../policy/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../../rules/index.ts';
import { auditText } from '../audit-document.ts';
import { financingOf } from './financing.ts';

const financing = financingOf(PolicyRules.load(readRuleFolder(packagedRulesFolder(), 'policy')));

function found(text: string, rule: string): string[] {
  const report = `城乡居民医保配套补助资金绩效自评报告\n(2024年度)\n主管部门:共青城市医疗保障局\n${text}`;
  return auditText(report, '', 'txt', financing)
    .findings.filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${finding.expected}`);
}

const SHARES = '个人缴费380元、中央财政补助384元、省级财政补助142.80元、县级财政补助113.20元';

describe('matching-fund amounts against the rules of the place', () => {
  it('stays silent where a head-count times the share gives the amount', () => {
    expect(found(`${SHARES}。我市参加居民医疗保险186314人,应配套补助资金2109.07万元。`, 'product-mismatch')).toEqual(
      [],
    );
    // The share of the year's own standard is not printed, yet it is the rule's.
    expect(found(`${SHARES}。我市参加居民医疗保险177297人,清算金额为2155.93万元。`, 'product-mismatch')).toEqual([]);
    expect(found(`筹资构成:${SHARES}。`, 'standard-mismatch')).toEqual([]);
  });

  it('asks for the settlement sheet and names the nearest products', () => {
    const [finding] = found(`${SHARES}。认定参保177297人,清算金额为2028.45万元。`, 'product-mismatch');
    expect(finding).toContain('177297人 × 113.20元');
    expect(finding).toContain('= 2007.00万元');
    expect(finding).toContain('= 2155.93万元');
    expect(finding).toMatch(/^warning/);
  });

  it('finds a share the rules do not give and a standard below the minimum', () => {
    expect(found('中央财政补助384元、省级财政补助153.60元、县级财政补助102.40元。', 'standard-mismatch')).toEqual([
      'warning 142.8',
      'warning 113.2',
    ]);
    expect(found('人均财政补助标准为每人每年610元。', 'standard-mismatch')).toEqual(['warning ≥640']);
    // 2024 coverage is financed by the notice of 2023 as well.
    expect(found('人均财政补助标准为每人每年640元。', 'standard-mismatch')).toEqual([]);
    expect(found('人均财政补助标准为每人每年720元。', 'standard-mismatch')).toEqual([]);
  });

  it('does not speak of other money', () => {
    const report = '农村公路养护绩效自评报告\n(2024年度)\n主管部门:共青城市交通运输局\n财政补助标准为每人每年100元。';
    expect(auditText(report, '', 'txt', financing).findings.map((finding) => finding.rule)).not.toContain(
      'standard-mismatch',
    );
  });
});
