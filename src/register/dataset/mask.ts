/** First six characters of an identity number, the rest hidden; used for samples in quality reports. */
export function maskIdentity(value: string): string {
  const characters = [...value];
  return characters.slice(0, 6).join('') + '*'.repeat(Math.max(0, characters.length - 6));
}

/** 张*, 张*华. */
export function maskName(value: string): string {
  const characters = [...value];
  if (characters.length <= 1) return '*';
  const last = characters.length > 2 ? (characters.at(-1) ?? '') : '';
  return (characters[0] ?? '') + '*'.repeat(Math.max(1, characters.length - 2)) + last;
}

/** A cell for a report, by what its column may hold. */
export function maskValue(type: string, value: string): string {
  if (type === 'identity') return maskIdentity(value);
  if (type === 'name') return maskName(value);
  if (type === 'phone') return value.length > 7 ? `${value.slice(0, 3)}****${value.slice(-4)}` : '****';
  // A number typed into the wrong column may be an identity number.
  return value.replaceAll(/\d{6,}[\dXx]?/g, (digits) => maskIdentity(digits)).slice(0, 30);
}

/** Whatever may be an identity number in a file's name, a note or a sentence is not carried on. */
export function hideNumbers(words: string): string {
  return words.replaceAll(/\d{14,17}[\dXx]/g, '***');
}
