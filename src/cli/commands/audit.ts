import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import {
  type AuditedDocument,
  auditDocument,
  composeOpinion,
  composeRegister,
  composeStatistic,
  documentJson,
  documentSummary,
  financingOf,
  ownOutput,
  readBaseline,
  readRuleBook,
  renderPage,
  withoutDismissed,
} from '../../audit/index.ts';
import { readDocuments } from '../../document/index.ts';
import { inLanguage, JipingError, text } from '../../problem/index.ts';
import { renderDocx, renderXlsx } from '../../report/index.ts';
import type { Command, ExitStatus } from '../command.ts';
import type { Options } from '../help/option.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';
import { checkOutputFolder, type OutputFile, writeFiles } from '../write-files.ts';
import { loadPolicy } from './subsidy/load-policy.ts';

const OPTIONS = {
  out: {
    type: 'string',
    value: text('文件夹', 'DIR'),
    help: text(
      '写出每份材料的复核页（html）和复核意见书（docx）；两份以上时另写复核台账（xlsx）和统计（docx）',
      'writes for each document a page (html) and a review opinion (docx); for two or more also a register (xlsx) and a statistic (docx)',
    ),
  },
  baseline: {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text(
      '已经驳回的意见不再提出；{"dismissed": [编号…]} 或以前的 --format json 输出',
      'leaves out findings dismissed before; {"dismissed": [id…]} or an earlier output of --format json',
    ),
  },
  text: {
    type: 'boolean',
    help: text(
      '只打印读出的文字（意见中的位置按它的字符数）',
      'prints only the text as read; the offsets of the findings count its characters',
    ),
  },
} as const satisfies Options;

export const auditCommand: Command = {
  name: 'audit',
  summary: text('复核任何人的自评表和报告，找出自相矛盾之处', 'check anyone’s tables and reports for contradictions'),
  help: {
    usage: [text('<文件或文件夹>… [选项]', '<file or folder>… [options]')],
    about: [
      text(
        '读 xlsx、xls、docx、doc、pdf（有文字层）、html、txt、csv、zip 和文件夹，逐条给出意见。',
        'Reads xlsx, xls, docx, doc, pdf (with a text layer), html, txt, csv, zip and folders, and lists what does not agree.',
      ),
      text(
        '错误：仅凭材料自身的数字就能证明，附验算；警告：需要说明；提示：文字和格式。看不清的地方不提意见。',
        'Errors are proven from the figures of the document alone, with the arithmetic; warnings ask for an explanation; notices are about form and wording. Where the text is not legible nothing is claimed.',
      ),
    ],
    options: OPTIONS,
    examples: [
      text('jiping audit 自评表.docx', 'jiping audit self-evaluation.docx'),
      text('jiping audit 报送材料 --out 复核', 'jiping audit submitted --out review'),
    ],
    failure: text('发现错误级问题', 'errors were found'),
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals } = parseOptions(args, OPTIONS, 'audit');
    if (values.out !== undefined) checkOutputFolder(resolve(io.cwd, values.out));
    if (positionals.length === 0)
      throw new JipingError(
        'usage',
        text(
          '请给出文件或文件夹：jiping audit <文件或文件夹>…',
          'name a file or folder: jiping audit <file or folder>…',
        ),
      );
    const rules = readRuleBook();
    const dismissed =
      values.baseline === undefined
        ? new Set<string>()
        : readBaseline(readText(resolve(io.cwd, values.baseline), values.baseline), values.baseline);
    const financing = financingOf(loadPolicy([], io));
    const documents: AuditedDocument[] = [];
    const failed: JipingError[] = [];
    let total = 0;
    for await (const outcome of readDocuments(positionals.map((path) => resolve(io.cwd, path)))) {
      total += 1;
      io.progress(outcome.name);
      if (outcome.document === undefined) {
        failed.push(outcome.error);
        continue;
      }
      if (values.text === true) {
        if (total > 1) io.out('\f\n');
        io.out(outcome.document.text);
        continue;
      }
      const own = ownOutput(outcome.document);
      if (own !== undefined) {
        const line = text(
          `已跳过 ${outcome.name}：是本程序写出的${own.zh}，不是报送材料`,
          `skipped ${outcome.name}: ${own.en} this program wrote, not a paper handed in`,
        );
        const words = `${inLanguage(line, common.language)}\n`;
        if (common.format === 'text') io.out(words);
        else io.err(words);
        continue;
      }
      if (outcome.document.text.length > LONGEST_TEXT) {
        failed.push(tooLong(outcome.name));
        continue;
      }
      const audited = withoutDismissed(auditDocument(outcome.document, financing), dismissed);
      documents.push(audited);
      if (common.format === 'text') io.out(documentSummary(audited, rules, common.language));
    }
    io.progress('');
    for (const error of failed)
      io.err(
        `jiping: ${error.where.file ?? ''}${punctuation(common.language).colon}${inLanguage(error.text, common.language)}\n`,
      );
    if (documents.length === 0 && (values.text !== true || failed.length === total)) {
      if (failed.length > 0 && failed.length === total) return 2;
      if (total === 0)
        throw new JipingError('not-found', text('文件夹里没有可读的文件', 'there is nothing to read in the folder'));
    }
    if (common.format === 'json' && values.text !== true)
      io.out(
        `${JSON.stringify({ documents: documents.map((document) => documentJson(document, common.language)) }, null, 2)}\n`,
      );
    if (values.out !== undefined && values.text !== true) {
      const files = writeFiles(resolve(io.cwd, values.out), outputFiles(documents, failed, rules, common.language));
      if (common.format === 'text')
        for (const file of files) io.out(`  ${inLanguage(text('已写出', 'written'), common.language)} ${file}\n`);
    }
    const grave = (severity: string): boolean => severity === 'error' || (common.strict && severity === 'warning');
    return documents.some((document) => document.findings.some((finding) => grave(finding.severity))) ? 1 : 0;
  },
};

/** Characters of one document; a book of 4,000 pages. More would need more memory than an office computer has. */
const LONGEST_TEXT = 4_000_000;

function tooLong(file: string): JipingError {
  return new JipingError(
    'resource',
    text(
      `文字超过 ${LONGEST_TEXT / 10_000} 万字，没有复核；请拆分后再试。`,
      `the text is longer than ${LONGEST_TEXT} characters and was not audited; split the file.`,
    ),
    { file },
  );
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new JipingError('not-found', text('没有找到基线文件', 'no such baseline file'), { file: name });
  }
}

function outputFiles(
  documents: readonly AuditedDocument[],
  failed: readonly JipingError[],
  rules: ReturnType<typeof readRuleBook>,
  language: 'zh' | 'en',
): OutputFile[] {
  const files: OutputFile[] = [];
  const taken = new Set<string>();
  for (const document of documents) {
    const stem = freeName(basename(document.file).replace(/\.[^.]{1,5}$/, '') || '材料', taken);
    files.push({ path: `${stem}.复核.html`, content: renderPage(document, rules, language) });
    files.push({ path: `${stem}.复核意见书.docx`, content: renderDocx(composeOpinion(document, rules)) });
  }
  if (documents.length > 1) {
    files.push({ path: '复核台账.xlsx', content: renderXlsx(composeRegister(documents, rules)) });
    files.push({
      path: '复核统计.docx',
      content: renderDocx(
        composeStatistic(
          documents,
          failed.map((error) => error.where.file ?? ''),
          rules,
        ),
      ),
    });
  }
  return files;
}

function freeName(wanted: string, taken: Set<string>): string {
  const safe = wanted.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_').slice(0, 80);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? safe : `${safe}-${number}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
