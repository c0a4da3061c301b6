/** A sentence for people in both interface languages. Written side by side, so neither can be missing. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Language = 'zh' | 'en';

/** @example text('没有找到文件', 'file not found') */
export function text(zh: string, en: string): Text {
  return { zh, en };
}

export function inLanguage(value: Text, language: Language): string {
  return value[language];
}

/**
 * A count with its English noun: `counted(1, 'row')` is “1 row”, `counted(2, 'row')` “2 rows”. Chinese has no plural.
 * @example counted(0, 'entry', 'entries') // '0 entries'
 */
export function counted(count: number | bigint, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 || count === 1n ? one : many}`;
}
