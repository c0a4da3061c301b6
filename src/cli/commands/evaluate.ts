import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readRuleSets } from '../../performance/index.ts';
import { inLanguage, JipingError, text } from '../../problem/index.ts';
import { evaluationJson, loadPaperForms, loadSigningKey, PdfRenderer } from '../../report/index.ts';
import { isCalendarDate, packagedRulesFolder, readRuleFolder } from '../../rules/index.ts';
import { openProjectBook } from '../../workbook/index.ts';
import type { Command, CommonOptions, ExitStatus, Io } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import { evaluateBook, renderEvaluation } from '../evaluate-project.ts';
import { evaluationSummary } from '../evaluation-summary.ts';
import { readEvidenceFacts } from '../evidence-facts.ts';
import { evaluateFolder, type FolderResult, formFolders } from '../package/evaluate-folder.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';
import { writeFiles } from '../write-files.ts';

const OPTIONS = {
  rules: { type: 'string' },
  'as-of': { type: 'string' },
  out: { type: 'string' },
  form: { type: 'string', multiple: true },
  forms: { type: 'string' },
} as const;

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: text(
    '评价一个项目工作簿：核对、计算、评分，写出表、报告、数据来源页',
    'evaluate a project workbook: check, compute, score; write table, report, lineage page',
  ),
  help: text(
    [
      '用法：jiping evaluate <工作簿.xlsx 或文件夹> [--out 文件夹] [--rules 规则集] [--as-of 日期] [--form 表式] [--forms 文件夹]',
      '',
      '核对工作簿，由台账算出指标，按规则集给出建议分（与自评分、复核分并列），写出：',
      '  自评表（docx、xlsx、pdf）、报告（docx、pdf）、数据来源页（html）、evaluation.json',
      '',
      '  --out 文件夹     写到哪里；不写时只核对和计算，不出文件',
      '  --rules 规则集   CN2020、CN2021、GD、JX、SC；不写时按工作簿，再按地区和年度',
      '  --as-of 日期     数据截至哪一天（YYYY-MM-DD）；不写时用填报日期（评价期已过）或评价期末',
      '                   在评价年度之内时出绩效运行监控表，只计当日以前的台账',
      '  --form 表式      改出指定的表式：F1、F2、F3、F5（目标申报表）、F6，可写多个',
      '  --forms 文件夹   本地自定表式（*.yaml）；JIPING_HOME/forms 里的自动读取',
      '给文件夹时逐个评价其中的工作簿，每个项目一个子文件夹，另出汇总表、问题清单，佐证材料按编号收齐；',
      '有工作簿不能评价时列出原因，其余照常完成，退出码为 1。',
      '发现错误级问题时退出码为 1，文件照样写出。',
    ].join('\n'),
    [
      'usage: jiping evaluate <workbook.xlsx or folder> [--out DIR] [--rules ID] [--as-of DATE] [--form ID] [--forms DIR]',
      '',
      'Checks the workbook, computes indicators from the ledgers, suggests scores by the rule set beside the claimed and',
      'reviewed ones, and writes the table (docx, xlsx, pdf), the report (docx, pdf), the lineage page and evaluation.json.',
      '',
      '  --out DIR     where to write; without it nothing is written',
      '  --rules ID    CN2020, CN2021, GD, JX, SC; default: the book, else region and year',
      '  --as-of DATE  YYYY-MM-DD; default: the date the book was prepared if its period is over by then, else the last day of its period',
      '                within the year: the monitoring table, counting only what the ledgers date up to then',
      '  --form ID     these forms instead: F1, F2, F3, F5 (goal declaration), F6; may be repeated',
      '  --forms DIR   forms of your own (*.yaml); those in JIPING_HOME/forms are read without asking',
      'A folder: every workbook into a subfolder of its own, a summary table, a problem list, evidence copied by number.',
      'A workbook that cannot be evaluated is listed and does not stop the rest; exit status 1.',
      'Exit status 1 when problems of severity error were found; the papers are written all the same.',
    ].join('\n'),
  ),
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals } = parseOptions(args, OPTIONS, 'evaluate');
    const [path, surplus] = positionals;
    if (path === undefined || surplus !== undefined)
      throw new JipingError(
        'usage',
        text(
          '请给出一个工作簿或文件夹：jiping evaluate <工作簿.xlsx 或文件夹>',
          'give one workbook or folder: jiping evaluate <workbook.xlsx or folder>',
        ),
      );
    const asOf = values['as-of'];
    if (asOf !== undefined && !isCalendarDate(asOf))
      throw new JipingError(
        'usage',
        text(`--as-of 应为 YYYY-MM-DD 的日期，现为“${asOf}”`, `--as-of takes YYYY-MM-DD, not “${asOf}”`),
      );
    const full = resolve(io.cwd, path);
    const home = dataFolder(io.env);
    const folders = formFolders(home, values.forms === undefined ? undefined : resolve(io.cwd, values.forms));
    const ids = values.form?.flatMap((list) => list.split(/[,，、]/)).filter((id) => id.trim() !== '');
    const out = values.out === undefined ? undefined : resolve(io.cwd, values.out);
    const forms = loadPaperForms(folders);
    if (statSync(full, { throwIfNoEntry: false })?.isDirectory() === true)
      return presentFolder(
        await evaluateFolder(
          full,
          {
            ruleSet: values.rules,
            asOf,
            today: io.today,
            language: common.language,
            formFolders: folders,
            formIds: ids,
            home,
            out,
          },
          (line) => io.progress(line),
        ),
        common,
        io,
        out,
      );
    const read = await openProjectBook(full);
    const ruleSets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));
    const evaluation = evaluateBook(read, ruleSets, {
      ruleSet: values.rules,
      asOf,
      today: io.today,
      evidence: readEvidenceFacts(read.book, dirname(full)),
    });
    let problems = evaluation.problems;
    let written: readonly string[] = [];
    if (out !== undefined) {
      const outputs = renderEvaluation(evaluation, read, {
        forms,
        choice: { ids },
        pdf: new PdfRenderer(),
        key: loadSigningKey(home),
        language: common.language,
      });
      problems = [...problems, ...outputs.problems];
      written = writeFiles(out, outputs.files);
    }
    const complete = { ...evaluation, problems };
    if (common.format === 'json') io.out(`${JSON.stringify(evaluationJson(complete, common.language), null, 2)}\n`);
    else {
      io.out(evaluationSummary(complete, common.language));
      for (const file of written) io.out(`  ${inLanguage(text('已写出', 'written'), common.language)} ${file}\n`);
    }
    return problems.some((each) => each.severity === 'error' || (common.strict && each.severity === 'warning')) ? 1 : 0;
  },
};

function presentFolder(result: FolderResult, common: CommonOptions, io: Io, out: string | undefined): ExitStatus {
  const say = (zh: string, en: string): string => inLanguage(text(zh, en), common.language);
  const { projects, files } = result;
  const failed = result.failed.map(({ file, message }) => ({ file, message: inLanguage(message, common.language) }));
  const counted = (severity: string, of: readonly FolderResult['projects'][number][] = projects): number =>
    of.reduce((sum, one) => sum + one.problems.filter((found) => found.severity === severity).length, 0);
  if (common.format === 'json') {
    const evaluations = result.evaluations.map((json, index) => ({
      file: projects[index]?.file,
      ...(JSON.parse(json) as object),
    }));
    io.out(`${JSON.stringify({ projects: evaluations, failed, files }, null, 2)}\n`);
  } else {
    for (const one of projects)
      io.out(
        `${one.file}  ${one.project}  ${say('自评', 'claimed')} ${one.claimed?.value ?? '—'}${one.grade === '' ? '' : say(`（${one.grade}）`, ` (“${one.grade}”)`)}  ${say('错误', 'errors')} ${counted('error', [one])}${punctuation(common.language).comma}${say('警告', 'warnings')} ${counted('warning', [one])}\n`,
      );
    for (const one of failed) io.out(`✗ ${one.file}${punctuation(common.language).colon}${one.message}\n`);
    io.out(
      say(
        `共 ${projects.length} 个项目，${failed.length} 个未能评价；错误 ${counted('error')} 处，警告 ${counted('warning')} 处。\n`,
        `${projects.length} projects, ${failed.length} not evaluated; ${counted('error')} errors, ${counted('warning')} warnings.\n`,
      ),
    );
    if (out !== undefined)
      io.out(say(`已写出 ${files.length} 个文件：${out}\n`, `${files.length} files written: ${out}\n`));
  }
  return failed.length > 0 || counted('error') > 0 || (common.strict && counted('warning') > 0) ? 1 : 0;
}
