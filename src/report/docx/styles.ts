import { escapeXml, XML_HEAD } from '../xml.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** Body line: 225 mm / 22 lines, in twentieths of a point. */
export const LINE = 579;
/** 三号, in half points. */
export const BODY_SIZE = 32;

/** The official faces. Named only; each has an alternative that Windows, WPS or an open desktop carries. */
export const FACES = {
  body: '仿宋_GB2312',
  black: '黑体',
  kai: '楷体_GB2312',
  title: '方正小标宋简体',
  song: '宋体',
} as const;

const ALTERNATIVES: Readonly<Record<string, string>> = {
  [FACES.body]: '仿宋,FangSong,FandolFang R,Noto Serif CJK SC',
  [FACES.black]: 'SimHei,FandolHei,Noto Sans CJK SC',
  [FACES.kai]: '楷体,KaiTi,FandolKai,Noto Serif CJK SC',
  [FACES.title]: '方正小标宋_GBK,华文中宋,STZhongsong,FandolSong,Noto Serif CJK SC',
  [FACES.song]: 'SimSun,FandolSong,Noto Serif CJK SC',
};

/** `latin`: the face of letters and digits. Every desktop has Times New Roman or its metric equal. */
export function fontsXml(face: string, latin = 'Times New Roman'): string {
  const name = escapeXml(latin);
  return `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${escapeXml(face)}" w:cs="${name}" w:hint="eastAsia"/>`;
}

export function fontTableXml(): string {
  const fonts = Object.entries(ALTERNATIVES).map(
    ([name, alternative]) =>
      `<w:font w:name="${name}"><w:altName w:val="${alternative}"/><w:charset w:val="86"/>` +
      `<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  );
  return `${XML_HEAD}<w:fonts ${W}>${fonts.join('')}</w:fonts>`;
}

function style(id: string, name: string, paragraph: string, run: string, extra = ''): string {
  return (
    `<w:style w:type="paragraph" ${id === 'a' ? 'w:default="1" ' : ''}w:styleId="${id}"><w:name w:val="${name}"/>` +
    `${id === 'a' ? '' : '<w:basedOn w:val="a"/>'}${extra}<w:qFormat/>` +
    `<w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`
  );
}

const INDENT_TWO = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`;
/** 28 characters in 156 mm: a quarter point less a character, without a character grid, which programs read differently. */
const TIGHT = '<w:spacing w:val="-5"/>';

/** Paragraph styles by their usual names, so that Word's navigation pane and outline work. */
export function stylesXml(): string {
  const size = `<w:sz w:val="${BODY_SIZE}"/><w:szCs w:val="${BODY_SIZE}"/>`;
  const heading = (level: number, face: string): string =>
    style(
      `h${level}`,
      `heading ${level}`,
      `<w:keepNext/>${INDENT_TWO}<w:outlineLvl w:val="${level - 1}"/>`,
      fontsXml(face) + TIGHT,
      '<w:next w:val="b"/>',
    );
  return (
    `${XML_HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr>${fontsXml(FACES.body)}${size}` +
    `<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
    style(
      'a',
      'Normal',
      `<w:spacing w:line="${LINE}" w:lineRule="exact"/><w:jc w:val="both"/>`,
      `${fontsXml(FACES.body)}<w:color w:val="000000"/>${size}`,
    ) +
    style('b', 'Body Text', INDENT_TWO, TIGHT) +
    style(
      't',
      'Title',
      '<w:keepNext/><w:spacing w:line="680" w:lineRule="exact"/><w:jc w:val="center"/>',
      `${fontsXml(FACES.title)}<w:sz w:val="44"/><w:szCs w:val="44"/>`,
    ) +
    heading(1, FACES.black) +
    heading(2, FACES.kai) +
    heading(3, FACES.body) +
    heading(4, FACES.body) +
    style(
      'f',
      'footer',
      '<w:spacing w:line="240" w:lineRule="auto"/>',
      `${fontsXml(FACES.song, FACES.song)}<w:sz w:val="28"/><w:szCs w:val="28"/>`,
    ) +
    style(
      'c',
      'Table Cell',
      '<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/>',
      '<w:sz w:val="21"/><w:szCs w:val="21"/>',
    ) +
    style(
      'g',
      'Gap',
      '<w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/>',
      '<w:sz w:val="2"/><w:szCs w:val="2"/>',
    ) +
    '</w:styles>'
  );
}

export function settingsXml(): string {
  return (
    `${XML_HEAD}<w:settings ${W}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>` +
    '<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>' +
    '<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>' +
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>' +
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
  );
}
