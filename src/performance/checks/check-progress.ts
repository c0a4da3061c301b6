import type { TableRecord } from '../../ledger/index.ts';
import { Exact } from '../../quantity/index.ts';
import { placeOf } from '../place-of.ts';
import type { Scoring } from '../scoring-context.ts';

type Progress = TableRecord<'progress'>;

/** Per date and coverage year the units must add up to the county's own line, heads and tasks alike. */
export function checkProgress({ book, problems }: Scoring): void {
  const sheet = book.tables.progress;
  const groups = new Map<string, Progress[]>();
  for (const record of sheet.records) {
    const key = `${record.date ?? ''}|${record.coverageYear?.toString() ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  for (const group of groups.values()) {
    const county = group.find((record) => record.unitType === '全县');
    const units = group.filter((record) => record.unitType !== '全县');
    if (county === undefined || units.length === 0) continue;
    for (const [key, name] of [
      ['enrolled', '参保人数'],
      ['task', '任务数'],
    ] as const) {
      const whole = county[key];
      const parts = units.flatMap((unit) => unit[key] ?? []);
      if (whole === undefined || parts.length < units.length) continue;
      const sum = Exact.sum(parts);
      if (sum.eq(whole)) continue;
      problems.add(
        'progress-sum-differs',
        `${county.date ?? ''}各单位${name}之和${sum.toString()}与全县数${whole.toString()}相差${whole.sub(sum).abs().toString()}`,
        `the units add up to ${sum.toString()}, the county line says ${whole.toString()}`,
        placeOf(sheet, county, key),
      );
    }
  }
}
