import { join, resolve } from 'node:path';
import {
  type BalanceTable,
  balancePersons,
  type ComparisonJob,
  type ComparisonRules,
  type ComparisonRun,
  loadComparisonRules,
  type ProposedLinks,
  proposeLinks,
  RegisterFacts,
  runComparisons,
  writeProposalList,
  writeWorkLists,
} from '../../linkage/index.ts';
import { inLanguage, JipingError, type Language, type Text, text } from '../../problem/index.ts';
import { hideNumbers, loadRegisterKinds, RegisterStore } from '../../register/index.ts';
import { loadSigningKey, type SigningKey } from '../../report/index.ts';
import type { Command, CommonOptions, ExitStatus } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import { MEMORY, THREADS } from '../help/engine-options.ts';
import type { Options } from '../help/option.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';
import { registerPaper, registerResult, withInputs } from '../register-papers.ts';
import { checkOutputFolder, type NewFile, writeFiles } from '../write-files.ts';
import { balancePaper } from './compare/balance-paper.ts';
import { dayOption, wholeNumber } from './register.ts';

const OPTIONS = {
  'as-of': {
    type: 'string',
    value: text('日期', 'DATE'),
    help: text('按哪一天比对；不写时为今天', 'the day compared (YYYY-MM-DD); default: today'),
  },
  out: {
    type: 'string',
    value: text('文件夹', 'DIR'),
    help: text(
      '写出各乡镇、学校、单位的任务清单和名册提供单位的核对清单（没有身份证号，填好核实结果后用 jiping findings import 读回）、平衡表和名册比对结果.json',
      'writes a work list for each town, school or employer and each agency whose register is contradicted (without identity numbers; filled in, it comes back with jiping findings import), the balance table and a JSON result',
    ),
  },
  linkage: {
    type: 'boolean',
    help: text(
      '前几级没有对上的人，再用训练得到的关联提出可能是同一人的记录；只提出，由人认定后读回',
      'for persons no earlier level found, proposes by trained linkage records that may be theirs; a person decides and the list comes back',
    ),
  },
  threads: THREADS,
  memory: MEMORY,
} as const satisfies Options;

export const compareCommand: Command = {
  name: 'compare',
  summary: text('名册比对：疑点、任务清单、应保未保平衡表', 'compare registers: findings, work lists, balance table'),
  help: {
    usage: [text('', ''), text('<作业>… [选项]', '<job>… [options]')],
    about: [
      text(
        '作业：c1 到 c12，all 为全部，balance 为一人一档与应保未保平衡表；不写作业时列出全部作业。',
        'Jobs: c1 to c12, all, and balance (one person one file, balance table); without a job all are listed.',
      ),
      text(
        '用各单位截至当日最新的名册比对；缺名册的作业说明缺哪几种，其余照常。',
        'The newest register of each agency up to that day is compared. A job that lacks a register says which; the others run.',
      ),
    ],
    options: OPTIONS,
    examples: [
      'jiping compare',
      text('jiping compare c4 --out 比对', 'jiping compare c4 --out comparison'),
      text(
        'jiping compare all --as-of 2025-03-01 --out 比对',
        'jiping compare all --as-of 2025-03-01 --out comparison',
      ),
    ],
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals } = parseOptions(args, OPTIONS, 'compare');
    if (values.out !== undefined) checkOutputFolder(resolve(io.cwd, values.out));
    const rules = loadComparisonRules();
    if (positionals.length === 0) {
      if (common.format === 'json') io.out(`${JSON.stringify({ jobs: rules.jobs }, null, 2)}\n`);
      else
        for (const job of rules.jobs)
          io.out(
            `${job.job.padEnd(4)} ${inLanguage(jobTitle(job), common.language)}${unreadMark(job.verified, common)}\n`,
          );
      return 0;
    }
    const names = positionals.map((name) => name.toLowerCase());
    const known = new Set([...rules.jobs.map(({ job }) => job), 'all', 'balance']);
    const unknown = names.find((name) => !known.has(name));
    if (unknown !== undefined)
      throw new JipingError(
        'usage',
        text(
          `没有比对作业“${unknown}”；可用的有 ${[...known].join('、')}`,
          `no job “${unknown}”; there are ${[...known].join(', ')}`,
        ),
      );
    const jobs = rules.jobs.filter(({ job }) => names.includes('all') || names.includes(job));
    const home = dataFolder(io.env);
    const store = new RegisterStore(home);
    const [threads, memory] = [wholeNumber(values.threads, 'threads'), values.memory];
    const options = {
      asOf: dayOption(values['as-of'], 'as-of') ?? io.today,
      today: io.today,
      progress: (line: Text) => io.progress(line),
      ...(threads === undefined ? {} : { threads }),
      ...(memory === undefined ? {} : { memory }),
    };
    const outcome = await runComparisons(store, rules, jobs, options);
    if (outcome.runs.length === 0 && !names.includes('all') && !names.includes('balance')) {
      const [first] = outcome.skipped;
      throw new JipingError(
        'not-found',
        text(
          `${first?.title ?? ''}缺少名册：${first?.missing.map((kind) => kindTitle(kind).zh).join('、') ?? ''}；先用 jiping register import 导入。`,
          `${first?.job ?? ''} lacks registers: ${first?.missing.join(', ') ?? ''}; import them first with jiping register import.`,
        ),
      );
    }
    const proposed: ProposedLinks[] = [];
    for (const run of values.linkage === true ? outcome.runs : []) {
      const job = jobs.find((each) => each.job === run.job);
      if (job === undefined) continue;
      io.progress(text(`${job.title}：关联…`, `${job.titleEn}: linkage…`));
      proposed.push(await proposeLinks(store, rules, job, run, options));
    }
    const balance =
      names.includes('balance') || (names.includes('all') && store.latest('household', options.asOf).length > 0)
        ? await balancePersons(store, rules, options)
        : undefined;
    const files: string[] = [];
    if (values.out !== undefined) {
      const folder = resolve(io.cwd, values.out);
      for (const run of outcome.runs) {
        const job = jobs.find((each) => each.job === run.job);
        if (job === undefined) continue;
        io.progress(text(`${job.title}：任务清单…`, `${job.titleEn}: work lists…`));
        for (const list of await writeWorkLists(store, rules, job, run, join(folder, '任务清单'), options))
          files.push(list.path);
        const links = proposed.find((each) => each.job === run.job);
        if (links === undefined) continue;
        for (const list of await writeProposalList(rules, job, links, join(folder, '任务清单'), options.asOf))
          files.push(list.path);
      }
      files.push(...writeFiles(folder, comparisonFiles(outcome.runs, balance, rules, loadSigningKey(home))));
    }
    io.progress('');
    if (common.format === 'json')
      io.out(
        `${JSON.stringify({ runs: outcome.runs, skipped: outcome.skipped, ...(values.linkage === true ? { linkage: proposed.map(linkageJson) } : {}), ...(balance === undefined ? {} : { balance }), files }, null, 2)}\n`,
      );
    else {
      io.out(runsText(outcome.runs, rules, common));
      for (const links of proposed) io.out(linkageText(links, common));
      for (const { title, job, missing } of outcome.skipped)
        io.out(
          common.language === 'zh'
            ? `${title}：缺少名册 ${missing.map((kind) => kindTitle(kind).zh).join('、')}，未比对\n`
            : `${job}: not compared, lacks the registers ${missing.join(', ')}\n`,
        );
      if (balance !== undefined) io.out(balanceText(balance, rules, common));
      for (const file of files) io.out(`  ${hideNumbers(file)}\n`);
    }
    return 0;
  },
};

/**
 * The balance table as a paper, and what the runs and the table counted as a result that a project can cite as evidence.
 * Of the table the result holds the county and its towns; the villages stand in the paper.
 */
export function comparisonFiles(
  runs: readonly ComparisonRun[],
  balance: BalanceTable | undefined,
  rules: ComparisonRules,
  key: SigningKey | undefined,
): readonly NewFile[] {
  const facts = new RegisterFacts();
  const found = runs.flatMap((run) => facts.findings(run, rules));
  const persons =
    balance === undefined
      ? []
      : [balance.county, ...balance.towns].flatMap((row) =>
          ['户籍人口', ...balance.statuses].map((status) => facts.persons(balance, row, status)),
        );
  const runsOf = runs.map(({ id, job, title, asOf, planHash, rowSetHash, datasets }) => ({
    id,
    job,
    title,
    asOf,
    planHash,
    rowSetHash,
    datasets,
  }));
  return [
    ...(balance === undefined ? [] : registerPaper('应保未保平衡表', balancePaper(balance, facts), facts.lineage, key)),
    registerResult('名册比对结果', { runs: runsOf }, withInputs(facts.lineage, [...persons, ...found])),
  ];
}

/** Findings of each check by level and state, with the money. */
export function runsText(runs: readonly ComparisonRun[], rules: ComparisonRules, common: CommonOptions): string {
  const lines: string[] = [];
  for (const run of runs) {
    const job = rules.jobs.find((each) => each.job === run.job);
    lines.push(
      `${run.job} ${inLanguage(job === undefined ? text(run.title, `“${run.title}”`) : jobTitle(job), common.language)}${unreadMark(run.verified, common)}  ${run.id.slice(0, 12)}`,
    );
    const checks = [...new Set(run.counts.map(({ check }) => check))];
    if (checks.length === 0) lines.push(common.language === 'zh' ? '  没有疑点' : '  no findings');
    for (const check of checks) {
      const counts = run.counts.filter((count) => count.check === check);
      const active = counts.filter(({ state }) => state === 'new' || state === 'open' || state === 'reopened');
      const sum = active.reduce((total, { findings }) => total + findings, 0);
      // A check for persons found nowhere has no level of certainty.
      const levels = [...new Set(active.map(({ level }) => level))]
        .filter((level) => level !== '—')
        .map(
          (level) =>
            `${level === 'linkage' && common.language === 'zh' ? '关联' : level} ${active.filter((count) => count.level === level).reduce((total, { findings }) => total + findings, 0)}`,
        );
      const others = STATES.map(
        ([state, zh]) =>
          [
            common.language === 'zh' ? zh : state,
            counts.filter((count) => count.state === state).reduce((total, { findings }) => total + findings, 0),
          ] as const,
      ).filter(([, count]) => count > 0);
      const money = active.reduce((total, count) => total + BigInt(count.money ?? 0), 0n);
      const marks = punctuation(common.language);
      const name = counts[0]?.finding;
      const nameEn = job?.checks.find((each) => each.check === check)?.findingEn;
      const parts = [...levels, ...others.map(([label, count]) => `${label} ${count}`)].join(marks.and);
      lines.push(
        common.language === 'zh'
          ? `  ${name ?? check}：${sum}（${parts}）${money === 0n ? '' : `，涉及 ${yuan(money)} 元`}`
          : `  ${nameEn ?? check}: ${sum} (${parts})${money === 0n ? '' : `, ${yuan(money)} yuan`}`,
      );
    }
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Without what is personal: that stands in the list alone. */
function linkageJson({ job, proposals, comparedPairs, left }: ProposedLinks): object {
  return {
    job,
    comparedPairs,
    proposals: proposals.map(({ left: _left, right: _right, ...proposal }) => proposal),
    left: left.map(({ check, reason }) => ({ check, reason: reason.zh })),
  };
}

function linkageText({ job, proposals, comparedPairs, left }: ProposedLinks, common: CommonOptions): string {
  const skipped = left.map(({ check, reason }) => `  ${check}  ${inLanguage(reason, common.language)}\n`).join('');
  if (comparedPairs === 0) return skipped;
  return (
    skipped +
    inLanguage(
      text(
        `${job} 关联建议：比较 ${comparedPairs} 对，提出 ${proposals.length} 对可能是同一人，须人工认定\n`,
        `${job} linkage: ${comparedPairs} pairs compared, ${proposals.length} proposed as one person for a person to decide\n`,
      ),
      common.language,
    )
  );
}

const STATES = [
  ['new', '新增'],
  ['open', '仍在'],
  ['reopened', '重现'],
  ['gone', '已消失'],
  ['resolved', '已处置'],
  ['dismissed', '已排除'],
] as const;

function unreadMark(verified: boolean, common: CommonOptions): string {
  if (verified) return '';
  return common.language === 'zh' ? '（原文未核）' : ' (document not read)';
}

/** A name of the registers or of the rules, in quotation marks where the line is English. */
function quoted(name: string, common: CommonOptions): string {
  return common.language === 'zh' ? name : `“${name}”`;
}

/** 分 as 元 with two digits, exactly. */
export function yuan(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The English of a status is in its rule; of the two that are none of them, here. */
function statusName(status: string, rules: ComparisonRules, language: Language): string {
  if (language === 'zh') return status;
  const english = rules.statuses.find((each) => each.status === status)?.statusEn;
  return english ?? { 未参保: 'not insured', 待核: 'to be checked' }[status] ?? `“${status}”`;
}

function jobTitle(job: ComparisonJob): Text {
  return text(job.title, job.titleEn);
}

function kindTitle(name: string): Text {
  const kind = loadRegisterKinds().find((each) => each.kind === name);
  return kind === undefined ? text(name, name) : text(kind.title, kind.titleEn);
}

/** The county's balance in one paragraph and its towns. */
export function balanceText(balance: BalanceTable, rules: ComparisonRules, common: CommonOptions): string {
  const zh = common.language === 'zh';
  const line = (name: string, registered: number, counts: readonly number[]): string =>
    `  ${name}${zh ? '：户籍' : ': registered'} ${registered} = ${counts.map((count, index) => `${statusName(balance.statuses[index] ?? '', rules, common.language)} ${count}`).join(' + ')}\n`;
  return (
    (zh ? `应保未保平衡表（截至 ${balance.asOf}）\n` : `balance table as of ${balance.asOf}\n`) +
    balance.towns
      .map((row) =>
        line(row.town === '' ? (zh ? '未注明' : 'not stated') : quoted(row.town, common), row.registered, row.counts),
      )
      .join('') +
    line(zh ? '全县' : 'county', balance.county.registered, balance.county.counts)
  );
}
