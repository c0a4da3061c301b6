import type { AuditedDocument } from '../audit-document.ts';
import type { AuditRule } from '../rule-book.ts';
import { type AuditPaper, heading, paragraph, plainTable, words } from './paper.ts';
import { subjectOf } from './subject.ts';
import { suggestScore } from './suggest-score.ts';

const HEAD = [
  '单位',
  '项目',
  '自评分',
  '复核建议分',
  '核减理由',
  '问题',
  '需补材料',
  '整改时限',
  '单位反馈',
  '是否采纳',
];

/** The register of a folder: one row a document, ready for the office to fill in the answers. */
export function composeRegister(
  documents: readonly AuditedDocument[],
  rules: ReadonlyMap<string, AuditRule>,
): AuditPaper {
  const rows = documents.map((document) => {
    const subject = subjectOf(document);
    const { claimed, suggested, reasons } = suggestScore(document);
    const grave = document.findings.filter((finding) => finding.severity !== 'notice');
    const wanted = new Set(
      grave.map((finding) => rules.get(finding.rule)?.remedy ?? '').filter((remedy) => /补|附|提供|说明/.test(remedy)),
    );
    return [
      subject.unit,
      subject.project || document.file,
      claimed,
      suggested,
      reasons.join('；'),
      grave.map((finding, index) => `${index + 1}. ${finding.message.zh}`).join('\n'),
      [...wanted].join('\n'),
      grave.length === 0 ? '' : '收到意见后 10 个工作日',
      '',
      '',
    ];
  });
  return {
    title: '绩效自评复核台账',
    kind: 'table',
    page: { orientation: 'landscape', grid: false },
    blocks: [heading(0, '绩效自评复核台账'), plainTable([HEAD, ...rows], [10, 14, 5, 6, 16, 34, 22, 8, 10, 6])],
    pageNumber: 'none',
  };
}

/** One page of figures over a folder. */
export function composeStatistic(
  documents: readonly AuditedDocument[],
  failed: readonly string[],
  rules: ReadonlyMap<string, AuditRule>,
): AuditPaper {
  const count = (severity: string): number =>
    documents.filter((document) => document.findings.some((finding) => finding.severity === severity)).length;
  const byRule = new Map<string, { documents: number; findings: number }>();
  for (const document of documents) {
    const seen = new Set<string>();
    for (const finding of document.findings) {
      const tally = byRule.get(finding.rule) ?? { documents: 0, findings: 0 };
      byRule.set(finding.rule, {
        documents: tally.documents + (seen.has(finding.rule) ? 0 : 1),
        findings: tally.findings + 1,
      });
      seen.add(finding.rule);
    }
  }
  const rows = [...byRule]
    .sort((a, b) => b[1].documents - a[1].documents || (a[0] < b[0] ? -1 : 1))
    .slice(0, 20)
    .map(([rule, tally], index) => [
      String(index + 1),
      rules.get(rule)?.name ?? rule,
      String(tally.documents),
      String(tally.findings),
    ]);
  const tables = documents.filter((document) =>
    document.tables.some((table) => table.stated.scoreTotal !== undefined && table.complete),
  );
  const wrong = documents.filter((document) => document.findings.some((finding) => finding.rule === 'total-mismatch'));
  return {
    title: '绩效自评复核统计',
    kind: 'report',
    page: { orientation: 'portrait', grid: true },
    blocks: [
      heading(0, '绩效自评复核统计'),
      paragraph(
        'body',
        words(
          `共复核材料 ${documents.length} 份${failed.length === 0 ? '' : `，另有 ${failed.length} 份无法读取`}。有必须更正的错误的 ${count('error')} 份，有需要说明的事项的 ${count('warning')} 份，没有发现问题的 ${documents.filter((document) => document.findings.length === 0).length} 份。`,
        ),
      ),
      paragraph(
        'body',
        words(`总分可以核对的自评表 ${tables.length} 份，其中总分与各项得分不符的 ${wrong.length} 份。`),
      ),
      ...(rows.length === 0 ? [] : [plainTable([['序号', '问题', '涉及份数', '处数'], ...rows], [4, 24, 8, 6])]),
    ],
    pageNumber: 'none',
  };
}
