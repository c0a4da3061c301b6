import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { JipingError, text } from '../../problem/index.ts';
import { unreadable } from './unreadable.ts';

/**
 * The size in bytes of a file to be read; `file` is its name in the error.
 * @throws JipingError `not-found`, or `unreadable`: a folder, Excel's lock file beside an open workbook, no permission
 */
export async function fileSize(path: string, file: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw notReadable(file, cause);
  });
  if (found.isDirectory())
    throw unreadable(
      file,
      '这是文件夹，此处要一个文件；请写到文件名为止。',
      'this is a folder, but a file is asked for; give the path down to the file name.',
    );
  // Excel and WPS write a few bytes named ~$… beside a workbook while it is open; it holds no data.
  if (basename(path).startsWith('~$'))
    throw unreadable(
      file,
      '这是工作簿打开时的临时锁文件，不含数据；请关闭工作簿，改用去掉“~$”的同名文件。',
      'this is the lock file of an open workbook and holds no data; close the workbook and name the file without “~$”.',
    );
  return found.size;
}

/** Why a file cannot be opened, from what the system said. */
function notReadable(file: string, cause: unknown): JipingError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'EACCES' || code === 'EPERM')
    return unreadable(
      file,
      '没有读取权限；请检查文件权限。',
      'no permission to read the file; check its rights.',
      cause,
    );
  return new JipingError(
    'not-found',
    text('没有找到这个文件；请检查路径。', 'no such file; check the path.'),
    { file },
    { cause },
  );
}
