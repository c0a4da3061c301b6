import { inLanguage, JipingError, type Language, printWhere, text } from '../problem/index.ts';
import type { Command, CommonOptions, ExitStatus, Io } from './command.ts';
import { commands } from './commands/index.ts';

interface Split {
  readonly common: CommonOptions;
  readonly help: boolean;
  readonly rest: readonly string[];
}

/** Takes the options every command shares off the words, wherever they stand. */
function splitCommon(words: readonly string[]): Split {
  let format: 'text' | 'json' = 'text';
  let language: Language = 'zh';
  let strict = false;
  let help = false;
  const rest: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [name, inline] = word.startsWith('--') ? splitOnce(word) : [word, undefined];
    const value = (): string => {
      if (inline !== undefined) return inline;
      index += 1;
      return words[index] ?? '';
    };
    if (name === '--format') {
      const given = value();
      if (given !== 'json' && given !== 'text')
        throw new JipingError(
          'usage',
          text(`--format 只能是 text 或 json，现为“${given}”`, `--format is text or json, not “${given}”`),
        );
      format = given;
    } else if (name === '--lang') {
      const given = value();
      if (given !== 'zh' && given !== 'en')
        throw new JipingError(
          'usage',
          text(`--lang 只能是 zh 或 en，现为“${given}”`, `--lang is zh or en, not “${given}”`),
        );
      language = given;
    } else if (name === '--strict') strict = true;
    else if (name === '--help' || name === '-h') help = true;
    else rest.push(word);
  }
  return { common: { format, language, strict }, help, rest };
}

function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function overview(language: Language): string {
  const width = Math.max(0, ...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${inLanguage(command.summary, language)}`);
  const head = inLanguage(
    text(
      '用法：jiping <命令> [选项]，jiping <命令> --help 看一条命令的说明',
      'usage: jiping <command> [options]; jiping <command> --help explains one',
    ),
    language,
  );
  const tail = inLanguage(
    text(
      '通用选项：--format json（标准输出只有 JSON）、--lang en（英文界面）、--strict（警告也算问题）\n退出码：0 完成；1 完成，但发现错误级问题；2 未能完成',
      'common options: --format json (only JSON on stdout), --lang en, --strict (warnings count)\nexit status: 0 done; 1 done, and errors were found; 2 could not be done',
    ),
    language,
  );
  return [head, '', ...lines, '', tail, ''].join('\n');
}

/** Runs one command line (without `node` and the script) and gives its exit status. Never throws. */
export async function runCommandLine(words: readonly string[], io: Io): Promise<ExitStatus> {
  let language: Language = words.includes('en') && words.some((word) => word.startsWith('--lang')) ? 'en' : 'zh';
  try {
    const { common, help, rest } = splitCommon(words);
    language = common.language;
    const [name, ...args] = rest;
    if (name === undefined) {
      if (help) io.out(overview(language));
      else io.err(overview(language));
      return help ? 0 : 2;
    }
    const command: Command | undefined = commands.find((candidate) => candidate.name === name);
    if (command === undefined)
      throw new JipingError(
        'usage',
        text(`没有命令“${name}”；jiping --help 列出全部命令`, `no command “${name}”; jiping --help lists them`),
      );
    if (help) {
      io.out(`${inLanguage(command.help, language)}\n`);
      return 0;
    }
    return await command.run(args, common, io);
  } catch (error) {
    io.err(`jiping: ${describe(error, language)}\n`);
    return 2;
  }
}

function describe(error: unknown, language: Language): string {
  if (error instanceof JipingError) {
    const place = printWhere(error.where, language);
    return place === ''
      ? inLanguage(error.text, language)
      : `${place}${language === 'zh' ? '：' : ': '}${inLanguage(error.text, language)}`;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return inLanguage(
    text(`程序内部错误，请把下面的内容报告给维护者：${detail}`, `internal error, please report: ${detail}`),
    language,
  );
}
