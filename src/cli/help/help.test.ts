import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Command } from '../command.ts';
import { commands } from '../commands/index.ts';
import { jiping } from '../testing/run-in-process.ts';
import { printHelp } from './help.ts';
import { nearest } from './nearest.ts';
import { displayWidth, wrap } from './wrap.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const COMMON = { format: { type: 'string' }, lang: { type: 'string' }, strict: { type: 'boolean' } } as const;

/** Every command a person can call, with the words that call it. */
const ALL: readonly { readonly call: string; readonly command: Command }[] = commands.flatMap((command) =>
  command.subcommands === undefined
    ? [{ call: command.name, command }]
    : [
        { call: command.name, command },
        ...command.subcommands.map((sub) => ({ call: `${command.name} ${sub.name}`, command: sub })),
      ],
);

/** Parses a whole line as its command would; throws what is wrong with it. */
function parseLine(line: string): void {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
  const [program, name = '', verb, ...rest] = words;
  if (program !== 'jiping') throw new Error(`not a call of jiping: ${line}`);
  if (name === 'help' || name === '--help') return;
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw new Error(`no command ${name}`);
  let [options, args] = [command.help.options, verb === undefined ? rest : [verb, ...rest]];
  if (command.subcommands !== undefined) {
    if (verb === undefined || verb.startsWith('-')) return;
    const sub = command.subcommands.find((one) => one.name === verb);
    if (sub === undefined) throw new Error(`no subcommand ${name} ${verb}`);
    [options, args] = [sub.help.options, rest];
  }
  parseArgs({
    args: args.filter((word) => word !== '--help'),
    options: { ...options, ...COMMON },
    allowPositionals: true,
  });
}

describe('help', () => {
  it.each(ALL)('of $call: every option with its value, 100 columns, in both languages', ({ call, command }) => {
    for (const language of ['zh', 'en'] as const) {
      const printed = printHelp(call, command.help, language);
      for (const line of printed.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(100);
      for (const [name, option] of Object.entries(command.help.options)) {
        expect(printed).toContain(`  --${name}`);
        // An option of type string says what its value is, a flag has none.
        expect(option.value === undefined, name).toBe(option.type === 'boolean');
        expect(option.help[language].trim(), name).not.toBe('');
      }
      expect(printed).not.toMatch(/undefined|\n\n\n/);
    }
    expect(command.summary.en).not.toBe(command.summary.zh);
    expect(command.help.examples.length).toBeGreaterThan(0);
  });

  it('gives examples that parse', () => {
    for (const { command } of ALL)
      for (const example of command.help.examples)
        for (const line of typeof example === 'string' ? [example] : [example.zh, example.en])
          expect(() => parseLine(line), line).not.toThrow();
  });

  it('is the same by jiping help X, X --help and X -h; the overview lists every command', async () => {
    for (const { call } of ALL) {
      const { out, status } = await jiping(['help', ...call.split(' '), '--lang', 'en']);
      expect(status).toBe(0);
      expect(await jiping([...call.split(' '), '--lang=en', '--help'])).toMatchObject({ out, err: '' });
      expect(await jiping([...call.split(' '), '-h', '--lang', 'en'])).toMatchObject({ out });
    }
    const { out } = await jiping(['help']);
    for (const { name, summary } of commands) expect(out).toMatch(new RegExp(`\n  ${name} +${summary.zh.slice(0, 8)}`));
    for (const line of out.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(100);
  });

  it('names the nearest command, subcommand and option', async () => {
    const said = async (line: string): Promise<string> => {
      const { status, err } = await jiping(['--lang', 'en', ...line.split(' ')]);
      expect(status).toBe(2);
      return err;
    };
    expect(await said('evalute x.xlsx')).toContain('did you mean evaluate?');
    expect(await said('register improt x.csv')).toContain('did you mean import?');
    expect(await said('evaluate x.xlsx --ouput y')).toContain('there is no option --ouput');
    expect(await said('evaluate x.xlsx --ruels GD')).toContain('did you mean --rules?');
    expect(await said('subsidy settle --budget-yaer 2024')).toContain('did you mean --budget-year?');
    expect(await said('frobnicate')).not.toContain('did you mean');
    expect(nearest('ouz', ['out', 'rules'])).toBe('out');
    expect(nearest('x', ['out', 'rules'])).toBeUndefined();
  });
});

describe('wrap', () => {
  it('counts a Han character as two columns and begins no line with a closing mark', () => {
    expect(displayWidth('医保 a')).toBe(6);
    expect(wrap('城乡居民，医疗保险。', 8)).toEqual(['城乡居', '民，医疗', '保险。']);
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('', 7)).toEqual(['']);
  });
});

/** The calls of jiping in a page: lines of its code blocks and words between backquotes. */
function callsIn(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```\w*\n(.*?)^```/gms)].flatMap(([, block = '']) =>
    block.replaceAll('\\\n', ' ').split('\n'),
  );
  const inline = [...page.replaceAll(/^```\w*\n.*?^```/gms, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, words = '']) => words,
  );
  return [...blocks, ...inline]
    .map((line) =>
      line
        .trim()
        .replace(/^npx /, '')
        .replace(/^npm run jiping -- /, 'jiping '),
    )
    .filter((line) => /^jiping\s+[a-z-]/.test(line))
    .map((line) =>
      line
        .replace(/\s+#.*$/, '')
        .replace(/ {3,}\S*[\p{Script=Han}，]+\S*$/u, '')
        .replaceAll(/[[\]…|]/g, ' ')
        .trim()
        // A page may speak of an option without its value: “jiping compare --out”.
        .replace(/(--(?!yes|help|show-key|format|strict)[a-z-]+)$/, '$1 x'),
    );
}

describe('the commands written in the documents', () => {
  const pages = [
    'README.md',
    'README.zh-CN.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(ROOT, 'docs/handbook')).map((name) => join('docs/handbook', name)),
  ];

  it.each(pages)('parse: %s', (page) => {
    for (const line of callsIn(readFileSync(join(ROOT, page), 'utf8')))
      expect(() => parseLine(line), line).not.toThrow();
  });

  it('are found', () => {
    const found = pages.flatMap((page) => callsIn(readFileSync(join(ROOT, page), 'utf8')));
    expect(found.length).toBeGreaterThan(50);
    for (const { name } of commands)
      expect(found.some((line) => line.startsWith(`jiping ${name}`)) || name === 'demo', name).toBe(true);
  });
});
