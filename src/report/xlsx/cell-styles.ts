import { escapeXml, XML_HEAD } from '../xml.ts';

export interface CellStyle {
  readonly face: string;
  readonly size: number;
  readonly bold?: boolean;
  readonly border: boolean;
  readonly align: 'left' | 'center' | 'right';
  /** At the top instead of the middle: a merged cell so tall that a page's end may cut the middle. */
  readonly top?: boolean;
  readonly format?: string;
}

/** Collects the styles of one workbook and numbers them in order of use. */
export class CellStyles {
  readonly #fonts = new Map<string, number>();
  readonly #formats = new Map<string, number>();
  readonly #styles = new Map<string, number>();

  constructor() {
    // The default font: its digit is 7 pixels wide, which column widths are counted in.
    this.#index(this.#fonts, fontXml('宋体', 10.5, false));
    this.#index(this.#styles, '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>');
  }

  index(style: CellStyle): number {
    const font = this.#index(this.#fonts, fontXml(style.face, style.size, style.bold === true));
    const format = style.format === undefined ? 0 : 164 + this.#index(this.#formats, style.format);
    return this.#index(
      this.#styles,
      `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="${style.border ? 1 : 0}" xfId="0"${format === 0 ? '' : ' applyNumberFormat="1"'} applyFont="1" applyBorder="1" applyAlignment="1">` +
        `<alignment horizontal="${style.align}" vertical="${style.top === true ? 'top' : 'center'}" wrapText="1"/></xf>`,
    );
  }

  xml(): string {
    const formats = [...this.#formats].map(
      ([code, index]) => `<numFmt numFmtId="${164 + index}" formatCode="${escapeXml(code)}"/>`,
    );
    const side = (name: string): string => `<${name} style="thin"><color rgb="FF000000"/></${name}>`;
    return (
      `${XML_HEAD}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
      (formats.length === 0 ? '' : `<numFmts count="${formats.length}">${formats.join('')}</numFmts>`) +
      `<fonts count="${this.#fonts.size}">${[...this.#fonts.keys()].join('')}</fonts>` +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${side('left')}${side('right')}${side('top')}${side('bottom')}<diagonal/></border></borders>` +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `<cellXfs count="${this.#styles.size}">${[...this.#styles.keys()].join('')}</cellXfs>` +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    );
  }

  #index(table: Map<string, number>, key: string): number {
    const known = table.get(key);
    if (known !== undefined) return known;
    table.set(key, table.size);
    return table.size - 1;
  }
}

function fontXml(face: string, size: number, bold: boolean): string {
  return `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><color rgb="FF000000"/><name val="${escapeXml(face)}"/><family val="3"/><charset val="134"/></font>`;
}
