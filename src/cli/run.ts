import { inLanguage, JipingError, type Language, printWhere, type Text, text } from '../problem/index.ts';
import { hideNumbers } from '../register/index.ts';
import type { Command, CommonOptions, ExitStatus, Io, Outside } from './command.ts';
import { commands } from './commands/index.ts';
import { columns, printHelp } from './help/help.ts';
import { nearest } from './help/nearest.ts';
import { givenTwice } from './parse-options.ts';
import { isDiskFull } from './write-files.ts';

interface Split {
  readonly common: CommonOptions;
  readonly help: boolean;
  readonly rest: readonly string[];
}

/** Takes the options every command shares off the words, wherever they stand. */
function splitCommon(words: readonly string[]): Split {
  let format: 'text' | 'json' | undefined;
  let language: Language | undefined;
  let strict = false;
  let help = false;
  const rest: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [name, inline] = word.startsWith('--') ? splitOnce(word) : [word, undefined];
    if (inline !== undefined && (name === '--strict' || name === '--help'))
      throw new JipingError('usage', text(`选项 ${name} 不带值`, `the option ${name} takes no value`));
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
      format = once(name, format, given);
    } else if (name === '--lang') {
      const given = value();
      if (given !== 'zh' && given !== 'en')
        throw new JipingError(
          'usage',
          text(`--lang 只能是 zh 或 en，现为“${given}”`, `--lang is zh or en, not “${given}”`),
        );
      language = once(name, language, given);
    } else if (name === '--strict') strict = true;
    else if (name === '--help' || name === '-h') help = true;
    else rest.push(word);
  }
  return { common: { format: format ?? 'text', language: language ?? 'zh', strict }, help, rest };
}

function once<T extends string>(name: string, before: T | undefined, given: T): T {
  if (before !== undefined && before !== given) throw givenTwice(name);
  return given;
}

function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function overview(language: Language): string {
  const say = (words: Text): string => inLanguage(words, language);
  return [
    say(
      text(
        '用法：jiping <命令> [选项]；jiping <命令> --help 看一条命令的说明',
        'usage: jiping <command> [options]; jiping <command> --help explains one command',
      ),
    ),
    '',
    ...columns(commands.map(({ name, summary }) => [name, say(summary)])),
    '',
    say(text('通用选项：', 'common options:')),
    ...columns(COMMON.map(([option, meaning]) => [option, say(meaning)])),
    '',
    say(
      text(
        '退出码：0 完成；1 完成，但发现错误级问题；2 未能完成。',
        'exit status: 0 done; 1 done, and problems of severity error were found; 2 could not be done.',
      ),
    ),
    '',
  ].join('\n');
}

const COMMON: readonly (readonly [string, Text])[] = [
  ['--format json', text('标准输出只有 JSON，供别的程序读取', 'standard output carries the JSON and nothing else')],
  ['--lang en', text('英文界面（默认 zh）；报告和表始终是中文', 'English messages (default: zh); papers stay Chinese')],
  ['--strict', text('警告也算问题，退出码为 1', 'warnings count as errors for the exit status')],
  ['--help', text('说明；与 jiping help <命令> 相同', 'help; the same as jiping help <command>')],
];

/** The help of the command, or of its subcommand, that the words name. @throws JipingError `usage` */
function helpFor(words: readonly string[], language: Language): string {
  const [name, verb] = words;
  if (name === undefined) return overview(language);
  const command = commandNamed(name);
  const sub = command.subcommands?.find((candidate) => candidate.name === verb);
  return sub === undefined
    ? printHelp(name, command.help, language)
    : printHelp(`${name} ${sub.name}`, sub.help, language);
}

function commandNamed(name: string): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const near = nearest(
    name,
    commands.map((each) => each.name),
  );
  throw new JipingError(
    'usage',
    text(
      `没有命令“${name}”；${near === undefined ? '' : `是不是 ${near}？`}jiping help 列出全部命令`,
      `there is no command “${name}”; ${near === undefined ? '' : `did you mean ${near}? `}jiping help lists them all`,
    ),
  );
}

/** The language the words ask for, before they are checked. */
function languageOf(words: readonly string[]): Language {
  return words.some((word, at) => word === '--lang=en' || (word === '--lang' && words[at + 1] === 'en')) ? 'en' : 'zh';
}

/** What is said when the user stops the program: files are renamed into place whole, and every run clears the scratch of dead ones. */
export function interruption(words: readonly string[]): string {
  return `jiping: ${inLanguage(
    text(
      '已中断；已写出的文件都是完整的，没有做完的在下次运行时清除',
      'interrupted; every file written is whole, and what was unfinished is cleared by the next run',
    ),
    languageOf(words),
  )}\n`;
}

/** Runs one command line (without `node` and the script) and gives its exit status. Never throws. */
export async function runCommandLine(words: readonly string[], outside: Outside): Promise<ExitStatus> {
  let language = languageOf(words);
  const io: Io = {
    ...outside,
    progress: (line) => outside.progress(typeof line === 'string' ? line : inLanguage(line, language)),
  };
  try {
    const { common, help, rest } = splitCommon(words);
    language = common.language;
    const [name, ...args] = rest;
    if (name === undefined) {
      if (help) io.out(overview(language));
      else io.err(overview(language));
      return help ? 0 : 2;
    }
    if (help || name === 'help') {
      io.out(helpFor(name === 'help' ? args : rest, language));
      return 0;
    }
    const command = commandNamed(name);
    return await command.run(args, common, io);
  } catch (error) {
    // A file may be named by a person, and a number may be typed where a word belongs.
    io.err(`jiping: ${hideNumbers(describe(error, language))}\n`);
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
  if (isDiskFull(error))
    return inLanguage(
      text(
        '磁盘已满，腾出空间后重做；没有留下半成品',
        'the disk is full; free space and run again; nothing half written is left',
      ),
      language,
    );
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return inLanguage(
    text(`程序内部错误，请把下面的内容报告给维护者：${detail}`, `internal error, please report: ${detail}`),
    language,
  );
}
