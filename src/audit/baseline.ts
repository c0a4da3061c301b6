import { z } from 'zod';
import { JipingError, text } from '../problem/index.ts';
import type { AuditedDocument } from './audit-document.ts';

const schema = z.union([
  z.array(z.string()),
  z.object({ dismissed: z.array(z.string()) }),
  z.object({ documents: z.array(z.object({ findings: z.array(z.object({ id: z.string() })) })) }),
]);

/**
 * The ids a person dismissed: `{"dismissed": [id, …]}`, a bare list, or a whole earlier `audit --format json`.
 * @throws JipingError `unreadable`
 */
export function readBaseline(content: string, file: string): ReadonlySet<string> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    json = undefined;
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    throw new JipingError(
      'unreadable',
      text(
        '基线文件应为 {"dismissed": ["意见编号", …]}，或以前的 audit --format json 输出',
        'a baseline is {"dismissed": ["id", …]} or an earlier audit --format json',
      ),
      { file },
    );
  if (Array.isArray(parsed.data)) return new Set(parsed.data);
  if ('dismissed' in parsed.data) return new Set(parsed.data.dismissed);
  return new Set(parsed.data.documents.flatMap((document) => document.findings.map((finding) => finding.id)));
}

/** The document without the findings already dismissed. */
export function withoutDismissed(document: AuditedDocument, dismissed: ReadonlySet<string>): AuditedDocument {
  return { ...document, findings: document.findings.filter((finding) => !dismissed.has(finding.id)) };
}
