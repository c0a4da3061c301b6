import type { Block } from '../../document/index.ts';
import type { AuditedDocument, IdentifiedFinding } from '../audit-document.ts';
import type { AuditRule } from '../rule-book.ts';
import { spellOut } from './arithmetic.ts';
import { type AuditPaper, heading, paragraph, words } from './paper.ts';
import { subjectOf } from './subject.ts';
import { suggestScore } from './suggest-score.ts';

const PARTS = [
  ['error', '必须更正的错误', '以下各项由材料自身的数字即可判定，请逐项更正。'],
  ['warning', '需要说明的事项', '以下各项请说明情况并补充佐证材料；确有依据的可不改分。'],
  ['notice', '文字和格式', '以下各项请一并修改。'],
] as const;
const NUMERALS = ['一', '二', '三', '四', '五'];

/** 复核意见书: ready to send to the unit, without mark or rule id. */
export function composeOpinion(document: AuditedDocument, rules: ReadonlyMap<string, AuditRule>): AuditPaper {
  const subject = subjectOf(document);
  const { claimed, suggested, reasons } = suggestScore(document);
  const blocks: Block[] = [
    heading(0, '绩效自评复核意见书'),
    paragraph('addressee', words(subject.unit === '' ? '有关单位：' : `${subject.unit}：`)),
    paragraph(
      'body',
      words(
        `你单位报送的${subject.year === '' ? '' : `${subject.year}年度`}“${subject.project}”绩效自评材料已复核，意见如下。`,
      ),
    ),
  ];
  let part = 0;
  for (const [severity, title, lead] of PARTS) {
    const findings = document.findings.filter((finding) => finding.severity === severity);
    if (findings.length === 0) continue;
    blocks.push(heading(1, `${NUMERALS[part]}、${title}`), paragraph('body', words(lead)));
    part += 1;
    findings.forEach((finding, index) => {
      blocks.push(...itemBlocks(document, finding, rules.get(finding.rule), index + 1));
    });
  }
  if (part === 0) blocks.push(paragraph('body', words('未发现需要更正或说明的问题。')));
  if (claimed !== '') {
    blocks.push(heading(1, `${NUMERALS[part]}、自评得分`));
    part += 1;
    const proposal =
      suggested === ''
        ? '表中数据不全，建议分待补齐后确定。'
        : suggested === claimed
          ? '按表内数据复算，与自评总分一致。'
          : `按表内数据复算，建议 ${suggested} 分：${reasons.join('；')}。`;
    blocks.push(paragraph('body', words(`自评总分 ${claimed} 分。${proposal}`)));
  }
  if (document.unreadable.length > 0)
    blocks.push(
      paragraph('body', words(`另有 ${document.unreadable.length} 处文字无法唯一辨认，本次未据以提出意见。`)),
    );
  blocks.push(
    paragraph('body', words('请于收到本意见之日起 10 个工作日内更正材料、书面说明并反馈。')),
    paragraph('signature', words('（复核单位）')),
    paragraph('date', words('    年  月  日')),
  );
  return {
    title: '绩效自评复核意见书',
    kind: 'report',
    page: { orientation: 'portrait', grid: true },
    blocks,
    pageNumber: 'dashes',
  };
}

function itemBlocks(
  document: AuditedDocument,
  finding: IdentifiedFinding,
  rule: AuditRule | undefined,
  number: number,
): Block[] {
  const quotes = finding.quotes
    .slice(0, 3)
    .map((quote) => `“${clip(document.source.raw.slice(quote.start, quote.end))}”`);
  const blocks: Block[] = [
    paragraph('body', words(`${number}. ${rule?.name ?? ''}。`, 'form', true), words(`${finding.message.zh}。`)),
  ];
  if (finding.proof !== undefined) blocks.push(paragraph('body', words(`验算：${spellOut(finding.proof)}。`)));
  blocks.push(
    paragraph('body', words(`原文：${quotes.join('、')}。${rule === undefined ? '' : `要求：${rule.remedy}`}`)),
  );
  return blocks;
}

function clip(text: string): string {
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(/\s*\|\s*/g, ' ')
    .trim();
  return plain.length > 60 ? `${plain.slice(0, 58)}……` : plain;
}
