import { appendFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import {
  cellOf,
  clusterLines,
  columnsOf,
  type Decision,
  explainPair,
  findUnlinkables,
  type LinkModel,
  type LinkOutcome,
  linkPage,
  linkTables,
  measureAgainstTruth,
  pairLines,
  predictPairs,
  prepareRecords,
  printTrainedModel,
  probabilityOf,
  readBytes,
  readCsv,
  readDecisions,
  readLinkModel,
  readLinkState,
  readTables,
  readTrainedModel,
  recordFinder,
  type TextTable,
  type TruthReport,
  toUtf8,
  unlinkableBelow,
  writeLinkState,
  writeWhole,
} from '../../linkage/index.ts';
import { inLanguage, JipingError, type Language, type Problem, text } from '../../problem/index.ts';
import type { Command, ExitStatus, Io } from '../command.ts';
import { THREADS } from '../help/engine-options.ts';
import type { Options } from '../help/option.ts';
import { explanationJson, linkSummary, linkSummaryJson, printExplanation } from '../link-summary.ts';
import { parseOptions } from '../parse-options.ts';

const FILE = text('文件', 'FILE');
const NUMBER = text('数', 'N');
const OPTIONS = {
  model: {
    type: 'string',
    value: FILE,
    help: text(
      '模型（yaml）：unique_id、comparisons、blocking，见手册“连接”一章；必写',
      'the model (yaml): unique_id, comparisons, blocking; required',
    ),
  },
  out: {
    type: 'string',
    value: FILE,
    help: text(
      '每一对比较过的记录：left_id,right_id,match_weight,match_probability',
      'every compared pair: left_id,right_id,match_weight,match_probability',
    ),
  },
  'min-probability': {
    type: 'string',
    value: NUMBER,
    help: text('写出的最低概率，默认 0.01', 'least probability written; default: 0.01'),
  },
  threshold: {
    type: 'string',
    value: NUMBER,
    help: text(
      '判为同一人的概率；不写时由人工判定学得，判定不足时为 0.9',
      'probability from which two records are one person; default: learnt from the decisions, 0.9 if they are too few',
    ),
  },
  links: { type: 'string', value: FILE, help: text('一对一的最佳连接', 'the best links, one to one') },
  clusters: {
    type: 'string',
    value: FILE,
    help: text('record_id,source,cluster_id：相连的记录归为一组', 'record_id,source,cluster_id: connected records'),
  },
  truth: {
    type: 'string',
    value: FILE,
    help: text(
      '已知结果 left_id,right_id：给出准确率、召回率、F1',
      'known pairs left_id,right_id: gives precision, recall and F1 by threshold',
    ),
  },
  explain: {
    type: 'string',
    value: text('甲 乙', 'A B'),
    help: text('逐列说明一对记录的权重', 'explains the weights of one pair, column by column'),
  },
  report: {
    type: 'string',
    value: text('文件.html', 'FILE.html'),
    help: text(
      'm/u、权重分布、阈值、无法连接的记录',
      'a page of m/u values, weights, threshold and unlinkable records',
    ),
  },
  decisions: {
    type: 'string',
    value: FILE,
    help: text(
      '人工判定 left_id,right_id,decision（match 或 no-match），判否的不再出现',
      'decisions of people: left_id,right_id,decision (match or no-match); a dismissed pair stays dismissed',
    ),
  },
  decide: {
    type: 'string',
    value: text('甲 乙 判定', 'A B WORD'),
    help: text('往 --decisions 的文件加一条', 'adds one decision to the file of --decisions'),
  },
  'save-trained': { type: 'string', value: FILE, help: text('保存训练值', 'saves the trained values') },
  trained: {
    type: 'string',
    value: FILE,
    help: text('用已有的训练值，不再训练', 'uses saved values instead of training'),
  },
  state: {
    type: 'string',
    value: text('文件夹', 'DIR'),
    help: text(
      '保存分组；文件夹已有分组时，左表为新增记录，只与同块的记录比较',
      'keeps the clusters; if DIR holds some, the table is taken as new records and compared with their blocks only',
    ),
  },
  predict: {
    type: 'boolean',
    help: text('只预测各分块规则的对数，不比较', 'counts the pairs of each blocking rule and stops'),
  },
  'max-pairs': {
    type: 'string',
    value: NUMBER,
    help: text('最多比较多少对；不写时按模型', 'most pairs to compare; default: as the model says'),
  },
  seed: {
    type: 'string',
    value: NUMBER,
    help: text('随机抽样的种子；不写时按模型', 'seed of the sampling; default: as the model says'),
  },
  threads: THREADS,
} as const satisfies Options;

export const linkCommand: Command = {
  name: 'link',
  summary: text(
    '连接两张表（或一张表内）属于同一人的记录，不需要标注，自动训练',
    'link records of one person over two tables or within one, trained without labels',
  ),
  help: {
    usage: [
      text(
        '<左表> [<右表>] --model 模型.yaml --out pairs.csv [选项]',
        '<left> [<right>] --model model.yaml --out pairs.csv [options]',
      ),
    ],
    about: [
      text(
        '表可以是 CSV（UTF-8、GB18030）、Parquet 或 xlsx 的第一张工作表。只给一张表时在表内查重。',
        'Tables are CSV (UTF-8, GB18030), Parquet or the first sheet of an xlsx. One table alone is searched for duplicates.',
      ),
    ],
    options: OPTIONS,
    examples: [
      text(
        'jiping link 户籍.csv 学籍.csv --model 模型.yaml --out pairs.csv',
        'jiping link household.csv school.csv --model model.yaml --out pairs.csv',
      ),
      text(
        'jiping link 户籍.csv --model 模型.yaml --predict',
        'jiping link household.csv --model model.yaml --predict',
      ),
    ],
    failure: text('用了 --strict 而有警告', 'with --strict, when there are warnings'),
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals } = parseOptions(joinWords(args), OPTIONS, 'link');
    const [left, right, surplus] = positionals;
    if (left === undefined || surplus !== undefined || values.model === undefined)
      throw new JipingError(
        'usage',
        text(
          '请给出一或两张表和模型：jiping link <左表> [<右表>] --model 模型.yaml --out pairs.csv',
          'give one or two tables and a model: jiping link <left> [<right>] --model model.yaml --out pairs.csv',
        ),
      );
    const path = (given: string): string => resolve(io.cwd, given);
    const { model, problems: modelProblems } = await readModel(path(values.model), values);
    const minProbability = share(values['min-probability'], '--min-probability') ?? 0.01;
    const threshold = share(values.threshold, '--threshold');
    if (threshold !== undefined && threshold < minProbability)
      throw new JipingError(
        'usage',
        text('--threshold 不能低于 --min-probability', '--threshold cannot be below --min-probability'),
      );
    if (values.decide !== undefined) await addDecision(values, path, io);

    io.progress(text('读取…', 'reading…'));
    if (values.state !== undefined && right !== undefined)
      throw new JipingError('usage', text('--state 只用于一张表', '--state goes with one table'));
    const state = values.state === undefined ? undefined : await readLinkState(path(values.state), model);
    const files = [...(state === undefined ? [] : [state.records]), ...positionals.map(path)];
    const tables = await readTables(files, columnsOf(model), model.uniqueId);
    if (values.predict === true) return predict(model, tables, state !== undefined, common.format === 'json', io);
    const trained =
      values.trained === undefined
        ? state?.trained
        : readTrainedModel({
            file: basename(values.trained),
            content: (await readBytes(path(values.trained))).toString('utf8'),
          });
    const decisions = values.decisions === undefined ? undefined : await decisionsOf(path(values.decisions));
    const outcome = await linkTables(model, tables, {
      threads: whole(values.threads, '--threads') ?? availableParallelism(),
      minProbability,
      threshold,
      trained,
      decisions,
      clustersBefore: state?.clusters,
      progress: (line) => io.progress(line),
    });
    const truth = values.truth === undefined ? undefined : await truthOf(path(values.truth), outcome, model);
    const written = await writeResults(values, outcome, model, tables, truth, path, common.language);
    io.progress('');
    const problems = [...modelProblems, ...outcome.problems];
    const summary = summaryOf(outcome, truth, problems, written);
    const explained = values.explain === undefined ? undefined : explain(values.explain, outcome);
    if (common.format === 'json')
      io.out(
        `${JSON.stringify({ ...linkSummaryJson(summary), ...(explained === undefined ? {} : { explanation: explanationJson(explained) }) }, null, 2)}\n`,
      );
    else {
      io.out(linkSummary(summary, common.language));
      if (explained !== undefined) io.out(printExplanation(explained, common.language));
    }
    return common.strict && problems.some((one) => one.severity === 'warning') ? 1 : 0;
  },
};

/** `--explain A B` and `--decide A B WORD` take several words; they are joined so that parseArgs sees one value. */
function joinWords(args: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    const words = word === '--explain' ? 2 : word === '--decide' ? 3 : 0;
    if (words === 0) joined.push(word);
    else {
      joined.push(`${word}=${args.slice(index + 1, index + 1 + words).join('\u0000')}`);
      index += words;
    }
  }
  return joined;
}

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>['values'];

async function readModel(path: string, values: Values): Promise<{ model: LinkModel; problems: readonly Problem[] }> {
  const { model, problems } = readLinkModel({
    file: basename(path),
    content: toUtf8(await readBytes(path), basename(path)).toString('utf8'),
  });
  return {
    model: {
      ...model,
      maxPairs: whole(values['max-pairs'], '--max-pairs') ?? model.maxPairs,
      seed: whole(values.seed, '--seed') ?? model.seed,
    },
    problems,
  };
}

function share(given: string | undefined, option: string): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() !== '' && value >= 0 && value < 1) return value;
  throw new JipingError(
    'usage',
    text(
      `${option} 应为 0 与 1 之间的数，现为“${given}”`,
      `${option} takes a number from 0 to below 1, not “${given}”`,
    ),
  );
}

function whole(given: string | undefined, option: string): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(given)) return Number(given);
  throw new JipingError(
    'usage',
    text(`${option} 应为正整数，现为“${given}”`, `${option} takes a whole number above 0, not “${given}”`),
  );
}

async function addDecision(values: Values, path: (given: string) => string, io: Io): Promise<void> {
  const [left = '', right = '', word = ''] = (values.decide ?? '').split('\u0000');
  if (values.decisions === undefined || !['match', 'no-match'].includes(word))
    throw new JipingError(
      'usage',
      text(
        '--decide 甲 乙 match|no-match 须与 --decisions 文件同用',
        '--decide A B match|no-match goes with --decisions FILE',
      ),
    );
  const file = path(values.decisions);
  const isNew = (await stat(file).catch(() => undefined)) === undefined;
  const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const line = `${quote(left)},${quote(right)},${word},${io.today}\n`;
  await appendFile(file, isNew ? `left_id,right_id,decision,decided_on\n${line}` : line, { mode: 0o600 });
}

async function decisionsOf(path: string): Promise<readonly Decision[]> {
  return readDecisions(toUtf8(await readBytes(path), basename(path)), basename(path));
}

function predict(model: LinkModel, tables: readonly TextTable[], added: boolean, json: boolean, io: Io): ExitStatus {
  const mode = tables.length === 1 ? 'dedupe' : added ? 'increment' : 'link';
  const rules = predictPairs(prepareRecords(model, tables, mode), model);
  io.progress('');
  if (json) io.out(`${JSON.stringify({ rules, maxPairs: model.maxPairs }, null, 2)}\n`);
  else for (const rule of rules) io.out(`${rule.columns.join(' + ')}\t${rule.pairs}\n`);
  return 0;
}

async function truthOf(path: string, outcome: LinkOutcome, model: LinkModel): Promise<TruthReport> {
  const table = readCsv(toUtf8(await readBytes(path), basename(path)), basename(path), ['left_id', 'right_id']);
  const pairs = Array.from({ length: table.rows }, (_, row): [string, string] => [
    cellOf(table, 'left_id', row),
    cellOf(table, 'right_id', row),
  ]);
  return measureAgainstTruth(outcome.linkage.records, outcome.pairs, model.blocking, pairs);
}

/** Writes what was asked for; gives the names of the files. */
async function writeResults(
  values: Values,
  outcome: LinkOutcome,
  model: LinkModel,
  tables: readonly TextTable[],
  truth: TruthReport | undefined,
  path: (given: string) => string,
  language: Language,
): Promise<readonly string[]> {
  const { records, trained } = outcome.linkage;
  const written: string[] = [];
  const write = async (given: string | undefined, chunks: () => Iterable<string>): Promise<void> => {
    if (given === undefined) return;
    await writeWhole(path(given), chunks());
    written.push(given);
  };
  await write(values.out, () => pairLines(records, outcome.pairs));
  await write(values.links, () => pairLines(records, outcome.pairs, outcome.oneToOne()));
  if (values.clusters !== undefined || values.state !== undefined) {
    const clusters = outcome.clusters();
    await write(values.clusters, () => clusterLines(records, clusters.ids));
    if (values.state !== undefined) {
      const clusterOf = new Map(records.identifiers.map((identifier, at) => [identifier, clusters.ids[at] ?? '']));
      await writeLinkState(path(values.state), model, tables, clusterOf, trained);
      written.push(values.state);
    }
  }
  await write(values['save-trained'], () => [printTrainedModel(trained)]);
  await write(values.report, () => [
    linkPage({
      title: inLanguage(text(`连接报告 ${model.file}`, `Links by ${model.file}`), language),
      language,
      linkage: outcome.linkage,
      unlinkables: findUnlinkables(outcome.linkage),
      threshold: outcome.threshold.weight,
      links: outcome.links,
      truth,
    }),
  ]);
  return written;
}

function summaryOf(
  outcome: LinkOutcome,
  truth: TruthReport | undefined,
  problems: readonly Problem[],
  written: readonly string[],
): Parameters<typeof linkSummary>[0] {
  const unlinkables = findUnlinkables(outcome.linkage);
  return {
    outcome,
    truth,
    problems,
    written,
    unlinkable: unlinkableBelow(unlinkables, outcome.threshold.weight),
    threshold: probabilityOf(outcome.threshold.weight),
  };
}

function explain(words: string, outcome: LinkOutcome): ReturnType<typeof explainPair> {
  const [left = '', right = ''] = words.split('\u0000');
  const pair = recordFinder(outcome.linkage.records)(left, right);
  if (pair === undefined)
    throw new JipingError(
      'not-found',
      text('--explain 的编号不在表中', 'the identifiers of --explain are not in the tables'),
    );
  return explainPair(outcome.linkage, pair[0], pair[1]);
}
