import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { packagedRulesFolder, readRuleFolder } from '../../../rules/index.ts';
import { statusWords } from './status-words.ts';

function statusesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'status' && typeof one === 'string' ? [one] : statusesIn(one),
  );
}

it('has English for every status of the packaged policy rules, and quotes one it does not know', () => {
  const statuses = readRuleFolder(packagedRulesFolder(), 'policy').flatMap(({ content }) => statusesIn(parse(content)));
  expect(statuses.length).toBeGreaterThan(50);
  expect([...new Set(statuses)].filter((status) => /\p{Script=Han}/u.test(statusWords(status, 'en')))).toEqual([]);
  expect(statusWords('本县自定；文号未核', 'en')).toBe('“本县自定”; document number not checked');
  expect(statusWords('已见来源', 'zh')).toBe('已见来源');
});
