import { open, readFile } from 'node:fs/promises';
import { looksLikeText } from './decode-text.ts';
import type { ReadLimits } from './limits.ts';
import { overLimit, unreadable } from './unreadable.ts';
import { openZip } from './zip-archive.ts';

/** What a file is by its content, whatever its name says. */
export type FileKind =
  | 'xlsx'
  | 'xlsb'
  | 'xls'
  | 'ods'
  | 'docx'
  | 'odt'
  | 'doc'
  | 'pdf'
  | 'html'
  | 'xml'
  | 'rtf'
  | 'text'
  | 'zip'
  | 'encrypted-office'
  | 'presentation'
  | 'image'
  | 'other-archive'
  | 'ofd'
  | 'empty'
  | 'unknown';

const KIND_NAMES: Readonly<Record<FileKind, readonly [string, string]>> = {
  xlsx: ['Excel 工作簿（xlsx）', 'an Excel workbook (xlsx)'],
  xlsb: ['Excel 二进制工作簿（xlsb）', 'an Excel binary workbook (xlsb)'],
  xls: ['Excel 97-2003 工作簿（xls）', 'an Excel 97-2003 workbook (xls)'],
  ods: ['OpenDocument 表格（ods）', 'an OpenDocument spreadsheet (ods)'],
  docx: ['Word 文档（docx）', 'a Word document (docx)'],
  odt: ['OpenDocument 文档（odt）', 'an OpenDocument text (odt)'],
  doc: ['Word 97-2003 文档（doc）', 'a Word 97-2003 document (doc)'],
  pdf: ['PDF', 'a PDF'],
  html: ['网页（HTML）', 'an HTML page'],
  xml: ['XML', 'XML'],
  rtf: ['RTF 文档', 'an RTF document'],
  text: ['纯文本（或 CSV）', 'plain text (or CSV)'],
  zip: ['压缩包（zip）', 'a zip archive'],
  'encrypted-office': ['设有打开密码的文件', 'a password-protected file'],
  presentation: ['演示文稿', 'a presentation'],
  image: ['图片', 'an image'],
  'other-archive': ['压缩包（rar、7z、gz 等）', 'an archive (rar, 7z, gz …)'],
  ofd: ['OFD 版式文件', 'an OFD document'],
  empty: ['空文件', 'an empty file'],
  unknown: ['无法识别的格式', 'of an unknown format'],
};

/**
 * Tells a file's kind by its content. A zip is looked into (its list of members only).
 * @param source a path or the bytes
 * @throws JipingError `unreadable` for a zip whose list of members cannot be read
 */
export async function detectKind(source: string | Uint8Array, file: string, limits: ReadLimits): Promise<FileKind> {
  const start = typeof source === 'string' ? await readStart(source) : source.subarray(0, START_BYTES);
  if (start.length === 0) return 'empty';
  const head = Buffer.from(start).toString('latin1');
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return zipKind(source, file, limits);
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'))
    return oleKind(typeof source === 'string' ? await readFile(source) : source);
  if (head.slice(0, 1024).includes('%PDF-')) return 'pdf';
  if (head.startsWith('{\\rtf')) return 'rtf';
  if (/^(\u0089PNG|\u00ff\u00d8\u00ff|GIF8|BM.{4}\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP)/s.test(head)) return 'image';
  if (/^(Rar!|7z\u00bc\u00af|\u001f\u008b|BZh|\u00fd7zXZ)/.test(head)) return 'other-archive';
  // BIFF before the OLE container (Excel 2 to 4)
  if (/^\u0009[\0\u0002\u0004\u0008][\u0004-\u0008]\0/.test(head)) return 'xls';
  if (!looksLikeText(start)) return 'unknown';
  const words = head
    .replaceAll('\0', '')
    .replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .trimStart();
  if (/^<\?xml/i.test(words)) return /<html[\s>]/i.test(words) ? 'html' : 'xml';
  if (/^(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|div|p|style)[\s>]/is.test(words)) return 'html';
  return 'text';
}

const START_BYTES = 4096;

async function readStart(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(START_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function zipKind(source: string | Uint8Array, file: string, limits: ReadLimits): Promise<FileKind> {
  const zip = await openZip(source, file, limits);
  try {
    const names = zip.members.map((member) => member.name.replace(/^\/+/, '').toLowerCase());
    const some = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
    if (some(/^xl\/workbook\.bin$/)) return 'xlsb';
    if (some(/^xl\/(workbook|worksheets\/.*)\.xml$/)) return 'xlsx';
    if (some(/^word\/document\d*\.xml$/)) return 'docx';
    if (some(/^ppt\/presentation\.xml$/)) return 'presentation';
    if (some(/^ofd\.xml$/)) return 'ofd';
    if (names.includes('mimetype') && names.includes('content.xml')) {
      const type = Buffer.from(await zip.bytes('mimetype')).toString('latin1');
      if (type.includes('spreadsheet')) return 'ods';
      if (type.includes('text')) return 'odt';
      return 'presentation';
    }
    if (names.includes('[content_types].xml')) {
      const types = Buffer.from(await zip.bytes('[Content_Types].xml')).toString('utf8');
      if (types.includes('spreadsheetml')) return 'xlsx';
      if (types.includes('wordprocessingml')) return 'docx';
    }
    return 'zip';
  } finally {
    zip.close();
  }
}

async function oleKind(bytes: Uint8Array): Promise<FileKind> {
  const { CFB } = await import('@e965/xlsx');
  let paths: readonly string[];
  try {
    paths = CFB.read(Buffer.from(bytes), { type: 'buffer' }).FullPaths;
  } catch {
    return 'unknown';
  }
  const top = new Set(paths.map((path) => path.split('/').slice(1).join('/').toLowerCase()));
  if (top.has('encryptedpackage')) return 'encrypted-office';
  if (top.has('worddocument')) return 'doc';
  if (top.has('workbook') || top.has('book')) return 'xls';
  if (top.has('powerpoint document')) return 'presentation';
  return 'unknown';
}

/** "内容是 PDF，扩展名是 .xlsx": a file that is not what was asked for. `wanted` says what could be read here. */
export function wrongKind(file: string, kind: FileKind, wanted: readonly [string, string]): Error {
  const extension = /\.[^./\\]+$/.exec(file)?.[0] ?? '';
  const [zh, en] = KIND_NAMES[kind];
  if (kind === 'empty')
    return unreadable(file, '文件是空的（0 字节）；请重新获取。', 'the file is empty (0 bytes); get it again.');
  if (kind === 'encrypted-office')
    return unreadable(
      file,
      '文件设有打开密码，无法读取；请取消密码后重新保存。',
      'the file is protected by a password; remove the password and save it again.',
    );
  const named =
    extension === ''
      ? ['没有扩展名', 'it has no extension']
      : [`扩展名是 ${extension}`, `its name ends in ${extension}`];
  return unreadable(
    file,
    `内容是 ${zh}，${named[0]}；这里需要${wanted[0]}，请用原软件另存为该格式。`,
    `the content is ${en}, ${named[1]}; ${wanted[1]} is needed here: save it in that format.`,
  );
}

/** @throws JipingError `unreadable` when a file is larger than the limit. */
export function checkFileSize(file: string, bytes: number, limits: ReadLimits): void {
  if (bytes <= limits.fileBytes) return;
  const size = Math.floor(limits.fileBytes / 1024 / 1024);
  throw overLimit(file, `文件大于 ${size} MB`, `larger than ${size} MB`);
}
