import type { Fact } from '../fact/index.ts';
import type { ProjectBook, TableKey, TableRecord } from '../ledger/index.ts';
import { cellOf } from '../ledger/index.ts';
import { Exact, findUnit, NO_UNIT, type Unit } from '../quantity/index.ts';
import { type FactBook, numberValue, rowRanges } from './facts.ts';

/** One line of the base-data table: what is counted or added up over a ledger, and how the question reads. */
interface Datum<K extends TableKey> {
  readonly label: string;
  readonly unit: string;
  /** As a clerk would write it as a formula. */
  readonly query: string;
  readonly belongs?: (record: TableRecord<K>) => boolean;
  /** Amount of one record; absent = the record counts as one. `undefined` = the cell is blank, the row is left out. */
  readonly amount?: (record: TableRecord<K>) => Exact | undefined;
  /** Counts different texts instead of rows. */
  readonly distinct?: (record: TableRecord<K>) => string | undefined;
  /** One figure for each text of this column: what is of different kinds is not added up. */
  readonly kindOf?: { readonly column: string; readonly of: (record: TableRecord<K>) => string | undefined };
  /** People of two rows may be the same people: there is no figure unless one row states it. */
  readonly isNotAdditive?: true;
}

type Catalogue = { readonly [K in TableKey]?: readonly Datum<K>[] };

const BY_ITEM: Datum<'materials'>['kindOf'] = { column: '品名', of: (record) => record.item };
const BY_MANNER: Datum<'assistance'>['kindOf'] = { column: '救助方式', of: (record) => record.kind };
/** Items of more kinds than this are added up after all. */
const MOST_KINDS = 10;

const CATALOGUE: Catalogue = {
  publicity: [
    { label: '宣传活动', unit: '次', query: '次数(宣传活动)' },
    {
      label: '其中：集中宣传',
      unit: '次',
      query: '次数(宣传活动, 形式="集中宣传")',
      belongs: (record) => record.form === '集中宣传',
    },
  ],
  materials: [
    {
      label: '宣传品订购',
      unit: '份',
      query: '合计(宣传品发放.订购数量)',
      amount: (record) => record.ordered,
      kindOf: BY_ITEM,
    },
    {
      label: '宣传品发放',
      unit: '份',
      query: '合计(宣传品发放.发放数量)',
      amount: (record) => record.quantity,
      kindOf: BY_ITEM,
    },
  ],
  trainings: [
    {
      label: '举办会议和培训',
      unit: '次',
      query: '次数(培训会议, 方式="举办")',
      belongs: (record) => record.manner === '举办',
      amount: (record) => record.times ?? Exact.one,
    },
    {
      label: '参加会议和培训',
      unit: '次',
      query: '次数(培训会议, 方式="参加")',
      belongs: (record) => record.manner === '参加',
      amount: (record) => record.times ?? Exact.one,
    },
  ],
  supervision: [
    { label: '督导', unit: '次', query: '次数(督导约谈, 类别="督导")', belongs: (record) => record.kind === '督导' },
    { label: '约谈', unit: '次', query: '次数(督导约谈, 类别="约谈")', belongs: (record) => record.kind === '约谈' },
  ],
  inspections: [
    { label: '检查定点机构（家次）', unit: '家次', query: '次数(基金监管)' },
    {
      label: '检查定点机构（家）',
      unit: '家',
      query: '去重计数(基金监管.机构名称)',
      distinct: (record) => record.institution,
    },
    { label: '追回基金', unit: '元', query: '合计(基金监管.追回金额)', amount: (record) => record.recovered },
  ],
  assistance: [
    {
      label: '医疗救助人次',
      unit: '人次',
      query: '合计(医疗救助.人次)',
      amount: (record) => record.episodes,
      kindOf: BY_MANNER,
    },
    {
      label: '医疗救助人数',
      unit: '人',
      query: '合计(医疗救助.人数)',
      amount: (record) => record.persons,
      kindOf: BY_MANNER,
      isNotAdditive: true,
    },
    {
      label: '医疗救助金额',
      unit: '元',
      query: '合计(医疗救助.金额)',
      amount: (record) => record.amount,
      kindOf: BY_MANNER,
    },
  ],
  channels: [
    { label: '各渠道缴费人数', unit: '人', query: '合计(缴费渠道.缴费人数)', amount: (record) => record.persons },
  ],
  issues: [{ label: '填报问题', unit: '个', query: '次数(问题整改)' }],
  evidence: [{ label: '佐证材料', unit: '份', query: '次数(佐证)' }],
};

/**
 * The base data of a project: what its ledgers add up to, each with the rows it was counted from, and the newest line
 * of the enrolment progress as it was entered. Ledgers without a record give nothing: no record is not zero.
 */
export function collectBaseData(book: ProjectBook, facts: FactBook): readonly Fact[] {
  const collected: Fact[] = [...fromBasis(book, facts)];
  for (const key of Object.keys(CATALOGUE) as TableKey[]) collected.push(...fromLedger(key, book, facts));
  collected.push(...latestProgress(book, facts));
  return collected;
}

function fromLedger<K extends TableKey>(key: K, book: ProjectBook, facts: FactBook): readonly Fact[] {
  const table = book.tables[key];
  const records = table.records as readonly TableRecord<K>[];
  const data = (CATALOGUE[key] ?? []) as readonly Datum<K>[];
  return data.flatMap((datum, index) => {
    const concept = `base.${key}.${index + 1}`;
    const { kindOf, label, query } = datum;
    const kinds = kindOf === undefined ? [] : [...new Set(records.map(kindOf.of))];
    if (kindOf === undefined || kinds.length < 2 || kinds.length > MOST_KINDS)
      return figureOf(records, { ...datum, concept }, table.sheet, facts) ?? [];
    return kinds.flatMap((kind, position) => {
      const own = {
        ...datum,
        concept: `${concept}.${position + 1}`,
        label: `${kind ?? `${kindOf.column}未填`}：${label}`,
        query: query.replace(/\)$/, `, ${kindOf.column}="${kind ?? ''}")`),
      };
      const of = records.filter((record) => kindOf.of(record) === kind);
      return figureOf(of, own, table.sheet, facts) ?? [];
    });
  });
}

function figureOf<K extends TableKey>(
  records: readonly TableRecord<K>[],
  datum: Datum<K> & { readonly concept: string },
  sheet: string,
  facts: FactBook,
): Fact | undefined {
  const rows: number[] = [];
  const seen = new Set<string>();
  let sum = Exact.zero;
  for (const record of records) {
    if (datum.belongs !== undefined && !datum.belongs(record)) continue;
    if (datum.distinct !== undefined) {
      const text = datum.distinct(record);
      if (text === undefined) continue;
      seen.add(text);
    }
    const amount = datum.amount === undefined ? Exact.one : datum.amount(record);
    if (amount === undefined) continue;
    sum = sum.add(amount);
    rows.push(record.row);
  }
  if (rows.length === 0 || (datum.isNotAdditive && rows.length > 1)) return undefined;
  const value = datum.distinct === undefined ? sum : Exact.of(seen.size);
  return facts.counted({ concept: datum.concept, label: datum.label }, numberValue(value, unitOf(datum.unit)), {
    sheet,
    query: datum.query,
    rows: rowRanges(rows),
    rowCount: rows.length,
  });
}

/** Head-counts, standards and shares behind an estimate or a settlement, as entered. */
function fromBasis(book: ProjectBook, facts: FactBook): readonly Fact[] {
  const table = book.tables.basis;
  return table.records.flatMap((record) => {
    const { quantity, value, unit = '', use, asOf } = record;
    if (quantity === undefined || value === undefined) return [];
    const known = findUnit(unit);
    // A unit the table does not know stays in the name, so that no figure is printed bare.
    const name = known === undefined && unit !== '' ? `${quantity}（${unit}）` : quantity;
    const head = {
      concept: `base.basis.${record.row}`,
      label: use === undefined ? name : `${use}：${name}`,
      ...(asOf === undefined ? {} : { period: asOf }),
    };
    return [
      facts.entered(head, numberValue(value, known ?? NO_UNIT), {
        sheet: table.sheet,
        cell: cellOf(table, record, 'value'),
        evidence: record.evidence ?? [],
      }),
    ];
  });
}

const PROGRESS = [
  ['task', '参保任务数', '人'],
  ['enrolled', '参保人数', '人'],
  ['rate', '任务完成率（通报）', '%'],
  ['volumeRank', '参保总量名次', ''],
  ['rateRank', '任务完成率名次', ''],
  ['rankOf', '参排单位数', ''],
] as const;

/** The newest county line of 参保进度, figure by figure, as entered. */
function latestProgress(book: ProjectBook, facts: FactBook): readonly Fact[] {
  const table = book.tables.progress;
  const counties = table.records.filter((record) => record.unitType === '全县');
  const [newest] = [...counties].sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1));
  if (newest === undefined) return [];
  return PROGRESS.flatMap(([key, label, unit]) => {
    const value = newest[key];
    if (value === undefined) return [];
    const head = {
      concept: `base.progress.${key}`,
      label,
      ...(newest.date === undefined ? {} : { period: newest.date }),
    };
    return [
      facts.entered(head, numberValue(value, unitOf(unit)), {
        sheet: table.sheet,
        cell: cellOf(table, newest, key),
        evidence: newest.evidence ?? [],
      }),
    ];
  });
}

function unitOf(symbol: string): Unit {
  return findUnit(symbol) ?? NO_UNIT;
}
