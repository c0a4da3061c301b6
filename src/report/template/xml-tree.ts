import { DEFAULT_LIMITS, parseXml } from '../../document/index.ts';
import { escapeXml, XML_HEAD } from '../xml.ts';

/** An element of an office part, or a text. Kept whole, so that what is not understood is written back as it was. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  children: XmlNode[];
}
export type XmlNode = XmlElement | string;

export async function readTree(bytes: Uint8Array, file: string): Promise<XmlElement> {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const open: XmlElement[] = [root];
  const listener = {
    open: (_local: string, attributes: Readonly<Record<string, string>>, name: string) => {
      const element: XmlElement = { name, attributes: { ...attributes }, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    close: () => {
      open.pop();
    },
    text: (text: string) => {
      open.at(-1)?.children.push(text);
    },
  };
  await parseXml(chunks(bytes), listener, file, DEFAULT_LIMITS);
  return root;
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export function writeTree(root: XmlElement): string {
  return (
    XML_HEAD +
    root.children
      .filter((node) => typeof node !== 'string')
      .map(nodeXml)
      .join('')
  );
}

function nodeXml(node: XmlNode): string {
  if (typeof node === 'string') return escapeXml(node);
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
  if (node.children.length === 0) return `<${node.name}${attributes}/>`;
  return `<${node.name}${attributes}>${node.children.map(nodeXml).join('')}</${node.name}>`;
}

export function clone(element: XmlElement): XmlElement {
  return {
    ...element,
    children: element.children.map((child) => (typeof child === 'string' ? child : clone(child))),
  };
}

/** The name without its prefix. */
export function local(node: XmlNode): string {
  return typeof node === 'string' ? '' : node.name.slice(node.name.indexOf(':') + 1);
}

export function elements(parent: XmlElement, name?: string): readonly XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || local(child) === name),
  );
}

/** Text elements (`w:t`) of a paragraph or row in order; those of paragraphs inside a text box are theirs. */
export function textElements(parent: XmlElement, within = false): readonly XmlElement[] {
  return elements(parent).flatMap((child) => {
    if (local(child) === 't') return [child];
    return local(child) === 'p' && !within ? [] : textElements(child, within);
  });
}

export function textOf(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}
