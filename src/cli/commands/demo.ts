import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readRuleSets } from '../../performance/index.ts';
import { inLanguage, text } from '../../problem/index.ts';
import { evaluationJson, loadPaperForms, PdfRenderer } from '../../report/index.ts';
import { packagedRulesFolder, packageRoot, readRuleFolder } from '../../rules/index.ts';
import { openProjectBook } from '../../workbook/index.ts';
import type { Command, ExitStatus } from '../command.ts';
import { demoRegister } from '../demo-register.ts';
import { evaluateBook, renderEvaluation } from '../evaluate-project.ts';
import { evaluationSummary } from '../evaluation-summary.ts';
import type { Options } from '../help/option.ts';
import { parseOptions } from '../parse-options.ts';
import { writeFiles } from '../write-files.ts';

const OPTIONS = {
  out: { type: 'string', default: 'out', value: text('文件夹', 'DIR'), help: text('写到哪里', 'where to write') },
} as const satisfies Options;

export const demoCommand: Command = {
  name: 'demo',
  summary: text('用两个示例项目走一遍主要流程', 'run the main job on the two example projects'),
  help: {
    usage: [text('[--out 文件夹]', '[--out DIR]')],
    about: [
      text(
        '评价 examples/ 里的两本项目工作簿，说明发现了什么、文件在哪里；再导入一个五万人的虚构县，跑完全部比对。',
        'Evaluates the two workbooks under examples/ and prints what was found and where the files are; then imports an invented county of 50,000 persons and runs every comparison.',
      ),
    ],
    options: OPTIONS,
    examples: ['jiping demo', text('jiping demo --out 演示', 'jiping demo --out demo')],
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values } = parseOptions(args, OPTIONS, 'demo');
    const examples = join(packageRoot(), 'examples');
    const ruleSets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));
    const forms = loadPaperForms();
    const pdf = new PdfRenderer();
    const results: object[] = [];
    for (const name of readdirSync(examples)
      .filter((file) => file.endsWith('.xlsx'))
      .sort()) {
      const read = await openProjectBook(join(examples, name));
      const evaluation = evaluateBook(read, ruleSets, { today: io.today });
      const outputs = renderEvaluation(evaluation, read, { forms, pdf, language: common.language });
      const written = writeFiles(resolve(io.cwd, values.out, name.replace(/\.xlsx$/, '')), outputs.files);
      results.push({ evaluation: evaluationJson(evaluation, common.language), files: written });
      if (common.format === 'json') continue;
      io.out(evaluationSummary(evaluation, common.language));
      io.out(
        `  ${inLanguage(text('文件：', 'files:'), common.language)}\n${written.map((file) => `    ${relative(io.cwd, file)}\n`).join('')}\n`,
      );
    }
    const register = await demoRegister(resolve(io.cwd, values.out), common, io);
    if (common.format === 'json') io.out(`${JSON.stringify({ projects: results, register }, null, 2)}\n`);
    else
      io.out(
        inLanguage(
          text(
            '打开“数据来源.html”，点任何一个数字看它的来源。\n',
            'Open the “数据来源.html” page and click any figure to see where it comes from.\n',
          ),
          common.language,
        ),
      );
    return 0;
  },
};
