import { inLanguage, type Language, type Text, text } from '../../problem/index.ts';
import type { Option, Options } from './option.ts';
import { displayWidth, wrap } from './wrap.ts';

/** The whole help of one command as a value; `printHelp` lays it out. */
export interface Help {
  /** What follows the command's name, one line for each form of the call. */
  readonly usage: readonly Text[];
  /** What it does and what one must know, a paragraph each. */
  readonly about: readonly Text[];
  readonly options: Options;
  /** Words with a meaning of their own (kinds, columns of a table): the word and what it means. */
  readonly words?: readonly (readonly [string | Text, Text])[];
  /** Whole command lines, of which each runs as it stands. */
  readonly examples: readonly (string | Text)[];
  /** What exit status 1 means here; left out where it does not occur. */
  readonly failure?: Text;
}

const WIDTH = 100;
const LABELS = {
  usage: text('用法：', 'usage: '),
  options: text('选项：', 'options:'),
  examples: text('示例：', 'examples:'),
  common: text(
    '通用选项 --format json、--lang en、--strict 见 jiping help。',
    'Common options --format json, --lang en, --strict: see jiping help.',
  ),
} as const;

/** The help of a command; no line is wider than 100 columns. */
export function printHelp(name: string, help: Help, language: Language): string {
  const say = (words: Text): string => inLanguage(words, language);
  const label = say(LABELS.usage);
  const lines = help.usage.flatMap((form, index) =>
    hang(index === 0 ? label : ' '.repeat(displayWidth(label)), `jiping ${name} ${say(form)}`.trimEnd()),
  );
  const options = Object.entries(help.options).map(
    ([option, one]) => [optionWords(option, one, language), optionHelp(one, language)] as const,
  );
  const words = (help.words ?? []).map(
    ([word, meaning]) => [typeof word === 'string' ? word : say(word), say(meaning)] as const,
  );
  return [
    lines,
    help.about.flatMap((paragraph) => wrap(say(paragraph), WIDTH)),
    columns(words),
    options.length === 0 ? [] : [say(LABELS.options), ...columns(options)],
    [
      say(LABELS.examples),
      ...help.examples.map((example) => `  ${typeof example === 'string' ? example : say(example)}`),
    ],
    [...wrap(say(exitWords(help.failure)), WIDTH), say(LABELS.common)],
  ]
    .filter((section) => section.length > 0)
    .map((section) => `${section.join('\n')}\n`)
    .join('\n');
}

/** Names and summaries below each other. */
export function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.min(26, Math.max(...rows.map(([left]) => displayWidth(left))));
  return rows.flatMap(([left, right]) => {
    const room = width - displayWidth(left);
    if (room >= 0) return hang(`  ${left}${' '.repeat(room)}  `, right);
    return [`  ${left}`, ...hang(' '.repeat(width + 4), right)];
  });
}

function hang(head: string, body: string): readonly string[] {
  const indent = displayWidth(head);
  return wrap(body, WIDTH - indent).map((line, index) => `${index === 0 ? head : ' '.repeat(indent)}${line}`);
}

function optionWords(name: string, { value }: Option, language: Language): string {
  return value === undefined ? `--${name}` : `--${name} ${inLanguage(value, language)}`;
}

function optionHelp({ help, multiple, default: preset }: Option, language: Language): string {
  const notes = [
    ...(multiple === true ? [text('可写多次', 'may be repeated')] : []),
    ...(typeof preset === 'string' && preset !== '' ? [text(`默认 ${preset}`, `default: ${quoteHan(preset)}`)] : []),
  ];
  const [open, between, close] = language === 'zh' ? ['（', '；', '）'] : [' (', '; ', ')'];
  const tail = notes.map((note) => inLanguage(note, language)).join(between);
  return `${inLanguage(help, language)}${tail === '' ? '' : `${open}${tail}${close}`}`;
}

/** A default that is Chinese (the name of an office) is quoted in an English line. */
function quoteHan(words: string): string {
  return /\p{Script=Han}/u.test(words) ? `“${words}”` : words;
}

function exitWords(failure: Text | undefined): Text {
  return failure === undefined
    ? text('退出码：0 完成；2 未能完成。', 'exit status: 0 done; 2 could not be done.')
    : text(
        `退出码：0 完成；1 ${failure.zh}；2 未能完成。`,
        `exit status: 0 done; 1 ${failure.en}; 2 could not be done.`,
      );
}
