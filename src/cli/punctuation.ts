import type { Language } from '../problem/index.ts';

/** The marks between the parts of a line, full width in Chinese. */
export interface Punctuation {
  readonly colon: string;
  readonly comma: string;
  /** Between the items of a list. */
  readonly and: string;
  readonly open: string;
  readonly close: string;
}

const MARKS: Readonly<Record<Language, Punctuation>> = {
  zh: { colon: '：', comma: '，', and: '、', open: '（', close: '）' },
  en: { colon: ': ', comma: ', ', and: ', ', open: ' (', close: ')' },
};

export function punctuation(language: Language): Punctuation {
  return MARKS[language];
}
