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
