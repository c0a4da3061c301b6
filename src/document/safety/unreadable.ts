import { JipingError, text } from '../../problem/index.ts';

/** The error every reader of this folder throws for a file it cannot read: one sentence with the remedy. */
export function unreadable(file: string, zh: string, en: string, cause?: unknown): JipingError {
  return new JipingError('unreadable', text(zh, en), { file }, cause === undefined ? undefined : { cause });
}

export function damaged(file: string, cause?: unknown): JipingError {
  return unreadable(
    file,
    '文件已损坏或不完整，无法读取；请用原软件打开后另存一份，或重新下载。',
    'the file is damaged or incomplete; open it in its own program and save it again, or download it again.',
    cause,
  );
}

export function passwordProtected(file: string): JipingError {
  return unreadable(
    file,
    '文件设有打开密码，无法读取；请取消密码后重新保存。',
    'the file is protected by a password; remove the password and save it again.',
  );
}

export function overLimit(file: string, zh: string, en: string): JipingError {
  return unreadable(
    file,
    `文件超出读取限制（${zh}），已停止读取；请拆分后再试，或确认文件来源可靠。`,
    `the file is over a reading limit (${en}) and was not read; split it, or check where it came from.`,
  );
}

/** Passes a JipingError on; anything a library threw becomes "damaged". */
export function asUnreadable(file: string, cause: unknown): JipingError {
  return cause instanceof JipingError ? cause : damaged(file, cause);
}
