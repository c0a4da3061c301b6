import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readDocument } from '../../document/index.ts';
import { readRuleSets } from '../../performance/index.ts';
import { inLanguage, JipingError, printWhere, text } from '../../problem/index.ts';
import { fillTemplate, loadSigningKey } from '../../report/index.ts';
import { isCalendarDate, packagedRulesFolder, readRuleFolder } from '../../rules/index.ts';
import { openProjectBook } from '../../workbook/index.ts';
import type { Command, ExitStatus } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import { evaluateBook } from '../evaluate-project.ts';
import type { Options } from '../help/option.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';
import { type OutputFile, writeFiles } from '../write-files.ts';

const OPTIONS = {
  book: {
    type: 'string',
    value: text('工作簿', 'FILE'),
    help: text('项目工作簿（xlsx）；必写', 'the project workbook (xlsx); required'),
  },
  out: {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text('写成哪个 docx 文件；必写', 'the docx to write; required'),
  },
  pdf: {
    type: 'boolean',
    default: false,
    help: text('同时写出 PDF（需要 LibreOffice）', 'also writes a PDF (needs LibreOffice)'),
  },
  rules: {
    type: 'string',
    value: text('规则集', 'ID'),
    help: text('同 jiping evaluate', 'rule set, as for jiping evaluate'),
  },
  'as-of': {
    type: 'string',
    value: text('日期', 'DATE'),
    help: text('同 jiping evaluate', 'the day up to which the data counts, as for jiping evaluate'),
  },
} as const satisfies Options;

export const templateCommand: Command = {
  name: 'template',
  summary: text('用本单位的 Word 模板出表和报告', 'fill your own Word template'),
  help: {
    usage: [
      text(
        '<模板.docx> --book 工作簿.xlsx --out 文件.docx [选项]',
        '<template.docx> --book workbook.xlsx --out file.docx [options]',
      ),
    ],
    about: [
      text(
        '模板里写 {{年初预算数}}、{{执行率}} 等标记，表格行用 {{#指标}} … {{/指标}} 逐条重复；全部标记见 docs/handbook/templates.md。',
        'The template holds tags such as {{年初预算数}} (initial budget) and repeats table rows between {{#指标}} and {{/指标}} (indicators); docs/handbook/templates.md lists all tags.',
      ),
      text(
        '写出的文件里每个数字都系着事实，可以用 jiping verify 核验。标记写错时逐条指出段落和改法，不写文件。',
        'Every figure of the result is tied to its fact, so that jiping verify works on it. Wrong tags are listed with paragraph and remedy, and nothing is written.',
      ),
    ],
    options: OPTIONS,
    examples: [
      text(
        'jiping template 模板.docx --book 项目.xlsx --out 报告.docx',
        'jiping template template.docx --book project.xlsx --out report.docx',
      ),
    ],
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals } = parseOptions(args, OPTIONS, 'template');
    const [path, surplus] = positionals;
    if (path === undefined || surplus !== undefined || values.book === undefined || values.out === undefined)
      throw new JipingError(
        'usage',
        text(
          '用法：jiping template <模板.docx> --book <工作簿.xlsx> --out <文件.docx>',
          'usage: jiping template <template.docx> --book <workbook.xlsx> --out <file.docx>',
        ),
      );
    const asOf = values['as-of'];
    if (asOf !== undefined && !isCalendarDate(asOf))
      throw new JipingError('usage', text('--as-of 应为 YYYY-MM-DD 的日期', '--as-of takes YYYY-MM-DD'));
    const full = resolve(io.cwd, path);
    const out = resolve(io.cwd, values.out);
    if (!/\.docx$/i.test(out))
      throw new JipingError('usage', text('--out 的文件名要以 .docx 结尾', 'the name in --out must end in .docx'));
    if (full === out)
      throw new JipingError('usage', text('--out 不能是模板自己', '--out cannot be the template itself'));
    // Read in the helper process first: a hostile file is refused there.
    const document = await readDocument(full);
    if (document.kind !== 'docx')
      throw new JipingError(
        'unsupported',
        text(
          `模板要用 Word 的 docx，这是 ${document.kind}；请另存为 docx。`,
          `a template is a docx, not ${document.kind}; save it as docx.`,
        ),
        { file: basename(path) },
      );
    const read = await openProjectBook(resolve(io.cwd, values.book));
    const ruleSets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));
    const evaluation = evaluateBook(read, ruleSets, { ruleSet: values.rules, asOf, today: io.today });
    const key = loadSigningKey(dataFolder(io.env));
    const filled = await fillTemplate(readFileSync(full), basename(path), evaluation, read.book, key);
    let written: readonly string[] = [];
    if (filled.bytes !== undefined) {
      const files: OutputFile[] = [{ path: basename(out), content: filled.bytes }];
      if (values.pdf) files.push({ path: basename(out).replace(/\.docx$/i, '.pdf'), content: pdfOf(filled.bytes) });
      written = writeFiles(dirname(out), files);
    }
    const { problems } = filled;
    if (common.format === 'json') {
      const listed = problems.map((each) => ({ ...each, message: inLanguage(each.message, common.language) }));
      io.out(`${JSON.stringify({ template: basename(path), files: written, problems: listed }, null, 2)}\n`);
    } else {
      for (const each of problems)
        io.out(`  ${printWhere(each.where, common.language)} ${inLanguage(each.message, common.language)}\n`);
      for (const file of written) io.out(`  ${inLanguage(text('已写出', 'written'), common.language)} ${file}\n`);
    }
    if (written.length > 0) return 0;
    io.err(
      `jiping: ${basename(path)}${punctuation(common.language).colon}${inLanguage(text('标记有误，没有写出文件；请按上面的提示改模板。', 'tags are wrong, nothing was written; correct the template as listed.'), common.language)}\n`,
    );
    return 2;
  },
};

/** The PDF LibreOffice makes of a Word file. @throws JipingError `unsupported` without LibreOffice */
function pdfOf(docx: Uint8Array): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'jiping-pdf-'));
  try {
    writeFileSync(join(folder, 'a.docx'), docx, { mode: 0o600 });
    const profile = pathToFileURL(join(folder, 'profile')).href;
    const args = [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', 'pdf', '--outdir', folder];
    const run = ['soffice', 'libreoffice'].some(
      (program) => spawnSync(program, [...args, join(folder, 'a.docx')], { timeout: 180_000 }).status === 0,
    );
    if (run && existsSync(join(folder, 'a.pdf'))) return readFileSync(join(folder, 'a.pdf'));
    throw new JipingError(
      'unsupported',
      text(
        '没有 LibreOffice，不能从 Word 模板出 PDF；请去掉 --pdf，用 Word 或 WPS 另存为 PDF，或安装 libreoffice-writer。',
        'LibreOffice is not here, so no PDF can be made; leave out --pdf and save as PDF in Word or WPS, or install libreoffice-writer.',
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
