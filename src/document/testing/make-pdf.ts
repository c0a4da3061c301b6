/** Words at points of an A4 page (origin at the top left), in a standard font: a PDF without any library. */
export interface PdfWord {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  /** ASCII only. */
  readonly words: string;
}

/** A ruling line, stroked. */
export interface PdfRule {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** `sideways` turns every page by its /Rotate entry. */
export function makePdf(pages: readonly (readonly (PdfWord | PdfRule)[])[], sideways = false): Uint8Array {
  const objects: string[] = ['<< /Type /Catalog /Pages 2 0 R >>'];
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>');
  for (const [index, words] of pages.entries()) {
    const stream = words.map((each) => ('words' in each ? wordOf(each, sideways) : ruleOf(each, sideways))).join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${sideways ? '/Rotate 90 ' : ''}/Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
    );
    objects.push(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  let file = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, body] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
  }
  const start = file.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  file += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}

function wordOf({ x, y, size = 10, words }: PdfWord, sideways: boolean): string {
  const place = sideways ? `0 1 -1 0 ${y} ${x} Tm` : `${x} ${842 - y} Td`;
  return `BT /F1 ${size} Tf ${place} (${words.replace(/[()\\]/g, '\\$&')}) Tj ET`;
}

function ruleOf({ from, to }: PdfRule, sideways: boolean): string {
  const place = ([x, y]: readonly [number, number]): string => (sideways ? `${y} ${x}` : `${x} ${842 - y}`);
  return `${place(from)} m ${place(to)} l S`;
}
