import { expect, it } from 'vitest';
import { foldName } from './name-forms.ts';

it('takes forms of one character for one, and keeps names apart that are two', () => {
  for (const [one, other] of [
    ['髙强', '高強'],
    ['吳偉', '吴伟'],
    ['張國華', '张国华'],
    ['凌云', '凌雲'],
  ])
    expect(foldName(one ?? '')).toBe(foldName(other ?? ''));
  for (const [one, other] of [
    ['王昇', '王升'],
    ['李喆', '李哲'],
    ['傅明', '付明'],
    ['萧红', '肖红'],
    ['古丽·努尔', '古丽努尔'],
  ])
    expect(foldName(one ?? '')).not.toBe(foldName(other ?? ''));
});
