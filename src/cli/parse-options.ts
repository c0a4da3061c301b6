import { type ParseArgsConfig, parseArgs } from 'node:util';
import { JipingError, type Text, text } from '../problem/index.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/**
 * `parseArgs` with our errors: an unknown option, a missing value or a surplus word is a usage fault that names it.
 * @throws JipingError `usage`
 */
export function parseOptions<const O extends OptionsConfig>(args: readonly string[], options: O, command: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const { zh, en } = faultOf(error);
    throw new JipingError(
      'usage',
      text(`${zh}；jiping ${command} --help 看可用的选项`, `${en}; see jiping ${command} --help`),
    );
  }
}

/** What Node found, by its error code; the sentence is used only for the name of the option in it. */
function faultOf(error: unknown): Text {
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const name = /'(?:-\w, )?(-[^' ]+)/.exec(detail)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return text(`没有选项 ${name}`, `there is no option ${name}`);
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return detail.includes('does not take')
      ? text(`选项 ${name} 不带值`, `the option ${name} takes no value`)
      : text(
          `选项 ${name} 后面要写值（以 - 开头的值写作 ${name}=值）`,
          `the option ${name} needs a value (one that begins with a dash is written ${name}=VALUE)`,
        );
  return text(`选项${name === '' ? '' : ` ${name} `}有误`, `the option${name === '' ? 's are' : ` ${name} is`} wrong`);
}
