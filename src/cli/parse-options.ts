import { parseArgs } from 'node:util';
import { JipingError, type Text, text } from '../problem/index.ts';
import { nearest } from './help/nearest.ts';
import type { Options } from './help/option.ts';

/**
 * `parseArgs` with our errors: an unknown option, a missing value or a surplus word is a usage fault that names it.
 * @throws JipingError `usage`
 */
export function parseOptions<const O extends Options>(args: readonly string[], options: O, command: string) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true });
    refuseRepeats(parsed.tokens, options);
    refuseEmpty(parsed.tokens);
    return parsed;
  } catch (error) {
    if (error instanceof JipingError) throw error;
    const { zh, en } = faultOf(error, Object.keys(options));
    throw new JipingError(
      'usage',
      text(
        `${zh}${zh.endsWith('？') ? '' : '；'}jiping ${command} --help 看可用的选项`,
        `${en}${en.endsWith('?') ? ' See' : '; see'} jiping ${command} --help`,
      ),
    );
  }
}

/** Of two different values of one option nobody knows which was meant. */
function refuseRepeats(tokens: readonly { kind: string; name?: string; value?: unknown }[], options: Options): void {
  const given = new Map<string, unknown>();
  for (const { kind, name, value } of tokens) {
    if (kind !== 'option' || name === undefined || options[name]?.multiple === true) continue;
    if (given.has(name) && given.get(name) !== value) throw givenTwice(`--${name}`);
    given.set(name, value);
  }
}

/** Mostly a variable that was not set: as a path it would be the folder one stands in. */
function refuseEmpty(tokens: readonly { kind: string; name?: string; value?: unknown }[]): void {
  const empty = tokens.find(({ kind, value }) => (kind === 'option' || kind === 'positional') && value === '');
  if (empty === undefined) return;
  throw new JipingError(
    'usage',
    empty.name === undefined
      ? text('有一个参数是空的（多半是变量没有赋值）', 'one of the words is empty (mostly a variable that was not set)')
      : text(
          `选项 --${empty.name} 的值是空的（多半是变量没有赋值）`,
          `the value of --${empty.name} is empty (mostly a variable that was not set)`,
        ),
  );
}

/** @param option with its dashes */
export function givenTwice(option: string): JipingError {
  return new JipingError(
    'usage',
    text(
      `选项 ${option} 写了两次，值不同；只留一个`,
      `the option ${option} is given twice with different values; keep one`,
    ),
  );
}

/** What Node found, by its error code; the sentence is used only for the name of the option in it. */
function faultOf(error: unknown, known: readonly string[]): Text {
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const name = /'(?:-\w, )?(-[^' ]+)/.exec(detail)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const near = nearest(name.replace(/^-+/, ''), known);
    return near === undefined
      ? text(`没有选项 ${name}`, `there is no option ${name}`)
      : text(`没有选项 ${name}，是不是 --${near}？`, `there is no option ${name}; did you mean --${near}?`);
  }
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return detail.includes('does not take')
      ? text(`选项 ${name} 不带值`, `the option ${name} takes no value`)
      : text(
          `选项 ${name} 后面要写值（以 - 开头的值写作 ${name}=值）`,
          `the option ${name} needs a value (one that begins with a dash is written ${name}=VALUE)`,
        );
  return text(`选项${name === '' ? '' : ` ${name} `}有误`, `the option${name === '' ? 's are' : ` ${name} is`} wrong`);
}
