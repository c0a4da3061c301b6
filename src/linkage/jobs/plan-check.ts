import {
  type Column,
  choose,
  coalesce,
  column,
  type Expression,
  equal,
  isNull,
  not,
  same,
  whole,
  words,
} from '../plan/plan.ts';
import { LINK_COLUMNS } from './decision-journal.ts';
import type { Check, ComparisonParameters } from './job-rules.ts';
import { isSure, type PlanBuilder, SHOWN } from './person-match.ts';

/** Columns of a finding, in order. `right_row` is null where nothing stands on the right. */
export const FINDING_COLUMNS = [
  'finding',
  'check',
  'level',
  'left_row',
  'right_kind',
  'right_row',
  ...SHOWN,
  'detail',
  'money',
] as const;

/** What towns and villages work on: no identity number, sorted as it is printed. */
const WORK_LIST_COLUMNS = [
  'town',
  'check',
  'village',
  'group',
  'household',
  'left_row',
  'finding',
  'name',
  'sex',
  'birth',
  'head',
  'phone',
  'school',
  'grade',
  'employer',
] as const;

/** How findings are sorted: within a village as their register is, which is the same in every data folder. */
export const FINDING_ORDER = ['check', 'town', 'village', 'left_row', 'finding'] as const;

/** Writes the work list of findings of these checks; `more` columns go with it. */
export function planWorkList(
  builder: PlanBuilder,
  from: string,
  checks: readonly string[],
  more: readonly string[],
): void {
  const listed = builder.add({ kind: 'filter', from, where: { kind: 'one-of', of: column('check'), values: checks } });
  const list = builder.add({ kind: 'project', from: listed, columns: same(...WORK_LIST_COLUMNS, ...more) });
  builder.add({ kind: 'write', from: list, target: 'worklist', order: WORK_LIST_COLUMNS.slice(0, 6) });
}

/**
 * Adds the steps of one check and gives the step that holds its findings, one row each. `linked`: persons accepted pairs of
 * this check, which stand in the table `accepted`.
 */
export function planCheck(
  builder: PlanBuilder,
  check: Check,
  parameters: ComparisonParameters,
  linked = false,
): string {
  const leftFields = [
    ...new Set([
      ...SHOWN,
      ...check.per,
      ...fieldsOf(check, 0),
      ...moneyField(check),
      ...(check.key === undefined ? [] : [check.key]),
    ]),
  ];
  let left = builder.source(check.left, leftFields);
  const lefts = [check.left];
  if (check.without.length > 0) left = builder.filterBy('anti', left, lefts, check.without, true);
  if (check.within.length > 0) left = builder.filterBy('semi', left, lefts, check.within, true);
  const found =
    check.shape === 'repeated'
      ? repeated(builder, check, left)
      : check.shape === 'missing'
        ? missing(builder, check, left)
        : matched(builder, check, left, parameters, linked);
  const money: Expression =
    check.money === undefined
      ? { kind: 'null', type: 'whole' }
      : check.money === 'subsidy' || check.money === 'premium'
        ? whole(parameters[check.money])
        : column(check.money);
  const person = personOf('');
  const shown = builder.add({
    kind: 'project',
    from: found,
    columns: [
      {
        name: 'finding',
        value: { kind: 'keyed', of: { kind: 'joined', of: [words(check.check), person, ...check.per.map(column)] } },
      },
      { name: 'check', value: words(check.check) },
      { name: 'level', value: column('level') },
      { name: 'left_row', value: column('key') },
      { name: 'right_kind', value: column('right_kind') },
      { name: 'right_row', value: column('right_row') },
      ...same(...SHOWN),
      { name: 'detail', value: column('detail') },
      { name: 'money', value: money },
    ],
  });
  return builder.add(
    { kind: 'distinct', from: shown, by: ['finding'], order: ['level', 'left_row', 'right_kind', 'right_row'] },
    true,
  );
}

/** The person of a row: the number, else name, birth, sex and village. */
export function personOf(prefix: '' | 'l.'): Expression {
  const parts = ['name', 'birth', 'sex', 'village'].map((name) => column(`${prefix}${name}`));
  return coalesce(column(`${prefix}id`), { kind: 'joined', of: parts });
}

function fieldsOf(check: Check, side: 0 | 1): readonly string[] {
  return [check.differs?.[side], check.total?.[side]].filter((name) => name !== undefined);
}

function moneyField(check: Check): readonly string[] {
  return check.money === undefined || check.money === 'subsidy' || check.money === 'premium' ? [] : [check.money];
}

const NOTHING_RIGHT: readonly Column[] = [
  { name: 'right_kind', value: { kind: 'null', type: 'text' } },
  { name: 'right_row', value: { kind: 'null', type: 'whole' } },
  { name: 'detail', value: { kind: 'null', type: 'text' } },
];

function carried(check: Check): readonly string[] {
  return [...new Set(['key', 'id', ...SHOWN, ...check.per, ...moneyField(check)])];
}

function repeated(builder: PlanBuilder, check: Check, left: string): string {
  const persons = builder.add({
    kind: 'project',
    from: left,
    columns: [...same(...carried(check)), { name: 'person', value: personOf('') }],
  });
  const counts = builder.add({
    kind: 'aggregate',
    from: persons,
    by: ['person', ...check.per],
    measures: [{ name: 'times', measure: 'count' }],
  });
  const twice = builder.add({
    kind: 'filter',
    from: counts,
    where: { kind: 'less', left: whole(1), right: column('times') },
  });
  return builder.add({
    kind: 'join',
    how: 'inner',
    left: persons,
    right: twice,
    on: [['person', 'person'], ...check.per.map((name) => [name, name] as const)],
    columns: [
      ...carried(check).map((name) => ({ name, value: column(`l.${name}`) })),
      { name: 'level', value: words('L2') },
      ...NOTHING_RIGHT,
    ],
  });
}

function missing(builder: PlanBuilder, check: Check, left: string): string {
  const lefts = [check.left];
  if (check.key !== undefined) {
    const right = builder.sources(check.rights, [check.key]);
    const unfound = builder.add({ kind: 'join', how: 'anti', left, right, on: [[check.key, check.key]] });
    return builder.add({
      kind: 'project',
      from: unfound,
      columns: [...same(...carried(check)), { name: 'level', value: words('—') }, ...NOTHING_RIGHT],
    });
  }
  const rights = [...check.rights, ...check.besides].filter((source) => builder.has(source));
  const right = builder.sources(rights, []);
  const unfound = builder.add({ kind: 'join', how: 'anti', left, right, on: [['id', 'id']] }, true);
  const pairs = builder.likePairs(unfound, right, { left, lefts, rights, unfound: true });
  let open = unfound;
  let level: Expression = words('—');
  if (pairs !== undefined) {
    const sure = builder.add({ kind: 'filter', from: pairs, where: isSure() });
    open = builder.add({ kind: 'join', how: 'anti', left: unfound, right: sure, on: [['key', 'lkey']] });
    const doubtful = builder.add({
      kind: 'aggregate',
      from: pairs,
      by: ['lkey'],
      measures: [{ name: 'level', measure: 'greatest', of: 'level' }],
    });
    open = builder.add({
      kind: 'join',
      how: 'left',
      left: open,
      right: doubtful,
      on: [['key', 'lkey']],
      columns: [
        ...carried(check).map((name) => ({ name, value: column(`l.${name}`) })),
        { name: 'level', value: coalesce(column('r.level'), words('—')) },
      ],
    });
    level = column('level');
  }
  if (check.household) {
    const insured = builder.filterBy('semi', left, lefts, check.rights, true);
    open = builder.add({ kind: 'join', how: 'semi', left: open, right: insured, on: [['household', 'household']] });
  }
  return builder.add({
    kind: 'project',
    from: open,
    columns: [...same(...carried(check)), { name: 'level', value: level }, ...NOTHING_RIGHT],
  });
}

function matched(
  builder: PlanBuilder,
  check: Check,
  left: string,
  parameters: ComparisonParameters,
  linked: boolean,
): string {
  const lefts = [check.left];
  const rights = check.rights.filter((source) => builder.has(source));
  const rightFields = [...new Set([...fieldsOf(check, 1), ...DETAILS])];
  const right = builder.sources(rights, rightFields);
  const carry = [...new Set([...carried(check), ...fieldsOf(check, 0)])];
  const both = (side: 'l' | 'r'): readonly Column[] => [
    ...carry.map((name) => ({ name, value: column(`l.${name}`) })),
    { name: 'right_kind', value: column('r.kind') },
    { name: 'right_row', value: column('r.key') },
    ...rightFields.map((name) => ({ name: `right_${name}`, value: column(`${side}.${name}`) })),
  ];
  const hits = builder.add({
    kind: 'join',
    how: 'inner',
    left,
    right,
    on: [['id', 'id']],
    columns: [
      ...both('r'),
      { name: 'left_raw', value: coalesce(column('l.id_raw'), column('l.id')) },
      { name: 'right_raw', value: coalesce(column('r.id_raw'), column('r.id')) },
    ],
  });
  const levelled = builder.add({
    kind: 'compare',
    from: hits,
    name: 'level',
    levels: [{ level: 'L1', same: [['left_raw', 'right_raw']] }],
    otherwise: 'L2',
  });
  const columns = [...carry, 'right_kind', 'right_row', ...rightFields.map((name) => `right_${name}`), 'level'];
  const parts = [builder.add({ kind: 'project', from: levelled, columns: same(...columns) })];
  const pairs = builder.likePairs(left, right, { left, lefts, rights, unfound: false });
  if (pairs !== undefined) {
    const withLeft = builder.add({
      kind: 'join',
      how: 'inner',
      left: pairs,
      right: left,
      on: [['lkey', 'key']],
      columns: [
        ...carry.map((name) => ({ name, value: column(`r.${name}`) })),
        ...['rkey', 'rkind', 'level'].map((name) => ({ name, value: column(`l.${name}`) })),
      ],
    });
    parts.push(
      builder.add({
        kind: 'join',
        how: 'inner',
        left: withLeft,
        right,
        on: [
          ['rkey', 'key'],
          ['rkind', 'kind'],
        ],
        columns: [...both('r'), { name: 'level', value: column('l.level') }],
      }),
    );
  }
  if (linked) {
    const accepted = builder.add({
      kind: 'filter',
      from: builder.add({
        kind: 'scan',
        table: 'accepted',
        columns: LINK_COLUMNS.map((name) => ({ name, type: 'text', present: true })),
      }),
      where: equal(column('check'), words(check.check)),
    });
    const keyed = (...of: readonly Expression[]): Expression => ({ kind: 'keyed', of: { kind: 'joined', of } });
    const persons = builder.add({
      kind: 'project',
      from: left,
      columns: [...same(...carry), { name: 'finding', value: keyed(words(check.check), personOf('')) }],
    });
    const named = builder.add({
      kind: 'join',
      how: 'inner',
      left: persons,
      right: accepted,
      on: [['finding', 'finding']],
      columns: [
        ...carry.map((name) => ({ name, value: column(`l.${name}`) })),
        ...['right_kind', 'right_person'].map((name) => ({ name, value: column(`r.${name}`) })),
      ],
    });
    const theirs = builder.add({
      kind: 'project',
      from: right,
      columns: [
        ...same('key', 'kind', ...rightFields),
        { name: 'person', value: keyed(words('person'), column('kind'), personOf('')) },
      ],
    });
    parts.push(
      builder.add({
        kind: 'join',
        how: 'inner',
        left: named,
        right: theirs,
        on: [
          ['right_kind', 'kind'],
          ['right_person', 'person'],
        ],
        columns: [...both('r'), { name: 'level', value: words('linkage') }],
      }),
    );
  }
  let found = parts.length === 1 ? (parts[0] ?? '') : builder.add({ kind: 'union', from: parts });
  if (check.levels.length > 0)
    found = builder.add({
      kind: 'filter',
      from: found,
      where: { kind: 'one-of', of: column('level'), values: check.levels },
    });
  if (check.differs !== undefined) {
    const [mine, theirs] = [column(check.differs[0]), column(`right_${check.differs[1]}`)];
    found = builder.add({ kind: 'filter', from: found, where: not(equal(mine, theirs)) });
  }
  if (check.total !== undefined) {
    const sum: Expression = {
      kind: 'add',
      of: [coalesce(column(check.total[0]), whole(0)), coalesce(column(`right_${check.total[1]}`), whole(0))],
    };
    found = builder.add({
      kind: 'filter',
      from: found,
      where: not(equal(sum, whole(parameters[check.not ?? 'premium']))),
    });
  }
  const detail: Expression = coalesce(...DETAILS.map((name) => column(`right_${name}`)));
  return builder.add({
    kind: 'project',
    from: found,
    columns: [
      ...same(...carried(check), 'level', 'right_kind', 'right_row'),
      { name: 'detail', value: choose(isNull(detail), words(''), detail) },
    ],
  });
}

/** Fields of the right record that tell where it is from; the first that is there is shown. */
const DETAILS = ['pool', 'employer', 'died', 'category', 'paid'] as const;
