import type { FigureRun, Inline } from '../../document/index.ts';
import { escapeXml } from '../xml.ts';

/** Numbers the content controls of one document. */
export class ControlCounter {
  #next = 1;
  next(): number {
    const id = this.#next;
    this.#next += 1;
    return id;
  }
}

/** `properties` is the inside of `w:rPr` every run gets. */
export function inlinesXml(inlines: readonly Inline[], controls: ControlCounter, properties = ''): string {
  return inlines
    .map((inline) => {
      const run = runXml(inline.text, inline.bold === true ? boldXml(properties) : properties);
      // An empty control would invite Word to show its placeholder.
      return inline.kind === 'figure' && run !== '' ? controlXml(inline, run, controls) : run;
    })
    .join('');
}

/** The schema wants the face before the weight. */
function boldXml(properties: string): string {
  const face = /^<w:rFonts[^>]*\/>/.exec(properties)?.[0] ?? '';
  return `${face}<w:b/><w:bCs/>${properties.slice(face.length)}`;
}

function runXml(text: string, properties: string): string {
  if (text === '') return '';
  const body = text
    .split(/(\n|\t)/)
    .map((piece) => {
      if (piece === '\n') return '<w:br/>';
      if (piece === '\t') return '<w:tab/>';
      return piece === '' ? '' : `<w:t xml:space="preserve">${escapeXml(piece)}</w:t>`;
    })
    .join('');
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}${body}</w:r>`;
}

/** An inline content control that shows neither frame nor shading; its tag is the fact's id. */
function controlXml(figure: FigureRun, run: string, controls: ControlCounter): string {
  return (
    `<w:sdt><w:sdtPr><w:tag w:val="${escapeXml(figure.factId)}"/><w:id w:val="${controls.next()}"/>` +
    `<w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>${run}</w:sdtContent></w:sdt>`
  );
}
