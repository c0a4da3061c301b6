import { type ParseArgsConfig, parseArgs } from 'node:util';
import { JipingError, text } from '../problem/index.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/**
 * `parseArgs` with our errors: an unknown option, a missing value or a surplus word is a usage fault that names it.
 * @throws JipingError `usage`
 */
export function parseOptions<const O extends OptionsConfig>(args: readonly string[], options: O, command: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const name = /'(-[^' ]+)/.exec(detail)?.[1] ?? '';
    throw new JipingError(
      'usage',
      text(
        `选项${name === '' ? '' : ` ${name} `}有误；jiping ${command} --help 看可用的选项`,
        `${detail.split('. ')[0] ?? detail}; see jiping ${command} --help`,
      ),
    );
  }
}
