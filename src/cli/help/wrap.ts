/** Columns a terminal gives to the words: a Han character or full-width mark takes two. */
export function displayWidth(words: string): number {
  let width = 0;
  for (const character of words) width += isWide(character) ? 2 : 1;
  return width;
}

function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
    character,
  );
}

/** A mark that may not begin a line. */
const CLOSING = /^[，。；：、！？）》”’\])},.;:!?]+/u;

/** Breaks a paragraph at spaces and between Han characters. Line feeds in it are kept. */
export function wrap(words: string, width: number): readonly string[] {
  return words.split('\n').flatMap((paragraph) => wrapOne(paragraph, width));
}

function wrapOne(paragraph: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(paragraph)) {
    if (line !== '' && displayWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The shortest pieces that stay together: a word with its spaces, a Han character with the mark after it, a tag, a quoted term. */
function pieces(paragraph: string): readonly string[] {
  const found =
    paragraph.match(
      /\s+|\{\{[^}]*\}\}|“[^”\s]{1,16}”|[“（《(<[{]*(?:[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef]+)/gu,
    ) ?? [];
  const joined: string[] = [];
  for (const piece of found) {
    const before = joined.at(-1);
    if (before !== undefined && CLOSING.test(piece) && !/\s$/.test(before)) joined[joined.length - 1] = before + piece;
    else joined.push(piece);
  }
  return joined;
}
