import { access, rename, rm, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import {
  counted,
  inLanguage,
  JipingError,
  type Language,
  type Problem,
  printWhere,
  text,
} from '../../problem/index.ts';
import { type BookContent, contentOfLibrary, indicatorLibraries, writeProjectBook } from '../../workbook/index.ts';
import { carryOver } from '../carry-over.ts';
import type { Command } from '../command.ts';
import type { Options } from '../help/option.ts';
import { parseOptions } from '../parse-options.ts';

const BLANK = 'blank';

const OPTIONS = {
  type: {
    type: 'string',
    default: BLANK,
    value: text('类型', 'TYPE'),
    help: text(
      '预置哪类项目的常用三级指标和公式：work-fund（工作经费）、matching-fund（配套资金）、medical-assistance（医疗救助）、publicity（宣传）、fund-supervision（基金监管）、enrolment（参保征缴）、blank（不预置）',
      'typical indicators and formulas of a kind of project: work-fund, matching-fund, medical-assistance, publicity, fund-supervision, enrolment, or blank (none)',
    ),
  },
  from: {
    type: 'string',
    value: text('上年的表', 'FILE'),
    help: text(
      '从上年的自评表、目标申报表（xlsx、docx 等）或项目工作簿带入项目名称、目标、指标、指标值、分值；完成值、得分、原因、资金、日期不带；没有读懂的逐条列出',
      'last year’s self-evaluation table, goal declaration (xlsx, docx …) or project workbook: carries over names, goal, indicators, targets and weights; leaves out actual values, scores, reasons, money and dates; lists what was not understood',
    ),
  },
} as const satisfies Options;

export const newCommand: Command = {
  name: 'new',
  summary: text('生成一本空白的项目工作簿', 'make a blank project workbook'),
  help: {
    usage: [text('<文件.xlsx> [选项]', '<file.xlsx> [options]')],
    about: [
      text(
        '生成一本带填写说明、下拉选项、数据校验和示例行的空白工作簿。分值和指标值由预算批复决定，不预置。已有同名文件时不覆盖。',
        'Makes a blank workbook with instructions, drop-downs, checks and sample rows. Weights and targets come with the budget and are not filled in. An existing file is never overwritten.',
      ),
    ],
    options: OPTIONS,
    examples: [
      text('jiping new 项目.xlsx --type work-fund', 'jiping new project.xlsx --type work-fund'),
      text('jiping new 2025.xlsx --from 2024-自评表.docx', 'jiping new 2025.xlsx --from 2024-self-evaluation.docx'),
    ],
  },
  async run(args, common, io) {
    const { path, type, from } = parse(args);
    const library = contentFor(type);
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
    const carried = from === undefined ? undefined : await carryOver(resolve(io.cwd, from));
    const content =
      carried === undefined
        ? library
        : { ...carried.content, project: { ...library.project, ...carried.content.project } };
    const bytes = await writeProjectBook(content, { sample: true, libraries: indicatorLibraries() });
    const beside = `${file}.tmp-${process.pid}`;
    try {
      await writeFile(beside, bytes, { mode: 0o600 });
      await rename(beside, file);
    } catch (cause) {
      await rm(beside, { force: true }).catch(() => undefined);
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
    const problems = carried?.problems ?? [];
    if (common.format === 'json') io.out(`${JSON.stringify(summaryJson(file, type, content, from, problems))}\n`);
    else {
      if (carried !== undefined) io.out(carriedSummary(content, problems, common.language));
      io.out(
        `${inLanguage(text(`已生成 ${file}。填好后运行：jiping evaluate ${basename(file)}`, `wrote ${file}. Fill it in, then run: jiping evaluate ${basename(file)}`), common.language)}\n`,
      );
    }
    return 0;
  },
};

function summaryJson(
  file: string,
  type: string,
  content: BookContent,
  from: string | undefined,
  problems: readonly Problem[],
): object {
  if (from === undefined) return { file, type };
  return {
    file,
    type,
    from: basename(from),
    carried: { project: content.project, indicators: content.tables.indicators?.length ?? 0 },
    problems,
  };
}

function carriedSummary(content: BookContent, problems: readonly Problem[], language: Language): string {
  const count = content.tables.indicators?.length ?? 0;
  const head = text(
    `带入 ${count} 个指标${content.project.goalExpected === undefined ? '，没有找到年度目标' : '和年度目标'}；评价年度请填新年度。`,
    `carried over ${counted(count, 'indicator')}${content.project.goalExpected === undefined ? '; no yearly goal was found' : ' and the yearly goal'}; fill in the new year.`,
  );
  const lines = problems.map((each) => {
    const place = printWhere(each.where, language);
    return `  ${place === '' ? '' : `${place} `}${inLanguage(each.message, language)}`;
  });
  return `${[inLanguage(head, language), ...lines].join('\n')}\n`;
}

function parse(args: readonly string[]): { path: string; type: string; from: string | undefined } {
  const { values, positionals } = parseOptions(args, OPTIONS, 'new');
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new JipingError(
      'usage',
      text('要写一个文件名：jiping new <文件.xlsx>', 'name one file: jiping new <file.xlsx>'),
    );
  if (!path.toLowerCase().endsWith('.xlsx'))
    throw new JipingError('usage', text('文件名要以 .xlsx 结尾', 'the file name must end in .xlsx'));
  return { path, type: values.type, from: values.from };
}

function contentFor(type: string): BookContent {
  if (type === BLANK) return { project: {}, tables: {} };
  const libraries = indicatorLibraries();
  const library = libraries.find(({ id }) => id === type);
  if (library !== undefined) return contentOfLibrary(library);
  const known = [...libraries.map(({ id }) => id), BLANK].join(', ');
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
