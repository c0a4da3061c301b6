import type { AuditedDocument } from '../audit-document.ts';

/** Who the document is by and what it is about, as far as its head says so; empty where it does not. */
export interface Subject {
  readonly unit: string;
  readonly project: string;
  readonly year: string;
}

export function subjectOf(document: AuditedDocument): Subject {
  const head = document.source.folded.slice(0, 1500);
  const after = (label: string): string => {
    const match = new RegExp(`(?:${label})[ \\t]*[:|]?\\s*\\|?\\s*([^\\s|:,。;]{2,40})`).exec(head);
    const value = (match?.[1] ?? '').replace(/^\(公章\)|^\[\d+\]/, '');
    // 部门绩效评价报告 is a title, not a department.
    return /^(?:绩效|整体支出|[^\s]*(?:报告|自评表|评价表|目标表|申报表|监控表)$|主管部门|实施单位|项目资金|年初|部门|单位|名称|项目名称|中央主管|地方主管|全年|预算数|执行|分值|得分|资金|\(|[\d.%]+$)/.test(
      value,
    )
      ? ''
      : value;
  };
  return {
    unit:
      after('项目实施单位|实施单位|资金使用单位|单位名称|项目单位') || after('主管部门|部门名称|部门') || ownName(head),
    project:
      after('项目名称|转移支付\\(项目\\)名称|转移支付名称|专项名称') || (/[^\n|]{4,40}/.exec(head)?.[0] ?? '').trim(),
    year: /(20[012]\d)\s*年度?/.exec(head)?.[1] ?? '',
  };
}

function ownName(head: string): string {
  return /[\p{Script=Han}]{2,14}(?:局|院|中心|学校|中学|小学|委员会|办公室|残联)/u.exec(head)?.[0] ?? '';
}
