import { Exact, round, toFixed } from '../../quantity/index.ts';
import { Random } from './random.ts';

/** A row of a made-up form: the truth the reader has to give back. */
export interface FormRow {
  readonly level1: string;
  readonly level2: string;
  readonly name: string;
  readonly operator: string;
  readonly target: string;
  readonly unit: string;
  readonly actual: string;
  readonly weight: string;
  readonly score: string;
  readonly reason: string;
}

export interface Form {
  readonly year: number;
  readonly budget: {
    readonly initial: string;
    readonly adjusted: string;
    readonly executed: string;
    readonly rate: string;
    readonly weight: string;
    readonly score: string;
  };
  readonly rows: readonly FormRow[];
  readonly total: string;
  readonly totalWeight: string;
  readonly goal: string;
  readonly result: string;
  /** Which rule must find something; absent in a correct form. */
  readonly broken?: string;
}

const LEVELS = [
  ['产出指标', '数量指标', ['受益人数', '培训场次', '发放手册数量', '检查机构数', '服务人次', '新建点位数']],
  ['产出指标', '质量指标', ['验收合格比例', '发放准确率', '资料完整率']],
  ['产出指标', '时效指标', ['按时完成率', '资金拨付及时率', '办结及时率']],
  ['产出指标', '成本指标', ['预算控制率', '补助标准达标率']],
  ['效益指标', '社会效益指标', ['政策知晓率', '群众受益覆盖率', '减轻群众负担']],
  ['效益指标', '可持续影响指标', ['制度健全率', '长效机制作用']],
  ['满意度指标', '服务对象满意度指标', ['服务对象满意率', '参保群众满意率']],
] as const;

/** Rules the generator can break a form for. */
export const BREAKAGES = [
  'total-mismatch',
  'rate-mismatch',
  'score-exceeds-weight',
  'full-score-but-target-missed',
  'weights-not-100',
  'missing-deviation-reason',
  'missing-actual',
  'missing-score',
  'missing-rate',
  'over-execution',
] as const;

/** A correct form, or one with exactly one defect. */
export function generateForm(seed: number, broken?: (typeof BREAKAGES)[number]): Form {
  const random = new Random(seed);
  const rows: FormRow[] = [];
  const weights = splitWeights(random);
  let at = 0;
  for (const [level1, level2, names] of LEVELS) {
    const count = level2 === '数量指标' ? random.between(1, 3) : 1;
    const offset = random.below(names.length);
    for (let nth = 0; nth < count && at < weights.length; nth += 1) {
      rows.push(makeRow(random, level1, level2, names[(offset + nth) % names.length] ?? level2, weights[at] ?? 10));
      at += 1;
    }
  }
  // The last leaf takes what the drawn ones left, so that the weights add up to 90.
  const given = rows.slice(0, -1).reduce((sum, row) => sum + Number(row.weight), 0);
  const last = rows[rows.length - 1];
  if (last !== undefined)
    rows[rows.length - 1] = { ...last, weight: String(90 - given), score: String(90 - given), reason: '' };
  const adjusted = Exact.ratio(BigInt(random.between(1000, 900000)), 100n);
  const percent = random.chance(50) ? 100 : random.between(70, 99);
  const executed = round(adjusted.mul(Exact.ratio(BigInt(percent), 100n)), { places: 2, mode: 'half-up' });
  const initial = random.chance(70)
    ? adjusted
    : round(adjusted.mul(Exact.ratio(BigInt(random.between(80, 120)), 100n)), { places: 2, mode: 'half-up' });
  const rate = executed.div(adjusted).mul(Exact.hundred);
  const budgetScore = toFixed(rate.div(Exact.of(10)), { places: 1, mode: 'half-up' }).replace(/\.0$/, '');
  let form: Form = {
    year: random.between(2019, 2025),
    budget: {
      initial: initial.toString(),
      adjusted: adjusted.toString(),
      executed: executed.toString(),
      rate: `${toFixed(rate, { places: random.pick([0, 2]), mode: 'half-up' })}%`,
      weight: '10',
      score: budgetScore,
    },
    rows,
    totalWeight: '100',
    total: '',
    goal: '按计划开展项目各项工作,保障群众待遇落实。',
    result: '项目年内组织实施,待遇按政策发放。',
  };
  form = { ...form, total: sumOf(form) };
  return broken === undefined ? form : breakForm(form, broken, random);
}

function sumOf(form: Form): string {
  return Exact.sum([
    Exact.of(form.budget.score),
    ...form.rows.filter((row) => row.score !== '').map((row) => Exact.of(row.score)),
  ]).toString();
}

function splitWeights(random: Random): number[] {
  return Array.from({ length: 9 }, () => random.pick([5, 8, 10, 10, 12]));
}

function makeRow(random: Random, level1: string, level2: string, name: string, weight: number): FormRow {
  const base = { level1, level2, name, weight: String(weight), score: String(weight), reason: '' };
  if (/负担|作用/.test(name)) {
    const word = random.pick(['有效', '明显', '长期']);
    return { ...base, operator: '', target: word, unit: '', actual: word };
  }
  if (/率|比例/.test(name)) {
    const target = random.pick([90, 95, 98, 100]);
    const actual = random.between(target, 100);
    return { ...base, operator: target === 100 ? '=' : '≥', target: String(target), unit: '%', actual: `${actual}%` };
  }
  const unit = /场次/.test(name)
    ? '场'
    : /人次/.test(name)
      ? '人次'
      : /人数/.test(name)
        ? '人'
        : /手册/.test(name)
          ? '份'
          : '个';
  const target = random.between(2, 4000);
  const actual = target + random.below(Math.max(1, Math.floor(target / 8)));
  const lost = random.chance(12);
  const short = Math.floor(target * 0.9);
  if (lost && short >= 1 && short < target)
    return {
      ...base,
      operator: '≥',
      target: String(target),
      unit,
      actual: `${short}${unit}`,
      score: String(weight - 1),
      reason: '部分对象外出务工',
    };
  return { ...base, operator: '≥', target: String(target), unit, actual: `${actual}${unit}` };
}

function breakForm(form: Form, rule: (typeof BREAKAGES)[number], random: Random): Form {
  const rows = [...form.rows];
  const numeric = rows.findIndex((row) => row.operator === '≥' && row.unit !== '%' && row.reason === '');
  const at = numeric < 0 ? rows.findIndex((row) => row.operator === '≥' && row.reason === '') : numeric;
  const row = rows[at];
  const withRow = (changed: Partial<FormRow>): Form => {
    if (row !== undefined) rows[at] = { ...row, ...changed };
    const next = { ...form, rows, broken: rule };
    return { ...next, total: sumOf(next) };
  };
  switch (rule) {
    case 'total-mismatch':
      return {
        ...form,
        total: Exact.of(form.total)
          .sub(Exact.of(random.between(1, 5)))
          .toString(),
        broken: rule,
      };
    case 'rate-mismatch': {
      const rate = Number.parseInt(form.budget.rate, 10);
      return {
        ...form,
        budget: { ...form.budget, rate: `${rate > 80 ? rate - random.between(5, 20) : rate + random.between(5, 15)}%` },
        broken: rule,
      };
    }
    case 'score-exceeds-weight':
      return withRow({ score: String(Number(row?.weight ?? 10) + 1) });
    case 'full-score-but-target-missed':
      return withRow({
        actual: `${Math.max(1, Math.floor(Number(row?.target ?? 2) * 0.7))}${row?.unit ?? ''}`,
        reason: '',
        score: row?.weight ?? '10',
      });
    case 'weights-not-100':
      return withRow({ weight: String(Number(row?.weight ?? 10) + 5), score: String(Number(row?.weight ?? 10) + 5) });
    case 'missing-deviation-reason':
      return withRow({ score: String(Number(row?.weight ?? 10) - 2), reason: '' });
    case 'missing-actual':
      return withRow({ actual: '' });
    case 'missing-score':
      return withRow({ score: '' });
    case 'missing-rate':
      return { ...form, budget: { ...form.budget, rate: '' }, broken: rule };
    case 'over-execution': {
      const executed = Exact.of(form.budget.adjusted).mul(Exact.of('1.25'));
      const printed = toFixed(executed, { places: 2, mode: 'half-up' });
      const next = { ...form, budget: { ...form.budget, executed: printed, rate: '125%', score: '10' }, broken: rule };
      return { ...next, total: sumOf(next) };
    }
  }
}
