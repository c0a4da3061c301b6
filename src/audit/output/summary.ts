import { counted, inLanguage, type Language, text } from '../../problem/index.ts';
import type { AuditedDocument } from '../audit-document.ts';
import type { AuditRule } from '../rule-book.ts';
import { spellOut } from './arithmetic.ts';

const MARK = {
  error: text('错误', 'error'),
  warning: text('警告', 'warning'),
  notice: text('提示', 'notice'),
} as const;

/** What a terminal shows of one document. */
export function documentSummary(
  document: AuditedDocument,
  rules: ReadonlyMap<string, AuditRule>,
  language: Language,
): string {
  const lines = [document.file];
  const rows = document.tables.reduce((sum, table) => sum + table.indicators.length, 0) + document.proseRows.length;
  lines.push(
    `  ${inLanguage(text(`读出自评表 ${document.tables.length} 张、指标 ${rows} 项；发现 ${document.findings.length} 处`, `${counted(document.tables.length, 'table')}, ${counted(rows, 'indicator')}; ${counted(document.findings.length, 'finding')}`), language)}`,
  );
  for (const finding of document.findings) {
    const name =
      language === 'zh'
        ? (rules.get(finding.rule)?.name ?? finding.rule)
        : (rules.get(finding.rule)?.nameEn ?? finding.rule);
    lines.push(
      `  [${inLanguage(MARK[finding.severity], language)}] ${name}${language === 'zh' ? '：' : ': '}${inLanguage(finding.message, language)}`,
    );
    if (finding.proof !== undefined) lines.push(`         ${spellOut(finding.proof, language)}`);
  }
  for (const place of document.unreadable)
    lines.push(
      `  [${inLanguage(text('未读', 'unread'), language)}] “${document.source.raw.slice(place.start, place.end).replace(/\s+/g, ' ').slice(0, 40)}” ${inLanguage(place.why, language)}`,
    );
  return `${lines.join('\n')}\n`;
}
