import { access, rename, rm, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inLanguage, JipingError, text } from '../../problem/index.ts';
import { type BookContent, contentOfLibrary, indicatorLibraries, writeProjectBook } from '../../workbook/index.ts';
import type { Command } from '../command.ts';

const BLANK = 'blank';

export const newCommand: Command = {
  name: 'new',
  summary: text('生成一本空白的项目工作簿', 'make a blank project workbook'),
  help: text(
    `用法：jiping new <文件.xlsx> [--type work-fund|matching-fund|blank]

生成一本带填写说明、下拉选项、数据校验和示例行的空白工作簿。
  --type work-fund       工作经费：预置常用三级指标和计算公式
  --type matching-fund   配套资金：预置常用三级指标
  --type blank           不预置指标（默认）
分值和指标值由预算批复决定，不预置。已有同名文件时不覆盖。`,
    `usage: jiping new <file.xlsx> [--type work-fund|matching-fund|blank]

Makes a blank workbook with instructions, drop-downs, checks and sample rows.
  --type work-fund       working fund: typical indicators and their formulas
  --type matching-fund   matching subsidy: typical indicators
  --type blank           no indicators (default)
Weights and targets come with the budget and are not filled in. An existing file is never overwritten.`,
  ),
  async run(args, common, io) {
    const { path, type } = parse(args);
    const content = contentFor(type);
    const file = resolve(io.cwd, path);
    if (await exists(file))
      throw new JipingError(
        'conflict',
        text(
          '文件已经存在，没有覆盖；请换一个文件名。',
          'the file exists and was not overwritten; choose another name.',
        ),
        { file: basename(file) },
      );
    const bytes = await writeProjectBook(content, { sample: true });
    const beside = `${file}.tmp-${process.pid}`;
    try {
      await writeFile(beside, bytes, { mode: 0o600 });
      await rename(beside, file);
    } catch (cause) {
      await rm(beside, { force: true });
      throw new JipingError(
        'not-found',
        text(
          '写不了这个文件；请检查文件夹是否存在、有没有权限。',
          'cannot write there; check that the folder exists and is yours to write.',
        ),
        { file: basename(file) },
        { cause },
      );
    }
    if (common.format === 'json') io.out(`${JSON.stringify({ file, type })}\n`);
    else
      io.out(
        `${inLanguage(text(`已生成 ${file}。填好后运行：jiping evaluate ${basename(file)}`, `wrote ${file}. Fill it in, then run: jiping evaluate ${basename(file)}`), common.language)}\n`,
      );
    return 0;
  },
};

function parse(args: readonly string[]): { path: string; type: string } {
  let parsed: { values: { type?: string | undefined; from?: string | undefined }; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { type: { type: 'string' }, from: { type: 'string' } },
    });
  } catch {
    throw new JipingError('usage', text('选项有误；jiping new --help 看用法', 'unknown option; see jiping new --help'));
  }
  const [path, ...more] = parsed.positionals;
  if (path === undefined || more.length > 0)
    throw new JipingError(
      'usage',
      text('要写一个文件名：jiping new <文件.xlsx>', 'name one file: jiping new <file.xlsx>'),
    );
  if (!path.toLowerCase().endsWith('.xlsx'))
    throw new JipingError('usage', text('文件名要以 .xlsx 结尾', 'the file name must end in .xlsx'));
  if (parsed.values.from !== undefined)
    throw new JipingError(
      'unsupported',
      text(
        '还不能从上年的表或目标申报表（--from）带入指标；请先生成空白工作簿，再复制指标。',
        'carrying indicators over from last year’s table (--from) is not made yet; make a blank book and copy them.',
      ),
    );
  return { path, type: parsed.values.type ?? BLANK };
}

function contentFor(type: string): BookContent {
  if (type === BLANK) return { project: {}, tables: {} };
  const libraries = indicatorLibraries();
  const library = libraries.find(({ id }) => id === type);
  if (library !== undefined) return contentOfLibrary(library);
  const known = [...libraries.map(({ id }) => id), BLANK].join('、');
  throw new JipingError(
    'usage',
    text(`没有“${type}”这一类；--type 可用：${known}`, `no type “${type}”; --type is one of ${known}`),
  );
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
