import { JipingError, type Text, text } from '../problem/index.ts';
import type { Command } from './command.ts';
import { nearest } from './help/nearest.ts';

/** A command that only holds others: `jiping register import …`. */
export function commandGroup(group: {
  readonly name: string;
  readonly summary: Text;
  readonly about: readonly Text[];
  readonly subcommands: readonly Command[];
}): Command {
  const names = group.subcommands.map(({ name }) => name);
  return {
    name: group.name,
    summary: group.summary,
    help: {
      usage: [text('<子命令> [选项]', '<subcommand> [options]')],
      about: group.about,
      options: {},
      words: group.subcommands.map(({ name, summary }) => [name, summary]),
      examples: [`jiping ${group.name} ${names[0] ?? ''} --help`],
      failure: text('见子命令的说明', 'see the subcommand'),
    },
    subcommands: group.subcommands,
    async run(args, common, io) {
      const [word, ...rest] = args;
      const command = group.subcommands.find(({ name }) => name === word);
      if (command !== undefined) return command.run(rest, common, io);
      throw unknownWord(word, names, `jiping ${group.name}`);
    },
  };
}

/** The fault of a word that names no command, with the nearest one. */
export function unknownWord(word: string | undefined, names: readonly string[], call: string): JipingError {
  if (word === undefined)
    return new JipingError(
      'usage',
      text(
        `${call} 后面要写 ${names.join('、')} 之一；说明见 ${call} --help`,
        `${call} takes one of ${names.join(', ')}; see ${call} --help`,
      ),
    );
  const near = nearest(word, names);
  return new JipingError(
    'usage',
    text(
      `${call} 没有子命令“${word}”；${near === undefined ? `可用的有 ${names.join('、')}` : `是不是 ${near}？`}`,
      `${call} has no subcommand “${word}”; ${near === undefined ? `it takes ${names.join(', ')}` : `did you mean ${near}?`}`,
    ),
  );
}
