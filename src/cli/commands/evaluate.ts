import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readRuleSets } from '../../performance/index.ts';
import { inLanguage, JipingError, text } from '../../problem/index.ts';
import { evaluationJson, loadPaperForms, loadSigningKey, PdfRenderer } from '../../report/index.ts';
import { isCalendarDate, packagedRulesFolder, readRuleFolder } from '../../rules/index.ts';
import { openProjectBook } from '../../workbook/index.ts';
import type { Command, ExitStatus } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import { evaluateBook, renderEvaluation } from '../evaluate-project.ts';
import { evaluationSummary } from '../evaluation-summary.ts';
import { readEvidenceFacts } from '../evidence-facts.ts';
import { parseOptions } from '../parse-options.ts';
import { writeFiles } from '../write-files.ts';

const OPTIONS = { rules: { type: 'string' }, 'as-of': { type: 'string' }, out: { type: 'string' } } as const;

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: text(
    '评价一个项目工作簿：核对、计算、评分，写出表、报告、数据来源页',
    'evaluate a project workbook: check, compute, score; write table, report, lineage page',
  ),
  help: text(
    [
      '用法：jiping evaluate <工作簿.xlsx> [--out 文件夹] [--rules 规则集] [--as-of 日期] [--format json]',
      '',
      '核对工作簿，由台账算出指标，按规则集给出建议分（与自评分、复核分并列），写出：',
      '  自评表（docx、xlsx、pdf）、报告（docx、pdf）、数据来源页（html）、evaluation.json',
      '',
      '  --out 文件夹     写到哪里；不写时只核对和计算，不出文件',
      '  --rules 规则集   CN2020、CN2021、GD、JX；不写时按工作簿，再按地区和年度',
      '  --as-of 日期     数据截至哪一天（YYYY-MM-DD）；不写时用填报日期，再用评价期末',
      '发现错误级问题时退出码为 1，文件照样写出。',
    ].join('\n'),
    [
      'usage: jiping evaluate <workbook.xlsx> [--out DIR] [--rules ID] [--as-of DATE] [--format json]',
      '',
      'Checks the workbook, computes indicators from the ledgers, suggests scores by the rule set beside the claimed and',
      'reviewed ones, and writes the table (docx, xlsx, pdf), the report (docx, pdf), the lineage page and evaluation.json.',
      '',
      '  --out DIR     where to write; without it nothing is written',
      '  --rules ID    CN2020, CN2021, GD, JX; default: the book, else region and year',
      '  --as-of DATE  YYYY-MM-DD; default: the date the book was prepared, else the last day of its period',
      'Exit status 1 when problems of severity error were found; the papers are written all the same.',
    ].join('\n'),
  ),
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals } = parseOptions(args, OPTIONS, 'evaluate');
    const [path, surplus] = positionals;
    if (path === undefined || surplus !== undefined)
      throw new JipingError(
        'usage',
        text('请给出一个工作簿：jiping evaluate <工作簿.xlsx>', 'give one workbook: jiping evaluate <workbook.xlsx>'),
      );
    const asOf = values['as-of'];
    if (asOf !== undefined && !isCalendarDate(asOf))
      throw new JipingError(
        'usage',
        text(`--as-of 应为 YYYY-MM-DD 的日期，现为“${asOf}”`, `--as-of takes YYYY-MM-DD, not “${asOf}”`),
      );
    const full = resolve(io.cwd, path);
    if (statSync(full, { throwIfNoEntry: false })?.isDirectory() === true)
      throw new JipingError(
        'unsupported',
        text('成批评价文件夹尚未提供，请逐个评价工作簿', 'evaluating a folder is not made yet; evaluate each workbook'),
        { file: path },
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
    if (values.out !== undefined) {
      const outputs = renderEvaluation(evaluation, read, {
        forms: loadPaperForms(),
        pdf: new PdfRenderer(),
        key: loadSigningKey(dataFolder(io.env)),
        language: common.language,
      });
      problems = [...problems, ...outputs.problems];
      written = writeFiles(resolve(io.cwd, values.out), outputs.files);
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
