import { LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { JipingError, text } from '../problem/index.ts';
import { describeIssue } from './describe-issue.ts';

/** The text of one rule file and the name by which faults call it. */
export interface RuleSource {
  readonly file: string;
  readonly content: string;
}

/**
 * A rule file read through its schema. Failsafe YAML: every scalar is text, keys are unique, anchors and aliases
 * are refused.
 * @throws JipingError `invalid-rule` naming file, line and key of the first fault (all faults are in the sentence).
 */
export function parseRuleFile<T>(source: RuleSource, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(source.content, {
    schema: 'failsafe',
    uniqueKeys: true,
    lineCounter: lines,
    prettyErrors: false,
  });
  const [syntax] = document.errors;
  if (syntax !== undefined)
    throw fault(source.file, lines.linePos(syntax.pos[0]).line, '', `YAML 写法有误：${syntax.message}`, syntax.message);
  refuseAliases(source, document.contents, lines);
  const result = schema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues;
  const path = first?.path ?? [];
  const line = lineOf(document.getIn(path, true) as Node | undefined, path, document, lines);
  const what = describeIssue(first);
  const [more, moreEn] =
    others.length > 0 ? [`（另有 ${others.length} 处）`, ` (and ${others.length} more)`] : ['', ''];
  throw fault(source.file, line, path.map(String).join('.'), `${what.zh}${more}`, `${what.en}${moreEn}`);
}

function refuseAliases(source: RuleSource, contents: unknown, lines: LineCounter): void {
  const stack: unknown[] = [contents];
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === null || typeof node !== 'object') continue;
    const record = node as {
      anchor?: string;
      source?: string;
      range?: [number, number, number];
      items?: unknown[];
      key?: unknown;
      value?: unknown;
      constructor: { name: string };
    };
    if (record.anchor !== undefined || record.constructor.name === 'Alias')
      throw fault(
        source.file,
        lines.linePos(record.range?.[0] ?? 0).line,
        '',
        '不允许使用锚点和别名（& 和 *）',
        'anchors and aliases are not allowed',
      );
    if (Array.isArray(record.items)) stack.push(...record.items);
    if (record.key !== undefined) stack.push(record.key);
    if (record.value !== undefined && typeof record.value === 'object') stack.push(record.value);
  }
}

function lineOf(
  node: Node | undefined,
  path: readonly PropertyKey[],
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
): number {
  let current: Node | undefined = node;
  for (let depth = path.length - 1; current?.range == null && depth >= 0; depth -= 1)
    current = (depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)) as Node | undefined;
  return lines.linePos(current?.range?.[0] ?? 0).line;
}

function fault(file: string, line: number, key: string, zh: string, en: string): JipingError {
  return new JipingError('invalid-rule', text(zh, en), key === '' ? { file, line } : { file, line, key });
}
