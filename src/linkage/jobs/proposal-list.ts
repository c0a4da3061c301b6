import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findRegisterKind, loadRegisterKinds, writeLargeSheet } from '../../register/index.ts';
import type { ComparisonJob, ComparisonRules } from './job-rules.ts';
import type { ProposedLinks } from './propose-links.ts';
import { fileNameOf, type WrittenList } from './work-list-sheet.ts';

/**
 * What trained linkage proposed, as a workbook to decide on: both records side by side without identity numbers. It comes
 * back like a work list.
 */
export async function writeProposalList(
  rules: ComparisonRules,
  job: ComparisonJob,
  proposed: ProposedLinks,
  folder: string,
  asOf: string,
): Promise<readonly WrittenList[]> {
  if (proposed.proposals.length === 0) return [];
  mkdirSync(folder, { recursive: true });
  const kinds = loadRegisterKinds();
  const choices = Object.entries(rules.proposals).map(([code, { label }]) => `${code}${label}`);
  const findingOf = (check: string): string => job.checks.find((each) => each.check === check)?.finding ?? '';
  const sexes: Readonly<Record<string, string>> = { '1': '男', '2': '女' };
  const path = join(folder, `${fileNameOf(job.title)}-关联建议.xlsx`);
  const rows = await writeLargeSheet(path, [
    {
      name: '关联建议',
      title: `${job.title}关联建议清单（截至${asOf}）`,
      columns: [
        { heading: '序号', width: 6 },
        { heading: '乡镇', width: 10 },
        { heading: '村（社区）', width: 12 },
        { heading: '姓名', width: 9 },
        { heading: '性别', width: 6 },
        { heading: '出生日期', width: 12 },
        { heading: '可能是', width: 18 },
        { heading: '该名册姓名', width: 11 },
        { heading: '该名册出生日期', width: 14 },
        { heading: '该名册住址', width: 20 },
        { heading: '概率', width: 8 },
        { heading: '是同一人则', width: 26 },
        { heading: '核实结果代码', width: 15, choices },
        { heading: '说明', width: 16 },
        { heading: '核实日期', width: 11 },
        { heading: '编号', width: 8, small: true },
      ],
      rows: proposed.proposals.map(({ left, right, check, rightKind, rightPerson, probability, proposal }, index) => [
        String(index + 1),
        left.town,
        left.village,
        left.name,
        sexes[left.sex] ?? '',
        left.birth,
        findRegisterKind(kinds, rightKind).title,
        right.name,
        right.birth,
        `${right.town}${right.village}`,
        probability,
        `${rightPerson === undefined ? '排除' : '列为'}：${findingOf(check)}`,
        '',
        '',
        '',
        proposal,
      ]),
    },
  ]);
  return [{ path, receiver: '关联建议', rows }];
}
