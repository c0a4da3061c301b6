import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { inlineText } from '../../document/index.ts';
import { JipingError, type Problem, problem, text } from '../../problem/index.ts';
import { packageRoot } from '../../rules/index.ts';
import { type Report, reportLines } from '../report.ts';
import { type Coverage, covers, readCoverage } from './font-coverage.ts';
import { paperData } from './paper-data.ts';
import { TEMPLATE } from './template.ts';

/** The font every line falls back on, and the narrowest of the four it falls back from. */
const FALLBACK = 'NotoSerifCJKsc-Regular.otf';
const BODY = 'FandolFang-Regular.otf';
/** Documents between two sweeps of the compiler's cache, and sweeps an unused entry outlives: holds memory near 300 MB. */
const SWEEP = 2;
// Spaces, joiners and variation selectors need no glyph.
const UNSEEN = /\s|[\u200b-\u200f]|\u2060|\p{Variation_Selector}/u;

/** A PDF, or what stands in its way. */
export interface PdfResult {
  readonly bytes?: Uint8Array;
  readonly problems: readonly Problem[];
}

/**
 * Renders papers to PDF with the fonts of one folder. Keep one for many papers: it loads the fonts once.
 * Equal reports give equal bytes.
 */
export class PdfRenderer {
  readonly #compiler: NodeCompiler;
  readonly #coverage: readonly Coverage[];
  #rendered = 0;

  /** @throws JipingError `not-found` when the folder lacks the fonts */
  constructor(fonts: string = join(packageRoot(), 'fonts')) {
    const present = new Set(readdirSafely(fonts));
    for (const font of [FALLBACK, BODY])
      if (!present.has(font))
        throw new JipingError(
          'not-found',
          text(`没有字体 ${font}：不能生成 PDF，请重新安装`, `font ${font} is missing: no PDF can be made, reinstall`),
          { file: fonts },
        );
    this.#coverage = [FALLBACK, BODY].map((font) => readCoverage(join(fonts, font)));
    this.#compiler = NodeCompiler.create({ workspace: fonts, fontArgs: [{ fontPaths: [fonts] }] });
  }

  /** @param manifest travels inside the file as the attachment `facts.json`, see `sealReport` */
  render(report: Report, manifest = ''): PdfResult {
    const problems = this.missingCharacters(report);
    if (problems.length > 0) return { problems };
    try {
      const bytes = this.#compiler.pdf({ mainFileContent: TEMPLATE, inputs: { paper: paperData(report), manifest } });
      return { bytes, problems };
    } catch (error) {
      throw new JipingError(
        'internal',
        text(`排版失败：${String(error)}`, `typesetting failed: ${String(error)}`),
        {},
        { cause: error },
      );
    } finally {
      this.#rendered += 1;
      if (this.#rendered % SWEEP === 0) this.#compiler.evictCache(SWEEP);
    }
  }

  /** One problem `character-without-font` for each character that no font has; it would print as a box. */
  missingCharacters(report: Report): readonly Problem[] {
    const found = new Map<string, string>();
    for (const line of reportLines(report)) {
      const content = inlineText(line);
      if (/^[\s -~\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]*$/.test(content)) continue;
      for (const character of content) {
        const code = character.codePointAt(0) ?? 0;
        if (UNSEEN.test(character) || this.#coverage.some((coverage) => covers(coverage, code))) continue;
        if (!found.has(character)) found.set(character, content);
      }
    }
    return [...found].map(([character, content]) => missing(character, content));
  }
}

function missing(character: string, content: string): Problem {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const at = [...content].indexOf(character);
  const around = [...content].slice(Math.max(0, at - 10), at + 11).join('');
  return problem(
    'character-without-font',
    'error',
    text(
      `没有字体含有“${character}”（${code}，见“${around}”）：PDF 未生成，请换用通用字或改用 DOCX`,
      `no font has “${character}” (${code}, in “${around}”): no PDF was made; use another character, or the DOCX`,
    ),
    { key: code },
  );
}

function readdirSafely(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
