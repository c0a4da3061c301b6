/** 共青城市医疗保障局 → 共青城市: the place whose bureau writes, when the document names exactly one. Folded text. */
export function readPlace(text: string): string | undefined {
  const names = new Set(
    [
      ...text.matchAll(
        /(?:^|[^\p{Script=Han}]|[省市州]|单位|部门|局)(\p{Script=Han}{1,6}?[市县区旗])(?:医疗保障局|医保局)/gmu,
      ),
    ].map((match) => match[1] ?? ''),
  );
  const [only, second] = names;
  return second === undefined ? only : undefined;
}

/** Whether a document is about the subsidy of resident medical insurance. */
export function isAboutSubsidy(text: string): boolean {
  return /(?:居民|新农合)[^,。;\n]{0,10}(?:医疗保险|医保)/.test(text) && /配套|补助/.test(text);
}
