import { type Fact, makeFact, type RuleReference } from '../../fact/index.ts';
import { Exact, NO_UNIT, PERSON, POINT, type Unit } from '../../quantity/index.ts';
import type { BalanceTable } from './one-person-one-file.ts';
import type { Progress, UnitProgress } from './progress.ts';
import { COUNTY, RegisterFacts } from './register-facts.ts';

/** The figures of one unit of a bulletin, or of all together. */
export interface ProgressLine {
  readonly registered: Fact;
  readonly task: Fact;
  readonly enrolled: Fact;
  readonly rate: Fact;
  readonly rankByRate?: Fact;
  readonly rankByNumber?: Fact;
  readonly change?: Fact;
  /** 任务数 less 参保人数, 0 where the task is done. */
  readonly shortfall?: Fact;
  readonly earned?: Fact;
  readonly deducted?: Fact;
  readonly score?: Fact;
  readonly rankByScore?: Fact;
}

export interface ProgressFacts {
  readonly facts: RegisterFacts;
  /** 全县, or what the units together are called when the task list leaves towns out. */
  readonly whole: string;
  readonly total: ProgressLine;
  readonly units: ReadonlyMap<string, ProgressLine>;
  /** Units that take part in the ranks. */
  readonly places: Fact;
}

/** Every figure of a bulletin as a fact: tasks as entered, heads over dataset versions, the rest computed from them. */
export function progressFacts(progress: Progress, balance: BalanceTable): ProgressFacts {
  const facts = new RegisterFacts();
  const { asOf, rules, taskList } = progress;
  const whole = progress.uncovered.length === 0 ? COUNTY : '任务表所列单位';
  const rule = (key: string): RuleReference => ({
    ruleSet: rules.id,
    version: rules.version,
    key,
    verified: rules.verified,
  });
  const computed = (
    [concept, label, place]: readonly [string, string, string],
    value: Exact,
    unit: Unit,
    formula: string,
    inputs: readonly Fact[],
    applied: readonly RuleReference[] = [],
  ): Fact =>
    facts.computed(
      asOf,
      { concept: `progress.${concept}`, label, place, value, unit, formula, rules: applied },
      inputs.map(({ id }) => id),
    );
  const heads = (
    place: string,
    enrolled: number,
    registered: number,
  ): Pick<ProgressLine, 'enrolled' | 'registered'> => ({
    enrolled: facts.counted(balance, {
      concept: 'progress.enrolled',
      label: '参保人数',
      place,
      value: Exact.of(enrolled),
      unit: PERSON,
      formula: '户籍在册且本地居民医保正常参保的人数',
    }),
    registered: facts.counted(balance, {
      concept: 'progress.registered',
      label: '户籍人口',
      place,
      value: Exact.of(registered),
      unit: PERSON,
      formula: '户籍人口名册中的人数',
    }),
  });
  const rateOf = (place: string, rate: Exact, enrolled: Fact, task: Fact): Fact =>
    computed(['rate', '任务完成率', place], rate, NO_UNIT, '参保人数 ÷ 任务数', [enrolled, task]);
  const changeOf = (place: string, enrolled: Fact, before: number): Fact => {
    const last = progress.previous;
    const earlier = facts.counted(
      { asOf: last?.asOf ?? '', datasets: last?.datasets ?? [], planHash: last?.planHash ?? '' },
      {
        concept: 'progress.enrolled',
        label: '参保人数',
        place,
        value: Exact.of(before),
        unit: PERSON,
        formula: '户籍在册且本地居民医保正常参保的人数',
      },
    );
    const grown = enrolled.value.kind === 'number' ? enrolled.value.value.sub(Exact.of(before)) : Exact.zero;
    return computed(['change', '较上次增减', place], grown, PERSON, '本次参保人数 − 上次参保人数', [enrolled, earlier]);
  };

  const units = new Map<string, ProgressLine>();
  const lineOf = (unit: UnitProgress): ProgressLine => {
    const place = unit.unit;
    const task = facts.lineage.add(
      makeFact({
        concept: 'progress.task',
        label: '任务数',
        value: { kind: 'number', value: Exact.of(unit.task), unit: PERSON },
        period: asOf,
        place,
        origin: {
          kind: 'entered',
          file: taskList.file,
          version: taskList.version,
          sheet: unit.sheet,
          cell: unit.cell,
          evidence: [],
        },
      }),
    );
    const { enrolled, registered } = heads(place, unit.enrolled, unit.registered);
    const rate = rateOf(place, unit.rate, enrolled, task);
    const missing = Exact.max(Exact.of(unit.task - unit.enrolled), Exact.zero);
    const earned = computed(
      ['earned', '完成率得分', place],
      unit.earned,
      POINT,
      `完成率 × ${rules.base.toString()}分，最高${rules.base.toString()}分`,
      [rate],
      [rule('base')],
    );
    const deducted = computed(
      ['deducted', '考核扣分', place],
      unit.deducted,
      POINT,
      `完成率低于${rules.threshold.toString()}的扣${rules.penalty.toString()}分`,
      [rate],
      [rule('threshold'), rule('penalty')],
    );
    return {
      registered,
      task,
      enrolled,
      rate,
      shortfall: computed(['shortfall', '尚缺人数', place], missing, PERSON, '任务数 − 参保人数，不低于0', [
        task,
        enrolled,
      ]),
      earned,
      deducted,
      score: computed(['score', '考核得分', place], unit.score, POINT, '完成率得分 − 扣分，不低于0', [
        earned,
        deducted,
      ]),
      ...(unit.change === undefined ? {} : { change: changeOf(place, enrolled, unit.enrolled - unit.change) }),
    };
  };
  for (const unit of progress.units) units.set(unit.unit, lineOf(unit));
  const lines = [...units.values()];
  const places = computed(['places', '参排单位数', whole], Exact.of(lines.length), NO_UNIT, '任务表中的单位数', []);
  for (const unit of progress.units) {
    const line = units.get(unit.unit);
    if (line === undefined) continue;
    const rank = (name: string, label: string, value: number, of: readonly Fact[]): Fact =>
      computed([name, label, unit.unit], Exact.of(value), NO_UNIT, '由高到低的位次，相同的并列', of);
    units.set(unit.unit, {
      ...line,
      rankByRate: rank(
        'rank-by-rate',
        '按完成率位次',
        unit.rankByRate,
        lines.map((each) => each.rate),
      ),
      rankByNumber: rank(
        'rank-by-number',
        '按人数位次',
        unit.rankByNumber,
        lines.map((each) => each.enrolled),
      ),
      rankByScore: rank(
        'rank-by-score',
        '考核位次',
        unit.rankByScore,
        lines.flatMap((each) => each.score ?? []),
      ),
    });
  }
  const { total } = progress;
  const sumOf = (label: string, value: number, parts: readonly Fact[]): Fact =>
    computed([parts[0]?.concept.slice(9) ?? '', label, whole], Exact.of(value), PERSON, `各单位${label}之和`, parts);
  const task = sumOf(
    '任务数',
    total.task,
    lines.map((line) => line.task),
  );
  const { enrolled, registered } = heads(whole, total.enrolled, total.registered);
  return {
    facts,
    whole,
    places,
    units,
    total: {
      task,
      enrolled,
      registered,
      rate: rateOf(whole, total.rate, enrolled, task),
      ...(total.change === undefined ? {} : { change: changeOf(whole, enrolled, total.enrolled - total.change) }),
    },
  };
}
