import { expect, test } from 'vitest';
import { text } from '../problem/index.ts';
import { parseOptions } from './parse-options.ts';
import { interruption } from './run.ts';

const OPTIONS = {
  out: { type: 'string', help: text('写到哪里', 'where to write') },
  unit: { type: 'string', multiple: true, help: text('单位', 'unit') },
} as const;

test('two different values of one option are refused; equal ones and those of a list are not', () => {
  expect(() => parseOptions(['--out', 'a', '--out=b'], OPTIONS, 'x')).toThrow(/--out 写了两次/);
  expect(parseOptions(['--out', 'a', '--out=a'], OPTIONS, 'x').values.out).toBe('a');
  expect(parseOptions(['--unit', 'a', '--unit', 'b'], OPTIONS, 'x').values.unit).toEqual(['a', 'b']);
});

test('whoever stops the program is told so in the language asked for', () => {
  expect(interruption(['evaluate', '--lang=en'])).toMatch(/^jiping: interrupted/);
  expect(interruption(['evaluate', 'en', '--lang', 'zh'])).toMatch(/^jiping: 已中断/);
});
