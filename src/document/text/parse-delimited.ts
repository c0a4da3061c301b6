const DELIMITERS = [',', '\t', ';', '|'] as const;

/**
 * Rows of a CSV text (RFC 4180, quotes and line feeds inside them). The delimiter is the one of `, \t ; |` that
 * cuts the first lines most evenly. Blank lines are left out; a quote never closed ends with the text.
 */
export function parseDelimited(text: string, delimiter: string = guessDelimiter(text)): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let start = 0;
  let at = 0;
  const endRow = (): void => {
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  while (at <= text.length) {
    let field: string;
    if (text[start] === '"') {
      let words = '';
      at = start + 1;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote === -1) {
          words += text.slice(at);
          at = text.length;
          break;
        }
        words += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        words += '"';
        at += 1;
      }
      const from = at;
      at = fieldEnd(text, at, delimiter);
      field = words + text.slice(from, at);
    } else {
      at = fieldEnd(text, start, delimiter);
      field = text.slice(start, at);
    }
    row.push(field);
    if (at >= text.length) {
      endRow();
      break;
    }
    if (text[at] === '\n') endRow();
    at += 1;
    start = at;
  }
  return rows;
}

function fieldEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== '\n' && text[at] !== delimiter) at += 1;
  return at;
}

function guessDelimiter(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"[^"]*"/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1).sort((a, b) => a - b);
    const usual = counts[Math.floor(counts.length / 2)] ?? 0;
    const score = usual === 0 ? 0 : counts.filter((count) => count === usual).length * Math.min(usual, 50);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
