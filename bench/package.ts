import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEVIATION_CAUSES } from '../src/ledger/index.ts';
import { Exact } from '../src/quantity/index.ts';
import { type BookContent, writeProjectBook } from '../src/workbook/index.ts';
import { machineLine, seeded } from './machine-support.ts';

/**
 * `npm run bench -- package`: a folder of made-up projects in every form (F1Z, F2, F3, F4, F5, F5M, F6, F7), some of
 * them empty, wrong or with endless texts, one carried out by two towns, with evidence files and one broken workbook,
 * into a package by one `jiping evaluate`: first each in the form its data asks for (a package holds F1Z where a single
 * evaluation prints F1), then every project in every form. `--form F1`: in that form only. `--keep DIR` keeps folder and packages.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      smoke: { type: 'boolean', default: false },
      projects: { type: 'string' },
      seed: { type: 'string', default: '20261122' },
      keep: { type: 'string' },
      form: { type: 'string' },
    },
  });
  const projects = Number(values.projects ?? (values.smoke ? 4 : 40));
  const seed = Number(values.seed);
  console.log(machineLine());
  console.log(`projects: ${projects}, one broken workbook, seed ${seed}`);
  const work = values.keep ?? mkdtempSync(join(tmpdir(), 'jiping-bench-'));
  try {
    const books = join(work, 'books');
    mkdirSync(books, { recursive: true });
    for (let index = 0; index < projects; index += 1)
      writeFileSync(
        join(books, `${String(index + 1).padStart(2, '0')}.xlsx`),
        await writeProjectBook(variedProject(index, seed), { sample: false }),
      );
    // The first project is carried out by two towns.
    mkdirSync(join(books, '01-子单位'), { recursive: true });
    for (const town of ['甲镇', '乙镇'])
      writeFileSync(
        join(books, '01-子单位', `${town}.xlsx`),
        await writeProjectBook(townOf(variedProject(0, seed), town), { sample: false }),
      );
    for (const name of ['通知.txt', '凭证.txt']) writeFileSync(join(books, name), name);
    writeFileSync(join(books, '损坏.xlsx'), 'PK');
    const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'cli', 'main.ts');
    const runs: readonly (readonly [string, string | undefined])[] =
      values.form === undefined
        ? [
            ['out', undefined],
            ['all-forms', ALL_FORMS],
          ]
        : [['out', values.form]];
    for (const [name, form] of runs) {
      const out = join(work, name);
      const options = form === undefined ? [] : ['--form', form];
      const start = performance.now();
      const result = spawnSync(
        process.execPath,
        ['--import', 'tsx', main, 'evaluate', books, '--out', out, '--format', 'json', ...options],
        { encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, JIPING_HOME: join(work, 'home') } },
      );
      const seconds = (performance.now() - start) / 1000;
      if (result.status !== 1) throw new Error(`exit ${result.status}: ${result.stderr}`);
      const json = JSON.parse(result.stdout) as { projects: object[]; failed: object[]; files: string[] };
      if (json.projects.length !== projects || json.failed.length !== 1)
        throw new Error(`${json.projects.length} projects, ${json.failed.length} failed`);
      const forms = new Map<string, number>();
      for (const file of json.files) {
        const paper = /^[^-]+-(.+)\.pdf$/.exec(basename(file))?.[1];
        if (paper !== undefined) forms.set(paper, (forms.get(paper) ?? 0) + 1);
      }
      console.log(`${form === undefined ? 'forms by the data' : `--form ${form}`}:`);
      console.log(`papers: ${[...forms].map(([paper, count]) => `${paper} ${count}`).join(', ')}`);
      console.log(
        `jiping: ${seconds.toFixed(2)} s, ${(projects / seconds).toFixed(2)} projects/s, ${Math.min(availableParallelism(), 8)} workers, ${json.files.length} files, ${readdirSync(out).length} entries in the package`,
      );
    }
  } finally {
    if (values.keep === undefined) rmSync(work, { recursive: true, force: true });
  }
}

const ALL_FORMS = 'F1,F1Z,F2,F3,F5,F6';

const NAMES = [
  '城乡居民医保征缴工作经费',
  '城乡居民基本医疗保险县级财政配套资金',
  '中央财政医疗救助补助资金',
  '医保基金监管专项经费',
  '医保政策宣传经费',
  '困难群众分类资助参保资金',
  '医保信息系统运行维护费',
  '长期护理保险试点经办经费',
] as const;
const REASONS = [
  '',
  '',
  '外出务工人员多，集中参保期内联系困难，已按村建立未参保名单逐户动员。',
  '县级库款紧张，第四季度资金延后到位；已报财政局按月安排用款计划，并约定每季度首月十日前批复，由分管领导按月调度，确保次年不再发生。',
] as const;
const ISSUES = [
  { problem: '工作经费下拨迟，前期宣传滞后', measure: '与财政约定用款计划批复时限，提前安排宣传' },
  { problem: '县级配套资金未按时到位', measure: '进一步提高认识，加强组织领导' },
  { problem: '部分乡镇参保台账不完整', measure: '统一台账式样，每季度检查一次参保台账' },
] as const;

const STYLES = ['work', 'transfer', 'sichuan', 'midyear', 'department', 'guangdong', 'declaration', 'term'] as const;
const LONG = '外出务工人员多、居住分散，集中参保期内联系困难，已按村建立未参保名单并逐户动员；'.repeat(6);

/** The same project as one town reports it. */
function townOf(content: BookContent, unit: string): BookContent {
  return { ...content, project: { ...content.project, unit } };
}

/** What goes wrong in real folders: nothing filled in, words where numbers belong, texts that never end. */
function spoiled(index: number, content: BookContent): BookContent {
  const { project, tables } = content;
  const indicators = tables.indicators ?? [];
  switch (index % 9) {
    case 4:
      return {
        project: { name: project.name ?? '', year: Exact.of(2024), type: project.type ?? '其他' },
        tables: {
          indicators: indicators.map(({ level1 = '', level2 = '', level3 = '' }) => ({ level1, level2, level3 })),
        },
      };
    case 7:
      return {
        project: {
          ...project,
          name: `${project.name ?? ''}${'（城乡困难群众分类资助参保）'.repeat(3)}`,
          goalActual: LONG,
        },
        tables: { ...tables, indicators: indicators.map((leaf) => ({ ...leaf, reason: LONG })) },
      };
    case 8:
      return {
        project: { ...project, claimedGrade: '很好', goalActual: project.goalExpected ?? '' },
        tables: {
          ...tables,
          indicators: indicators.map((leaf, at) =>
            at % 3 === 0
              ? { ...leaf, actual: '基本完成', claimed: Exact.of(150), evidence: ['99'] }
              : { ...leaf, target: leaf.actual ?? '', weight: Exact.of(7) },
          ),
        },
      };
    default:
      return content;
  }
}

/** Project `index` of the folder: its type, rule set, season and ledgers vary with the seed. */
function variedProject(index: number, seed: number): BookContent {
  const random = seeded(seed + index * 7919);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  const style = STYLES[index % STYLES.length] ?? 'work';
  const isDeclared = style === 'declaration' || style === 'term';
  const name = `${pick(NAMES)}（${index + 1}）`;
  const budget = 20 + below(4000);
  const paid = Math.floor((budget * (70 + below(31))) / 100);
  const sources =
    style === 'transfer' ? ['中央财政资金', '省级财政资金', '县级财政资金'] : ['当年财政拨款', '上年结转资金'];
  const money = sources.flatMap((source, at) => {
    const share = (amount: number): Exact => Exact.ratio(BigInt(amount * (at === 0 ? 100 : 17)), 100n);
    return [
      { kind: '年初预算', source, amount: share(budget), document: `某财社〔2024〕${10 + below(80)}号` },
      { kind: '全年预算数（汇总）', source, amount: share(budget) },
      { kind: '到位（汇总）', source, amount: share(budget) },
      { kind: '支付（汇总）', source, amount: share(style === 'midyear' ? Math.floor(paid / 4) : paid) },
      ...(style === 'midyear' ? [{ kind: '全年预计执行（汇总）', source, amount: share(paid) }] : []),
      ...(style === 'term' ? [{ kind: '中期资金（汇总）', source, amount: share(budget * 3) }] : []),
    ].slice(0, isDeclared && style !== 'term' ? 1 : undefined);
  });
  const leaves = 5 + below(style === 'work' ? 26 : 9);
  // Whole points that add up to 90, the first leaves taking what is left over.
  const points = (at: number): Exact => Exact.of(Math.floor(90 / leaves) + (at < 90 % leaves ? 1 : 0));
  const indicators = Array.from({ length: leaves }, (_, at) => {
    const [level1, level2, topic, unit] = LEVELS[Math.floor((at * LEVELS.length) / leaves)] ?? LEVELS[0];
    const target = unit === '%' ? 85 + below(14) : 10 + below(9000);
    const actual = Math.floor((target * (style === 'midyear' ? 20 + below(60) : 85 + below(30))) / 100);
    const likelihood = pick(['确定能', '有可能', '不可能'] as const);
    return {
      level1,
      level2,
      level3: `${topic}（${at + 1}）`,
      target: `≥${target}${unit}`,
      ...(isDeclared ? {} : { actual: `${unit === '%' ? Math.min(actual, 100) : actual}${unit}`, claimed: points(at) }),
      ...(style === 'term' ? { termTarget: `≥${unit === '%' ? target : target * 3}${unit}` } : {}),
      weight: points(at),
      targetSetOn: '2024-01-20',
      evidence: [String(1 + below(4))],
      reason: pick(REASONS),
      ...(style === 'midyear'
        ? {
            forecast: `${target}${unit}`,
            likelihood,
            ...(likelihood === '确定能'
              ? {}
              : { causes: [pick(DEVIATION_CAUSES), '其他'], remedy: '按周调度，逐户上门。' }),
          }
        : {}),
    };
  });
  const issue = pick(ISSUES);
  return spoiled(index, {
    project: {
      name,
      stage: style === 'midyear' ? '年中监控' : isDeclared ? '目标申报' : '绩效自评',
      code: `5109222400000${100 + index}`,
      type: style === 'transfer' ? '转移支付' : style === 'work' ? '工作经费' : '其他',
      kind: style === 'department' ? '部门评价' : '单位自评',
      department: '某县医疗保障局',
      unit: pick(['某县医疗保障局', '某县医疗保障事务中心', '某县医保基金监管事务中心']),
      region: '某县',
      year: Exact.of(2024),
      ruleSet: style === 'sichuan' ? 'SC' : style === 'guangdong' ? 'GD' : 'CN2021',
      weightSource: '预算批复',
      preparedOn: style === 'midyear' ? '2024-06-30' : isDeclared ? '2023-10-20' : '2025-03-01',
      attribute: pick(['新增', '延续'] as const),
      goalExpected: `全年完成参保${40 + below(10)}万人，政策知晓率不低于90%。`,
      goalActual: isDeclared ? '' : `完成参保${40 + below(10)}万人，政策知晓率${88 + below(9)}%。`,
      ...(style === 'term'
        ? { goalLong: '三年内参保率稳定在95%以上，政策知晓率不低于92%。', term: '2024年至2026年' }
        : {}),
      claimedGrade: style === 'midyear' || isDeclared ? '' : pick(['优', '良', '优']),
      implementation: '年初分解任务，按月比对名单，按季拨付资金。',
      centralDepartment: '国家医疗保障局',
      projectLead: '张某',
      financeLead: '李某',
      overview: '为做好年度参保征缴和医疗救助，开展宣传、培训、督导和基金监管。',
    },
    tables: {
      money,
      indicators: [
        ...(style === 'midyear'
          ? []
          : [{ level1: '预算执行', level2: '预算执行率', weight: Exact.of(10), claimed: Exact.of(9) }]),
        ...indicators,
      ],
      checklists: ['分配科学性', '下达及时性', '拨付合规性', '使用规范性', '执行准确性'].map((indicator) => ({
        indicator,
        point: '按办法执行，手续齐全',
      })),
      issues: [{ ...issue, deadline: `2025-0${1 + below(8)}-28`, status: '整改中' }],
      evidence: [
        { number: '1', title: '资金下达通知', kind: '文件', file: '通知.txt' },
        { number: '2', title: '国库支付凭证', kind: '凭证', file: '凭证.txt' },
        { number: '3', title: '活动照片', kind: '照片', file: '照片.jpg' },
        { number: '4', title: '满意度问卷', kind: '调查问卷' },
      ],
    },
  });
}

const LEVELS = [
  ['产出指标', '数量指标', '参保人数', '人'],
  ['产出指标', '数量指标', '医疗救助人次', '人次'],
  ['产出指标', '质量指标', '补助资金核定准确率', '%'],
  ['产出指标', '时效指标', '资金支付及时率', '%'],
  ['效益指标', '社会效益指标', '医保政策知晓率', '%'],
  ['满意度指标', '服务对象满意度指标', '参保群众满意度', '%'],
] as const;
