import { z } from 'zod';
import { JipingError, text } from '../../problem/index.ts';
import { flag, integer, packagedRulesFolder, parseRuleFile, readRuleFolder, words } from '../../rules/index.ts';
import { findRegisterKind, type RegisterKind } from '../kinds/register-kinds.ts';
import type { Dataset } from './dataset.ts';

const supplySchema = z.strictObject({
  id: words(),
  version: words(),
  title: words(),
  verified: flag(),
  status: words(),
  /** Days after the day a supply is due before it counts as overdue. */
  grace: integer(),
  supplies: z.array(
    z.strictObject({
      kind: words(),
      /** Months from one register to the next. */
      every: integer(),
      agency: words().optional(),
    }),
  ),
});
export type SupplyRules = z.output<typeof supplySchema>;

/** How one agency stands with one kind of register. */
export interface Supply {
  readonly kind: string;
  readonly title: string;
  readonly agency: string;
  /** As-of day of the newest register; undefined when none ever came. */
  readonly last?: string;
  /** Day from which the next one is expected; undefined when none ever came. */
  readonly due?: string;
  readonly state: 'supplied' | 'overdue' | 'missing';
}

/** @throws JipingError `invalid-rule` */
export function loadSupplyRules(): SupplyRules {
  const source = readRuleFolder(packagedRulesFolder(), 'comparison').find(({ file }) =>
    file.endsWith('/supplies.yaml'),
  );
  if (source === undefined)
    throw new JipingError('invalid-rule', text('缺少 supplies.yaml', 'supplies.yaml is missing'), {});
  return parseRuleFile(source, supplySchema);
}

/** Every agency and kind that is to supply registers, with what is overdue on `today` or never came. */
export function listSupplies(
  datasets: readonly Dataset[],
  kinds: readonly RegisterKind[],
  rules: SupplyRules,
  today: string,
): readonly Supply[] {
  return rules.supplies.flatMap(({ kind: name, every, agency }): readonly Supply[] => {
    const { kind, title, supplier } = findRegisterKind(kinds, name);
    const newest = new Map<string, string>();
    for (const { manifest } of datasets)
      if (manifest.kind === kind && manifest.asOf <= today && (newest.get(manifest.agency) ?? '') < manifest.asOf)
        newest.set(manifest.agency, manifest.asOf);
    const agencies = agency === undefined ? [...newest.keys()].sort() : [agency];
    return (agencies.length === 0 ? [supplier] : agencies).map((from) => {
      const last = newest.get(from);
      if (last === undefined) return { kind, title, agency: from, state: 'missing' };
      const due = monthsLater(last, Number(every));
      const state = daysLater(due, Number(rules.grace)) < today ? 'overdue' : 'supplied';
      return { kind, title, agency: from, last, due, state };
    });
  });
}

/** The same day some months on, or the last day of that month. */
function monthsLater(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
