import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { JipingError, text } from '../../problem/index.ts';
import { isCalendarDate } from '../../rules/index.ts';
import { foldText } from '../cleaning/clean-value.ts';
import { type RegisterStore, writeSafely } from './register-store.ts';

/** A village or community in the county's division table. */
export interface Village {
  /** Nine or twelve digits, or whatever the county numbers its villages by. */
  readonly code: string;
  readonly town: string;
  readonly village: string;
  /** First day; empty = ever. */
  readonly from: string;
  /** First day on which it is no more; empty = still there. */
  readonly until: string;
  /** Code of the village it went into; empty = none. */
  readonly successor: string;
}

const tableSchema = z.strictObject({
  digest: z.string(),
  villages: z.array(
    z.strictObject({
      code: z.string(),
      town: z.string(),
      village: z.string(),
      from: z.string(),
      until: z.string(),
      successor: z.string(),
    }),
  ),
});

export type VillageTable = z.output<typeof tableSchema>;

const HEADINGS: Readonly<Record<keyof Village, readonly string[]>> = {
  code: ['代码', '村代码', '区划代码', '村（社区）代码'],
  town: ['乡镇', '镇', '乡镇（街道）'],
  village: ['村（社区）', '村', '村名', '村居'],
  from: ['启用日期', '开始日期', '起始日期'],
  until: ['停用日期', '撤销日期', '结束日期', '终止日期'],
  successor: ['并入代码', '并入', '后继代码', '更名后代码'],
};

/** The county's division table, if it has one. Damaged, it counts as a fault, not as none. */
export function readVillageTable(store: RegisterStore): VillageTable | undefined {
  const path = tablePath(store);
  return existsSync(path) ? tableSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** Puts a division table in the place of the one before. Versions imported earlier stay as they are. */
export function keepVillageTable(store: RegisterStore, villages: readonly Village[]): VillageTable {
  const digest = createHash('sha256').update(JSON.stringify(villages)).digest('hex');
  const table = { digest, villages: [...villages] };
  writeSafely(tablePath(store), `${JSON.stringify(table)}\n`);
  return table;
}

/**
 * Villages from the rows of a table, the heading among the first.
 * @throws JipingError `unreadable` for a missing column, a code twice, a successor that is not there or goes in a circle
 */
export function villagesOf(rows: readonly (readonly string[])[], file: string): readonly Village[] {
  const fault = (zh: string, en: string): JipingError => new JipingError('unreadable', text(zh, en), { file });
  const head = rows.findIndex((row) => HEADINGS.code.some((name) => row.includes(name)));
  const place = (key: keyof Village): number =>
    (rows[head] ?? []).findIndex((cell) => HEADINGS[key].includes(cell.trim()));
  if (head < 0 || place('village') < 0)
    throw fault(
      '区划表要有“代码”“乡镇”“村（社区）”三列，撤并的另填“停用日期”“并入代码”。',
      'a division table has the columns “代码” (code), “乡镇” (town) and “村（社区）” (village); “停用日期” and “并入代码” where one is merged',
    );
  const villages = rows.slice(head + 1).flatMap((row): readonly Village[] => {
    const cell = (key: keyof Village): string => {
      const value = foldText(row[place(key)] ?? '');
      return key === 'from' || key === 'until' ? value.replaceAll(/[/.]/g, '-') : value.replaceAll(/\s/gu, '');
    };
    const village: Village = {
      code: cell('code'),
      town: cell('town'),
      village: cell('village'),
      from: cell('from'),
      until: cell('until'),
      successor: cell('successor'),
    };
    return village.code === '' ? [] : [village];
  });
  const byCode = new Map(villages.map((village) => [village.code, village]));
  if (byCode.size !== villages.length) throw fault('区划表里有重复的代码', 'a code stands twice in the division table');
  for (const { code, from, until, successor } of villages) {
    if ([from, until].some((day) => day !== '' && !isCalendarDate(day)))
      throw fault(`区划代码 ${code} 的日期应为 YYYY-MM-DD`, `the dates of ${code} are not YYYY-MM-DD`);
    const seen = new Set([code]);
    for (let next = successor; next !== ''; next = byCode.get(next)?.successor ?? '') {
      if (!byCode.has(next)) throw fault(`并入代码 ${next} 不在区划表里`, `the successor ${next} is not in the table`);
      if (seen.has(next)) throw fault(`区划代码 ${code} 的并入绕成了圈`, `the successors of ${code} go in a circle`);
      seen.add(next);
    }
  }
  return villages;
}

/** How a place may be written, and the village it is on a day. */
export interface VillageSpelling {
  /** Empty where the village's name alone says which it is. */
  readonly town: string;
  readonly written: string;
  /** A name alone is believed only where the register does not say another town. */
  readonly by: 'code' | 'name' | 'town-and-name';
  readonly current: Pick<Village, 'town' | 'village'>;
}

/** Every code and name of the table, old ones too, with what each is on `asOf`. A name that two towns have needs its town. */
export function villageSpellings(table: VillageTable, asOf: string): readonly VillageSpelling[] {
  const byCode = new Map(table.villages.map((village) => [village.code, village]));
  const on = (village: Village): Village => {
    const next = village.until !== '' && village.until <= asOf ? byCode.get(village.successor) : undefined;
    return next === undefined ? village : on(next);
  };
  const spellings = table.villages.flatMap((village): readonly VillageSpelling[] => {
    const { town, village: name } = on(village);
    const current = { town, village: name };
    return [
      { town: '', written: village.code, by: 'code', current },
      { town: village.town, written: village.village, by: 'name', current },
      { town: '', written: village.village, by: 'name', current },
      { town: '', written: `${village.town}${village.village}`, by: 'town-and-name', current },
    ];
  });
  const meanings = new Map<string, Set<string>>();
  const key = ({ town, written }: VillageSpelling): string => `${town}|${written}`;
  for (const spelling of spellings) {
    const meant = meanings.get(key(spelling)) ?? new Set();
    meant.add(`${spelling.current.town}|${spelling.current.village}`);
    meanings.set(key(spelling), meant);
  }
  const seen = new Set<string>();
  return spellings.filter((spelling) => {
    if (meanings.get(key(spelling))?.size !== 1 || seen.has(key(spelling))) return false;
    seen.add(key(spelling));
    return true;
  });
}

function tablePath(store: RegisterStore): string {
  return join(store.home, 'villages.json');
}
