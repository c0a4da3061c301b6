import type { Dataset } from '../../register/index.ts';
import {
  all,
  type Column,
  choose,
  coalesce,
  column,
  type Expression,
  equal,
  isNull,
  type Node,
  not,
  type Plan,
  type Step,
  same,
  whole,
  words,
} from '../plan/plan.ts';
import type { ComparisonParameters, RegisterSource } from './job-rules.ts';

/** Rows of the n-th dataset of a kind are numbered from here on, so that a row number names one row of one dataset. */
export const ROWS_PER_DATASET = 10_000_000_000n;

const IDENTITY = ['id', 'id_raw', 'name', 'birth', 'sex', 'village'] as const;
/** What a finding shows of the left person. */
export const SHOWN = [
  'name',
  'birth',
  'sex',
  'town',
  'village',
  'group',
  'household',
  'head',
  'phone',
  'school',
  'grade',
  'employer',
] as const;
const LIKENESS = ['name', 'birth', 'sex'] as const;
const WHOLE_FIELDS: ReadonlySet<string> = new Set(['amount', 'aid_amount']);

/** The datasets a plan may read: newest of each agency, by kind. */
export type DatasetsOf = (kind: string) => readonly Dataset[];

/** Both sides of a match: the whole left rows, and which registers they are from. */
export interface MatchSides {
  readonly left: string;
  readonly lefts: readonly RegisterSource[];
  readonly rights: readonly RegisterSource[];
  /** The left rows to be matched are those whose number does not stand on the right. */
  readonly unfound: boolean;
}

/** Pairs that stand without a person's decision. */
export const isSure = (): Expression => ({ kind: 'one-of', of: column('level'), values: ['L3', 'L3*'] });

/** Collects the steps of a plan; the names of steps are made from what they hold. */
export class PlanBuilder {
  readonly steps: Step[] = [];
  readonly datasets = new Map<string, Dataset>();
  readonly #of: DatasetsOf;
  readonly #parameters: ComparisonParameters;
  #count = 0;

  constructor(of: DatasetsOf, parameters: ComparisonParameters) {
    this.#of = of;
    this.#parameters = parameters;
  }

  plan(): Plan {
    return { steps: this.steps };
  }

  add(node: Node, keep = false): string {
    this.#count += 1;
    const name = `t${this.#count}_${node.kind}`;
    this.steps.push({ name, node, ...(keep ? { keep } : {}) });
    return name;
  }

  has(source: RegisterSource): boolean {
    return this.#of(source.kind).length > 0;
  }

  /** Rows of a register that meet its conditions, with `key`, the identity columns and `more`. */
  source(source: RegisterSource, more: readonly string[]): string {
    const names = [...new Set([...IDENTITY, ...more, ...source.where.map(({ field }) => field)])];
    const parts = this.#of(source.kind).map((dataset, index) => {
      const { manifest } = dataset;
      this.datasets.set(manifest.id, dataset);
      const scan = this.add({
        kind: 'scan',
        table: manifest.id,
        place: 'row',
        columns: names.map((name) => ({
          name,
          type: WHOLE_FIELDS.has(name) ? 'whole' : 'text',
          present: manifest.columns.includes(name),
        })),
      });
      const conditions = source.where.map((condition): Expression => {
        const field = column(condition.field);
        if (condition.in !== undefined) return { kind: 'one-of', of: field, values: condition.in };
        if (condition.notMoney !== undefined)
          return not(equal(coalesce(field, whole(0)), whole(this.#parameters[condition.notMoney])));
        return condition.empty === false ? not(isNull(field)) : isNull(field);
      });
      const filtered =
        conditions.length === 0 ? scan : this.add({ kind: 'filter', from: scan, where: all(...conditions) });
      const key: Expression =
        index === 0 ? column('row') : { kind: 'add', of: [column('row'), whole(BigInt(index) * ROWS_PER_DATASET)] };
      const kept = [...new Set([...IDENTITY, ...more])];
      return this.add({ kind: 'project', from: filtered, columns: [{ name: 'key', value: key }, ...same(...kept)] });
    });
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? only : this.add({ kind: 'union', from: parts });
  }

  /** Rows of several registers in one, with the kind each is of. */
  sources(sources: readonly RegisterSource[], more: readonly string[]): string {
    const parts = sources
      .filter((source) => this.has(source))
      .map((source) => {
        const rows = this.source(source, more);
        return this.add({
          kind: 'project',
          from: rows,
          columns: [...same('key', ...new Set([...IDENTITY, ...more])), { name: 'kind', value: words(source.kind) }],
        });
      });
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? only : this.add({ kind: 'union', from: parts });
  }

  /** Whether rows without a sound identity number occur at all; if not, likeness need not be looked for. */
  #lacksNumbers(sources: readonly RegisterSource[]): boolean {
    return sources.some((source) => this.#of(source.kind).some(({ manifest }) => manifest.withoutId > 0));
  }

  /** Whether every dataset of these registers says where its persons live. */
  #hasVillage(sources: readonly RegisterSource[]): boolean {
    return sources.every((source) =>
      this.#of(source.kind).every(({ manifest }) => manifest.columns.includes('village')),
    );
  }

  /**
   * Pairs (`lkey`, `rkey`, `rkind`, `level`) of the same person by likeness, where one side has no sound number and the other
   * side's number stands on its own: equal name, birth, sex and village (L3); registers that have no village are compared
   * without it (L3*). Where another person could be meant the level is L4: a person must decide.
   */
  likePairs(left: string, right: string, sides: MatchSides): string | undefined {
    const placed = this.#hasVillage(sides.lefts) ? sides.rights.filter((source) => this.#hasVillage([source])) : [];
    const unplaced = sides.rights.filter((source) => !placed.includes(source));
    const parts = [
      this.#likePairsBy([...LIKENESS, 'village'], 'L3', left, right, { ...sides, rights: placed }),
      this.#likePairsBy(LIKENESS, 'L3*', left, right, { ...sides, rights: unplaced }),
    ].filter((part) => part !== undefined);
    const [only] = parts;
    return only === undefined || parts.length === 1 ? only : this.add({ kind: 'union', from: parts }, true);
  }

  #likePairsBy(
    fields: readonly string[],
    sure: string,
    left: string,
    allRight: string,
    sides: MatchSides,
  ): string | undefined {
    const [lefts, rights] = [this.#lacksNumbers(sides.lefts), this.#lacksNumbers(sides.rights)];
    if (sides.rights.length === 0 || (!lefts && !rights)) return undefined;
    const kinds = [...new Set(sides.rights.map(({ kind }) => kind))];
    const right = this.add({
      kind: 'filter',
      from: allRight,
      where: { kind: 'one-of', of: column('kind'), values: kinds },
    });
    // Only rows that take part are folded: one of the two has no number.
    const folded = (from: string, more: readonly string[]): string =>
      this.add({
        kind: 'project',
        from,
        columns: [
          ...same('key', 'id', ...fields.filter((name) => name !== 'name'), ...more),
          { name: 'name', value: { kind: 'name-form', of: column('name') } },
        ],
      });
    const on = fields.map((name) => [name, name] as const);
    const pair: readonly Column[] = [
      { name: 'lkey', value: column('l.key') },
      { name: 'rkey', value: column('r.key') },
      { name: 'rkind', value: column('r.kind') },
      { name: 'lid', value: column('l.id') },
      { name: 'rid', value: column('r.id') },
      ...fields.map((name) => ({ name, value: column(`l.${name}`) })),
    ];
    const without = (from: string): string => this.add({ kind: 'filter', from, where: isNull(column('id')) });
    const join = (from: string, to: string): string =>
      this.add({
        kind: 'join',
        how: 'inner',
        left: folded(from, []),
        right: folded(to, ['kind']),
        on,
        columns: pair,
      });
    const parts: string[] = [];
    // A number that stands on the other side belongs to that person, not to one who is only like him.
    if (lefts) {
      const found = join(without(left), right);
      parts.push(this.add({ kind: 'join', how: 'anti', left: found, right: sides.left, on: [['rid', 'id']] }));
    }
    if (rights) {
      const numbered = this.add({ kind: 'filter', from: left, where: not(isNull(column('id'))) });
      const found = join(numbered, without(right));
      parts.push(
        sides.unfound ? found : this.add({ kind: 'join', how: 'anti', left: found, right, on: [['lid', 'id']] }),
      );
    }
    const free = this.add({ kind: 'union', from: parts }, true);
    const groups = this.add({
      kind: 'aggregate',
      from: free,
      by: fields,
      measures: [
        { name: 'lefts', measure: 'count-distinct', of: 'lid' },
        { name: 'rights', measure: 'count-distinct', of: 'rid' },
      ],
    });
    const several = (name: string): Expression => ({ kind: 'less', left: whole(1), right: column(`r.${name}`) });
    const level = choose({ kind: 'or', of: [several('lefts'), several('rights')] }, words('L4'), words(sure));
    return this.add(
      {
        kind: 'join',
        how: 'inner',
        left: free,
        right: groups,
        on,
        columns: [
          ...['lkey', 'rkey', 'rkind'].map((name) => ({ name, value: column(`l.${name}`) })),
          { name: 'level', value: level },
        ],
      },
      true,
    );
  }

  /** Left rows whose person does, or does not, stand in `rights`: by number, else surely by likeness (L3). */
  filterBy(
    how: 'semi' | 'anti',
    left: string,
    lefts: readonly RegisterSource[],
    rights: readonly RegisterSource[],
    keep = false,
  ): string {
    const present = rights.filter((source) => this.has(source));
    if (present.length === 0)
      return how === 'anti' ? left : this.add({ kind: 'filter', from: left, where: equal(whole(0), whole(1)) });
    const right = this.sources(present, []);
    const unfound = this.add({ kind: 'join', how: 'anti', left, right, on: [['id', 'id']] }, true);
    const pairs = this.likePairs(unfound, right, { left, lefts, rights: present, unfound: true });
    if (how === 'anti') {
      if (pairs === undefined) return unfound;
      const sure = this.add({ kind: 'filter', from: pairs, where: isSure() });
      return this.add({ kind: 'join', how: 'anti', left: unfound, right: sure, on: [['key', 'lkey']] }, keep);
    }
    const byNumber = this.add({ kind: 'join', how: 'semi', left, right, on: [['id', 'id']] });
    if (pairs === undefined) return byNumber;
    const sure = this.add({ kind: 'filter', from: pairs, where: isSure() });
    const byLikeness = this.add({ kind: 'join', how: 'semi', left: unfound, right: sure, on: [['key', 'lkey']] });
    return this.add({ kind: 'union', from: [byNumber, byLikeness] }, keep);
  }
}
