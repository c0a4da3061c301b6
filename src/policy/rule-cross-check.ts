import { JipingError, text } from '../problem/index.ts';
import type { RuleSource } from '../rules/index.ts';
import { COUNTRY, type Jurisdictions } from './jurisdiction.ts';
import { lineOfKey, type RuleLibrary } from './rule-library.ts';

/**
 * What one file's schema cannot see: faults between files.
 * @throws JipingError `invalid-rule` naming file, line and key.
 */
export function crossCheckRules(library: RuleLibrary, jurisdictions: Jurisdictions): void {
  checkRegions(library, jurisdictions);
  const years = new Map<string, string>();
  for (const { source, data } of library.standards)
    for (const entry of data.years) {
      const key = `${data.jurisdiction}|${entry.year}`;
      const other = years.get(key);
      if (other !== undefined)
        throw fault(
          source,
          `year: ${entry.year}`,
          `years.${entry.year}`,
          `${entry.year} 年的标准已在 ${other} 中（有效期重叠）`,
        );
      years.set(key, source.file);
      if (data.jurisdiction === COUNTRY) continue;
      const minimum = library.standards
        .filter((file) => file.data.jurisdiction === COUNTRY)
        .flatMap((file) => file.data.years)
        .find((national) => national.year === entry.year);
      if (minimum !== undefined && entry.subsidy.amount.lt(minimum.subsidy.amount))
        throw fault(
          source,
          `year: ${entry.year}`,
          `years.${entry.year}.subsidy`,
          `${entry.year} 年补助标准 ${entry.subsidy.amount} 元低于国家最低标准 ${minimum.subsidy.amount} 元`,
        );
    }
  checkOverlaps(library);
  checkMemberships(library);
}

function checkRegions(library: RuleLibrary, jurisdictions: Jurisdictions): void {
  const check = (source: RuleSource, code: string): void => {
    if (jurisdictions.byCode(code) === undefined)
      throw fault(source, code, 'region', `没有区划代码 ${code}；新设地区请在 regions 中声明`);
  };
  const { standards, sharing, memberships, aid, central } = library;
  for (const { source, data } of [...standards, ...sharing, ...aid]) check(source, data.jurisdiction);
  for (const { source, data } of memberships) check(source, data.region);
  for (const { source, data } of central)
    for (const period of data.periods)
      for (const tier of period.tiers) for (const member of tier.members) check(source, member.region);
}

/** Two files of one jurisdiction may not both rule the same group, class and time. */
function checkOverlaps(library: RuleLibrary): void {
  const { sharing } = library;
  for (const [index, file] of sharing.entries())
    for (const other of sharing.slice(0, index)) {
      if (other.data.jurisdiction !== file.data.jurisdiction) continue;
      for (const plan of file.data.plans)
        for (const rival of other.data.plans)
          if (
            plan.class === rival.class &&
            plan.groups.some((group) => rival.groups.includes(group)) &&
            plan.validity.from <= (rival.validity.to ?? '9999') &&
            rival.validity.from <= (plan.validity.to ?? '9999')
          )
            throw fault(
              file.source,
              `id: ${plan.id}`,
              `plans.${plan.id}.validity`,
              `与 ${other.source.file} 的方案 ${rival.id} 有效期重叠；要替换它，请用同一个 id（${other.data.id}）`,
            );
    }
}

function checkMemberships(library: RuleLibrary): void {
  const { memberships, central, sharing } = library;
  for (const [index, { source, data }] of memberships.entries()) {
    const classes = [
      ...central
        .filter((file) => file.data.id === data.of)
        .flatMap((file) => file.data.periods.flatMap((period) => period.tiers.map((tier) => tier.id))),
      ...sharing
        .filter((file) => file.data.id === data.of)
        .flatMap((file) => file.data.classes.map((entry) => entry.id)),
    ];
    if (!classes.includes(data.class))
      throw fault(
        source,
        'class:',
        'class',
        `规则 ${data.of} 没有档次或类别 ${data.class}；可用：${classes.join('、')}`,
      );
    const rival = memberships
      .slice(0, index)
      .find(
        (other) =>
          other.data.of === data.of &&
          other.data.region === data.region &&
          data.validity.from <= (other.data.validity.to ?? '9999') &&
          other.data.validity.from <= (data.validity.to ?? '9999'),
      );
    if (rival !== undefined) throw fault(source, 'from:', 'validity.from', `与 ${rival.source.file} 的有效期重叠`);
  }
  for (const { source, data } of central)
    for (const period of data.periods) {
      const seen = new Map<string, string>();
      for (const tier of period.tiers)
        for (const member of tier.members) {
          const other = seen.get(member.region);
          if (other !== undefined && member.from === undefined)
            throw fault(
              source,
              member.region,
              `periods.${period.id}.tiers.${tier.id}`,
              `${member.region} 已在 ${other} 中`,
            );
          seen.set(member.region, tier.id);
        }
    }
}

function fault(source: RuleSource, near: string, key: string, zh: string): JipingError {
  return new JipingError('invalid-rule', text(zh, `${key}: ${zh}`), {
    file: source.file,
    line: lineOfKey(source, near),
    key,
  });
}
