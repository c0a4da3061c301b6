import type { Block } from '../../../document/index.ts';
import type { DatasetManifest, RegisterKind } from '../../../register/index.ts';
import type { Report } from '../../../report/index.ts';
import { dayInWords } from '../../register-papers.ts';
import { table, title, words } from '../subsidy/paper-parts.ts';

function paragraph(role: 'body' | 'addressee' | 'signature' | 'date', content: string): Block {
  return { kind: 'paragraph', role, inlines: [words(content)] };
}

function form(name: string, rows: readonly (readonly [string, string])[], more: readonly Block[] = []): Report {
  return {
    title: name,
    kind: 'report',
    page: { orientation: 'portrait', grid: false },
    pageNumber: 'none',
    blocks: [
      title(name),
      table(
        [1, 3],
        [],
        rows.map(([label, value]) => [
          { content: [words(label)], align: 'center' },
          { content: [words(value)], align: 'left' },
        ]),
      ),
      ...more,
    ],
  };
}

/** 数据提供函: asks an agency for a register, with purpose, legal basis and fields. */
export function requestLetter(
  kind: RegisterKind,
  purpose: string,
  asOf: string,
  destroyBy: string | undefined,
): Report {
  const fields = kind.fields
    .map(({ label, name }) => `${label}${kind.required.includes(name) ? '（必填）' : ''}`)
    .join('、');
  const destroy = destroyBy === undefined ? '比对完成后销毁' : `${dayInWords(destroyBy)}前销毁`;
  return {
    title: '数据提供函',
    kind: 'report',
    page: { orientation: 'portrait', grid: true },
    pageNumber: 'none',
    blocks: [
      title(`关于提供${kind.title}的函`),
      paragraph('addressee', `${kind.supplier}：`),
      paragraph('body', `因${purpose}需要，依据${kind.legalBasis}，请提供截至${dayInWords(asOf)}的${kind.title}。`),
      paragraph('body', `所需字段：${fields}。`),
      paragraph('body', `请以加密介质当面交接并填写数据交接单。数据仅用于上述用途，${destroy}。`),
      paragraph('signature', '（提出单位盖章）'),
      paragraph('date', '年　　月　　日'),
    ],
  };
}

/** Room for a name by hand, and the day. */
const SIGNED_ON = `${'　'.repeat(14)}年　　月　　日`;

/** 数据交接单 of a version that was imported: what was received, proved by the digest of the file. */
export function handoverNote(manifest: DatasetManifest): Report {
  return form('数据交接单', [
    ['数据名称', manifest.title],
    ['提供单位', manifest.agency],
    ['截至日期', dayInWords(manifest.asOf)],
    ['用途', manifest.purpose],
    ['依据', manifest.legalBasis],
    ['字段', Object.values(manifest.mapping).join('、')],
    ['文件', `${manifest.source.file}，${manifest.source.bytes} 字节`],
    ['行数', String(manifest.rows)],
    ['SHA-256 摘要', manifest.source.sha256],
    ['接收日期', dayInWords(manifest.importedOn)],
    ['应销毁日期', day(manifest.destroyBy)],
    ['实际销毁日期', day(manifest.purgedOn)],
    ['提供人（签字）', SIGNED_ON],
    ['接收人（签字）', SIGNED_ON],
  ]);
}

function day(date: string | undefined): string {
  return date === undefined ? '' : dayInWords(date);
}
