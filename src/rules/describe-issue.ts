import type { z } from 'zod';
import { type Text, text } from '../problem/index.ts';

const TYPES: Readonly<Record<string, Text>> = {
  string: text('一个值', 'one value'),
  array: text('一个列表', 'a list'),
  object: text('一组键和值', 'a group of keys'),
  record: text('一组键和值', 'a group of keys'),
};

/** What is wrong at one place of a rule file, in both languages. The `en` of our own checks stands in `params`. */
export function describeIssue(issue: z.core.$ZodIssue | undefined): Text {
  if (issue === undefined) return text('不合要求', 'not valid');
  switch (issue.code) {
    case 'custom':
      return text(issue.message, typeof issue.params?.en === 'string' ? issue.params.en : issue.message);
    case 'invalid_type': {
      const wanted = TYPES[issue.expected] ?? text(issue.expected, issue.expected);
      // zod leaves the input out of the issue; its own message alone tells a missing key from a wrong one.
      return issue.message.endsWith('undefined')
        ? text(`缺少这一项，应为${wanted.zh}`, `missing; expected ${wanted.en}`)
        : text(`应为${wanted.zh}`, `expected ${wanted.en}`);
    }
    case 'unrecognized_keys':
      return text(`不认识的键：${issue.keys.join('、')}`, `unknown keys: ${issue.keys.join(', ')}`);
    case 'invalid_value': {
      const values = issue.values.map(String);
      return text(`应为 ${values.join('、')} 之一`, `expected one of ${values.join(', ')}`);
    }
    case 'invalid_union':
      return describeIssue(issue.errors[0]?.[0]);
    case 'too_small':
      return text('不能为空', 'must not be empty');
    default:
      return text(issue.message, issue.message);
  }
}
