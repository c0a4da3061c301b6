import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sqlText, withDuckDb } from '../../../linkage/index.ts';
import {
  fundName,
  groupName,
  levelName,
  type Simulation,
  simulatePersons,
  withPersonDatabase,
} from '../../../policy/index.ts';
import { JipingError, type Language, text } from '../../../problem/index.ts';
import { type Exact, MONEY_IN_YUAN, toFixed } from '../../../quantity/index.ts';
import { RegisterStore, shortId } from '../../../register/index.ts';
import type { CommonOptions, ExitStatus, Io } from '../../command.ts';
import { dataFolder } from '../../data-folder.ts';
import { yearsJson } from './estimate-json.ts';
import { regionJson, ruleJson } from './explain-command.ts';
import { loadPolicy, pathOf } from './load-policy.ts';
import { readOptions, regionOf, subsidyOptions, usage, yearsOf } from './subsidy-options.ts';
import { grid, present, problemsJson, wan, yuan } from './subsidy-print.ts';

export const SIMULATE_OPTIONS = subsidyOptions([
  'region',
  'budget-year',
  'standard-year',
  'provisional',
  'as-of',
  'class',
  'rules',
  'register',
  'per-person',
  'memory-limit',
]);

/** `jiping subsidy simulate <dataset>`: person by person over a register. */
export async function runSimulate(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const options = readOptions('simulate', args, SIMULATE_OPTIONS);
  const [words, surplus] = options.words;
  const version = options.one('register');
  if ((words === undefined) === (version === undefined) || surplus !== undefined)
    throw usage(
      '请给出一个数据集：jiping subsidy simulate <数据集.parquet>，或用 --register 版本',
      'give one dataset: jiping subsidy simulate <file.parquet>, or --register VERSION',
    );
  if (version !== undefined)
    return withRegister(new RegisterStore(dataFolder(io.env)), version, (path) => simulate(path, options, common, io));
  const dataset = pathOf(io, words ?? '');
  if (!existsSync(dataset))
    throw new JipingError('not-found', text('没有这个文件', 'no such file'), { file: words ?? '' });
  return simulate(dataset, options, common, io);
}

/** The active persons of a resident register as a simulation reads them; the row leads back to the register. */
async function withRegister<T>(
  store: RegisterStore,
  version: string,
  work: (dataset: string) => Promise<T>,
): Promise<T> {
  const { manifest, rows } = store.find(version);
  if (manifest.kind !== 'resident')
    throw usage(
      `--register 要城乡居民参保名册，这是${manifest.title}`,
      `--register takes a resident register, not ${manifest.kind}`,
    );
  if (rows === undefined)
    throw new JipingError('not-found', text('这一版的行数据已销毁', 'the rows of this version were destroyed'));
  const has = (name: string): boolean => manifest.columns.includes(name);
  return store.inScratch(async (scratch) => {
    const path = join(scratch, `${shortId(manifest.id)}.parquet`);
    await withDuckDb({ threads: 2, memory: '2GB' }, async (connection) => {
      await connection.run(
        `COPY (SELECT file_row_number + 1 AS "row", 'residents' AS category, ${has('aid_category') ? "coalesce(aid_category, '')" : "''"} AS identities, 12 AS months FROM read_parquet(${sqlText(rows)}, file_row_number = true)${has('status') ? " WHERE status = '1'" : ''}) TO ${sqlText(path)} (FORMAT parquet)`,
      );
    });
    return work(path);
  });
}

async function simulate(
  dataset: string,
  options: ReturnType<typeof readOptions>,
  common: CommonOptions,
  io: Io,
): Promise<ExitStatus> {
  const memoryLimit = options.one('memory-limit');
  if (memoryLimit !== undefined && !/^\d+(MB|GB)$/.test(memoryLimit))
    throw usage('--memory-limit 应如 4GB', '--memory-limit should be such as 4GB');
  const rules = loadPolicy(options.many('rules'), io);
  const region = regionOf(rules, options);
  const years = yearsOf(options, false);
  const target = options.one('per-person');
  const out = target === undefined ? undefined : pathOf(io, target);
  const result = await withPersonDatabase({ dataset, out, memoryLimit }, (database) =>
    simulatePersons(rules, { region, years, className: options.one('class'), perPerson: out !== undefined }, database),
  );
  const fen = (value: Exact): string => toFixed(value, MONEY_IN_YUAN);
  return present(io, common, {
    json: {
      region: regionJson(rules, region),
      years: yearsJson(years),
      persons: String(result.persons),
      notCovered: String(result.notCovered),
      groups: result.groups.map(({ group, persons }) => ({ group, persons: String(persons) })),
      levels: result.levels.map(({ level, due }) => ({ level, due: fen(due) })),
      total: fen(result.total),
      premiumAid: result.aid.map(({ fund, persons, total }) => ({ fund, persons: String(persons), total: fen(total) })),
      written: result.written === undefined ? null : { file: out, persons: String(result.written) },
      rules: result.readings.map(ruleJson),
      problems: problemsJson(result.problems, common.language),
    },
    prose: prose(result, rules.aidedKindNames(), out, common.language),
    problems: result.problems,
  });
}

function prose(
  result: Simulation,
  kinds: ReadonlyMap<string, string>,
  out: string | undefined,
  language: Language,
): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return [
    say(
      `计入 ${result.persons} 人，未参保月份 ${result.notCovered} 人`,
      `${result.persons} persons counted, ${result.notCovered} without a month`,
    ),
    grid(result.groups.map(({ group, persons }) => [groupName(group, kinds, language), String(persons)])),
    '',
    grid([
      ...result.levels.map(({ level, due }) => [levelName(level, language), yuan(due), wan(due)]),
      [say('合计', 'total'), yuan(result.total), wan(result.total)],
    ]),
    ...(result.aid.length === 0
      ? []
      : [
          '',
          say('资助参保（另计）', 'premium aid (apart)'),
          grid(result.aid.map(({ fund, persons, total }) => [fundName(fund, language), String(persons), yuan(total)])),
        ]),
    ...(out === undefined
      ? []
      : ['', say(`逐人金额已写入 ${out}（分）`, `amounts per person, in fen (0.01 yuan), written to ${out}`)]),
  ].join('\n');
}
