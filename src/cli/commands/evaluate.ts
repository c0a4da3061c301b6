import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readRuleSets } from '../../performance/index.ts';
import { counted, inLanguage, JipingError, text } from '../../problem/index.ts';
import {
  evaluationJson,
  formIds,
  loadPaperForms,
  loadSigningKey,
  PdfRenderer,
  titlesOfForms,
} from '../../report/index.ts';
import { isCalendarDate, packagedRulesFolder, readRuleFolder } from '../../rules/index.ts';
import { openProjectBook } from '../../workbook/index.ts';
import type { Command, CommonOptions, ExitStatus, Io } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import { evaluateBook, renderEvaluation } from '../evaluate-project.ts';
import { evaluationSummary } from '../evaluation-summary.ts';
import { readEvidenceFacts } from '../evidence-facts.ts';
import type { Options } from '../help/option.ts';
import { evaluateFolder, type FolderResult, formFolders } from '../package/evaluate-folder.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';
import { readUnitBooks } from '../unit-books.ts';
import { checkOutputFolder, writeFiles } from '../write-files.ts';

const OPTIONS = {
  out: {
    type: 'string',
    value: text('文件夹', 'DIR'),
    help: text(
      '写到哪里；不写时只核对和计算，不出文件',
      'where to write; without it the book is checked and computed, and nothing is written',
    ),
  },
  rules: {
    type: 'string',
    value: text('规则集', 'ID'),
    help: text(
      'CN2020、CN2021、GD、JX、SC；不写时按工作簿，再按地区和年度',
      'rule set: CN2020, CN2021, GD, JX or SC; default: the one the workbook names, else by region and year',
    ),
  },
  'as-of': {
    type: 'string',
    value: text('日期', 'DATE'),
    help: text(
      '数据截至哪一天（YYYY-MM-DD）；不写时用填报日期（评价期已过）或评价期末。在评价年度之内时出绩效运行监控表，只计当日以前的台账',
      'the day up to which the data counts (YYYY-MM-DD); default: the day the workbook was prepared if its period was over by then, else the last day of the period. Within the year it makes the monitoring table from what the ledgers date up to that day',
    ),
  },
  form: {
    type: 'string',
    multiple: true,
    value: text('表式', 'ID'),
    help: text(
      '改出指定的表式：F1（自评表）、F1Z（带佐证编号）、F2（转移支付）、F3（四川）、F5（目标申报表）、F5M（中期和年度并列）、F6（监控表），用逗号隔开',
      'make these forms instead, separated by commas: F1 (self-evaluation), F1Z (with evidence numbers), F2 (transfer payments), F3 (Sichuan), F5 (goal declaration), F5M (term and year side by side), F6 (monitoring)',
    ),
  },
  forms: {
    type: 'string',
    value: text('文件夹', 'DIR'),
    help: text(
      '本地自定表式（*.yaml）；JIPING_HOME/forms 里的自动读取',
      'forms of your own (*.yaml); those in JIPING_HOME/forms are read anyway',
    ),
  },
  units: {
    type: 'string',
    value: text('文件夹', 'DIR'),
    help: text(
      '各子单位的工作簿：完成值先汇总再评分，相对值按使用资金加权；不写时读取旁边名为“<工作簿名>-子单位”的文件夹',
      'workbooks of the sub-units: their actuals are aggregated, rates weighted by money, then scored; default: the folder “<workbook name>-子单位” beside the workbook, if there is one',
    ),
  },
} as const satisfies Options;

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: text(
    '评价一个项目工作簿：核对、计算、评分，写出表、报告、数据来源页',
    'evaluate a project workbook: check, compute, score; write table, report, lineage page',
  ),
  help: {
    usage: [text('<工作簿.xlsx 或文件夹> [选项]', '<workbook.xlsx or folder> [options]')],
    about: [
      text(
        '核对工作簿，由台账算出指标，按规则集给出建议分（与自评分、复核分并列），写出自评表（docx、xlsx、pdf）、报告（docx、pdf）、数据来源页（html）和 evaluation.json。',
        'Checks the workbook, computes its indicators from the ledgers and suggests scores by the rule set beside the claimed and reviewed ones. Writes the self-evaluation table (docx, xlsx, pdf), the report (docx, pdf), the lineage page (html) and evaluation.json.',
      ),
      text(
        '给文件夹时逐个评价其中的工作簿，每个项目一个子文件夹，另出汇总表、问题清单，佐证材料按编号收齐；有工作簿不能评价时列出原因，其余照常完成。',
        'Of a folder every workbook is evaluated into a subfolder of its own, with a summary table, a problem list and the evidence files copied by number. A workbook that cannot be evaluated is listed with the reason and does not stop the rest.',
      ),
    ],
    options: OPTIONS,
    examples: [
      text('jiping evaluate 项目.xlsx', 'jiping evaluate project.xlsx'),
      text('jiping evaluate 项目.xlsx --out 结果', 'jiping evaluate project.xlsx --out result'),
      text(
        'jiping evaluate 项目.xlsx --as-of 2024-06-30 --out 监控',
        'jiping evaluate project.xlsx --as-of 2024-06-30 --out monitoring',
      ),
      text(
        'jiping evaluate 项目.xlsx --form F5 --out 申报',
        'jiping evaluate project.xlsx --form F5 --out declaration',
      ),
    ],
    failure: text(
      '发现错误级问题，或文件夹中有工作簿不能评价（文件照样写出）',
      'problems of severity error were found, or a workbook of the folder could not be evaluated (the papers are written all the same)',
    ),
  },
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
    const out = values.out === undefined ? undefined : resolve(io.cwd, values.out);
    if (out !== undefined) checkOutputFolder(out);
    const forms = loadPaperForms(folders);
    const ids = values.form === undefined ? undefined : formIds(forms, values.form);
    const isFolder = existsSync(full) && statSync(full).isDirectory();
    if (isFolder && values.units !== undefined)
      throw new JipingError(
        'usage',
        text(
          '--units 只用于单个工作簿；成册时子单位的工作簿放在“<工作簿名>-子单位”文件夹里',
          '--units is for one workbook; in a folder the sub-units’ books stand in “<workbook name>-子单位”',
        ),
      );
    if (isFolder)
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
      units: await readUnitBooks(full, values.units === undefined ? undefined : resolve(io.cwd, values.units)),
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
      io.out(evaluationSummary(complete, common.language, titlesOfForms(evaluation, read.book, forms, { ids })));
      for (const file of written) io.out(`  ${inLanguage(text('已写出', 'written'), common.language)} ${file}\n`);
    }
    return problems.some((each) => each.severity === 'error' || (common.strict && each.severity === 'warning')) ? 1 : 0;
  },
};

function presentFolder(result: FolderResult, common: CommonOptions, io: Io, out: string | undefined): ExitStatus {
  const say = (zh: string, en: string): string => inLanguage(text(zh, en), common.language);
  const { projects, files } = result;
  const failed = result.failed.map(({ file, message }) => ({ file, message: inLanguage(message, common.language) }));
  const tally = (severity: string, of: readonly FolderResult['projects'][number][] = projects): number =>
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
        `${one.file}  ${one.project}  ${say('自评', 'claimed')} ${one.claimed?.value ?? '—'}${one.grade === '' ? '' : say(`（${one.grade}）`, ` (“${one.grade}”)`)}  ${say('错误', 'errors')} ${tally('error', [one])}${punctuation(common.language).comma}${say('警告', 'warnings')} ${tally('warning', [one])}\n`,
      );
    for (const one of failed) io.out(`✗ ${one.file}${punctuation(common.language).colon}${one.message}\n`);
    io.out(
      say(
        `共 ${projects.length} 个项目，${failed.length} 个未能评价；错误 ${tally('error')} 处，警告 ${tally('warning')} 处。\n`,
        `${counted(projects.length, 'project')}, ${failed.length} not evaluated; ${counted(tally('error'), 'error')}, ${counted(tally('warning'), 'warning')}.\n`,
      ),
    );
    if (out !== undefined)
      io.out(say(`已写出 ${files.length} 个文件：${out}\n`, `${counted(files.length, 'file')} written: ${out}\n`));
  }
  return failed.length > 0 || tally('error') > 0 || (common.strict && tally('warning') > 0) ? 1 : 0;
}
