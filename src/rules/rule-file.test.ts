import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { JipingError } from '../problem/index.ts';
import { parseRuleFile } from './rule-file.ts';
import { choice, date, decimal, flag, integer, words } from './scalars.ts';

const schema = z.strictObject({
  name: words(),
  share: decimal(),
  from: date(),
  places: integer(),
  verified: flag(),
  mode: choice(['up', 'down']),
  steps: z.array(z.strictObject({ at: decimal() })).optional(),
});
const RIGHT = ['name: 甲', 'share: 0.60', 'from: 2021-01-01', 'places: 2', 'verified: false', 'mode: up'];

function fault(lines: readonly string[]): JipingError {
  try {
    parseRuleFile({ file: 'rules/x.yaml', content: `${lines.join('\n')}\n` }, schema);
  } catch (error) {
    if (error instanceof JipingError) return error;
    throw error;
  }
  throw new Error('no fault');
}

function changed(line: number, text: string): string[] {
  return RIGHT.map((own, index) => (index === line - 1 ? text : own));
}

describe('a county writes its own rule file', () => {
  it('keeps every scalar as text until the schema speaks', () => {
    const read = parseRuleFile({ file: 'rules/x.yaml', content: RIGHT.join('\n') }, schema);
    expect(read.share.toString()).toBe('0.6');
    expect(read).toMatchObject({ name: '甲', from: '2021-01-01', places: 2, verified: false, mode: 'up' });
  });

  const faults: readonly (readonly [string, readonly string[], string, string])[] = [
    ['a share in exponent form', changed(2, 'share: 6e-1'), 'share', '十进制数'],
    ['a day that is not', changed(3, 'from: 2021-02-30'), 'from', '2021-02-30'],
    ['a number that is none', changed(4, 'places: two'), 'places', '整数'],
    ['yes for true', changed(5, 'verified: yes'), 'verified', 'true 或 false'],
    ['a word off the list', changed(6, 'mode: sideways'), 'mode', 'up、down'],
    ['an empty name', changed(1, "name: ''"), 'name', '不能为空'],
    ['a key nobody knows', [...RIGHT, 'extra: 1'], '', 'extra'],
    ['a missing key', RIGHT.slice(1), 'name', '缺少'],
    ['a value where a list belongs', [...RIGHT, 'steps: 3'], 'steps', '列表'],
  ];
  for (const [what, lines, key, said] of faults)
    it(`is told of ${what} with file, line and key`, () => {
      const error = fault(lines);
      expect(error.code).toBe('invalid-rule');
      expect(error.where.file).toBe('rules/x.yaml');
      expect(error.where.key ?? '').toBe(key);
      expect(error.text.zh).toContain(said);
      expect(error.text.en).not.toMatch(/\p{Script=Han}/u);
      const line = lines.findIndex((each) => key !== '' && each.startsWith(`${key}:`)) + 1;
      if (line > 0) expect(error.where.line).toBe(line);
    });

  it('may use neither a key twice nor anchors and aliases', () => {
    expect(fault([...RIGHT, 'name: 乙']).where.line).toBe(RIGHT.length + 1);
    expect(fault(['name: &a 甲', ...RIGHT.slice(1)]).text.zh).toContain('锚点');
    expect(fault(['name: 甲', 'share: *a', ...RIGHT.slice(2)]).code).toBe('invalid-rule');
  });
});
