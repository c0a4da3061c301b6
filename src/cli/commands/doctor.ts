import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { counted, inLanguage, type Text, text } from '../../problem/index.ts';
import { packageRoot } from '../../rules/index.ts';
import type { Command, ExitStatus } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import { parseOptions } from '../parse-options.ts';

/** `ok` present or safe; `absent` optional and not here; `unsafe` something to mend. */
type State = 'ok' | 'absent' | 'unsafe';

interface Check {
  readonly name: Text;
  readonly state: State;
  readonly detail: Text;
}

export const doctorCommand: Command = {
  name: 'doctor',
  summary: text('查看本机有什么、缺什么、哪里不安全', 'what is present, what is missing, what is unsafe'),
  help: {
    usage: [text('', '')],
    about: [
      text(
        '检查 Node、字体、PDF 和数据库组件、LibreOffice、Chromium、PostgreSQL、Spark、内存，以及数据文件夹的权限。',
        'Checks Node, the fonts, the PDF and database components, LibreOffice, Chromium, PostgreSQL, Spark, the memory and the rights of the data folder.',
      ),
    ],
    options: {},
    examples: ['jiping doctor'],
    failure: text('有不安全的设置', 'something is unsafe'),
  },
  async run(args, common, io): Promise<ExitStatus> {
    parseOptions(args, {}, 'doctor');
    const checks = [
      node(),
      fonts(),
      await component('typst', text('PDF', 'PDF'), '@myriaddreamin/typst-ts-node-compiler'),
      await component('duckdb', text('名册比对', 'register comparison'), '@duckdb/node-api'),
      program(
        'LibreOffice',
        ['soffice', 'libreoffice'],
        io.env,
        text(
          '用本单位 Word 模板出 PDF 时需要：apt install libreoffice-writer',
          'needed for PDF from your own Word templates: apt install libreoffice-writer',
        ),
      ),
      program(
        'Chromium',
        ['chromium', 'chromium-browser', 'google-chrome'],
        io.env,
        text(
          '只有开发者截图检查时需要：apt install chromium',
          'only developers need it, for screenshots: apt install chromium',
        ),
      ),
      program('PostgreSQL', ['psql', 'postgres'], io.env, text('目前不需要', 'not needed at present')),
      program('Spark', ['spark-submit', 'spark-sql'], io.env, text('目前不需要', 'not needed at present')),
      memory(),
      data(dataFolder(io.env)),
    ];
    if (common.format === 'json')
      io.out(
        `${JSON.stringify({ checks: checks.map((check) => ({ ...check, name: inLanguage(check.name, common.language), detail: inLanguage(check.detail, common.language) })) }, null, 2)}\n`,
      );
    else
      for (const check of checks)
        io.out(
          `${MARK[check.state]} ${inLanguage(check.name, common.language)}${common.language === 'zh' ? '：' : ': '}${inLanguage(check.detail, common.language)}\n`,
        );
    return checks.some((check) => check.state === 'unsafe') ? 1 : 0;
  },
};

const MARK: Readonly<Record<State, string>> = { ok: '✓', absent: '–', unsafe: '!' };

/** A name that is the same in both languages. */
function same(name: string): Text {
  return text(name, name);
}

function node(): Check {
  return { name: same('Node'), state: 'ok', detail: text(process.version, process.version) };
}

function fonts(): Check {
  const folder = join(packageRoot(), 'fonts');
  const count = existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => /\.(otf|ttf|ttc)$/i.test(String(name))).length
    : 0;
  const name = text('字体', 'fonts');
  return count > 0
    ? { name, state: 'ok', detail: text(`${count} 个`, counted(count, 'file')) }
    : {
        name,
        state: 'unsafe',
        detail: text(
          'fonts/ 里没有字体，不能出 PDF；请重新安装',
          'no fonts under fonts/, no PDF can be made; install again',
        ),
      };
}

async function component(id: string, use: Text, module: string): Promise<Check> {
  const name = same(id);
  try {
    await import(module);
    return { name, state: 'ok', detail: text(`${use.zh}组件可用`, `the ${use.en} component loads`) };
  } catch {
    return {
      name,
      state: 'unsafe',
      detail: text(
        `${use.zh}组件不能加载；请在本机重新运行 npm ci`,
        `the ${use.en} component does not load; run npm ci on this machine`,
      ),
    };
  }
}

function program(
  name: string,
  commands: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  remedy: Text,
): Check {
  for (const folder of (env.PATH ?? '').split(delimiter))
    for (const command of commands) {
      const path = join(folder, command);
      try {
        accessSync(path, constants.X_OK);
        return { name: same(name), state: 'ok', detail: text(path, path) };
      } catch {
        // Not in this folder of PATH.
      }
    }
  return { name: same(name), state: 'absent', detail: text(`没有安装；${remedy.zh}`, `not installed; ${remedy.en}`) };
}

function memory(): Check {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const name = text('内存', 'memory');
  return gigabytes >= 4
    ? { name, state: 'ok', detail: text(`${gigabytes} GB`, `${gigabytes} GB`) }
    : {
        name,
        state: 'unsafe',
        detail: text(
          `只有 ${gigabytes} GB，百万行名册可能算不完`,
          `only ${gigabytes} GB; registers of millions of rows may fail`,
        ),
      };
}

function data(folder: string): Check {
  const name = text('数据文件夹', 'data folder');
  if (!existsSync(folder))
    return { name, state: 'ok', detail: text(`${folder}（还没有数据）`, `${folder} (nothing stored yet)`) };
  const mode = statSync(folder).mode & 0o777;
  return (mode & 0o077) === 0 || process.platform === 'win32'
    ? { name, state: 'ok', detail: text(folder, folder) }
    : {
        name,
        state: 'unsafe',
        detail: text(
          `${folder} 别的用户也能读（${mode.toString(8)}）；请运行 chmod 700`,
          `${folder} is readable by other users (${mode.toString(8)}); run chmod 700`,
        ),
      };
}
