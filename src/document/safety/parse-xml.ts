import { SaxesParser } from 'saxes';
import { JipingError } from '../../problem/index.ts';
import type { ReadLimits } from './limits.ts';
import { damaged, overLimit, unreadable } from './unreadable.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What a reader hears of an XML part. Names come without their prefix: `x:row` and `row` are both `row`. */
export interface XmlListener {
  open(name: string, attributes: Attributes, qualifiedName: string): void;
  close(name: string, qualifiedName: string): void;
  text(text: string): void;
}

/** Feeds bytes of an XML part to a listener. `write` and `end` throw JipingError `unreadable` on a fault. */
export interface XmlFeed {
  write(chunk: Uint8Array): void;
  end(): void;
}

/**
 * A streaming XML parser that refuses what an office file never holds: document types (and so entities of one's
 * own), absurd nesting or numbers of attributes.
 */
export function feedXml(listener: XmlListener, file: string, limits: ReadLimits): XmlFeed {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let depth = 0;
  let attributes = 0;
  let failure: JipingError | undefined;
  let sinceTag = 0;
  const locals = new Map<string, string>();
  const local = (name: string): string => {
    let known = locals.get(name);
    if (known === undefined) {
      known = name.slice(name.indexOf(':') + 1);
      if (locals.size < 10_000) locals.set(name, known);
    }
    return known;
  };
  parser.on('doctype', () => {
    throw unreadable(
      file,
      '文件里有文档类型声明（DOCTYPE），Excel 和 Word 写出的文件没有，它可以用来夹带别的内容，因此不读；请用表格或文字软件打开后另存一份。',
      'the file holds a document type declaration (DOCTYPE), which Excel and Word never write and which can smuggle things in, so it is not read; open it in its own program and save it again.',
    );
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > limits.attributes)
      throw overLimit(file, `一个标记的属性多于 ${limits.attributes} 个`, `more than ${limits.attributes} attributes`);
  });
  parser.on('opentag', (tag) => {
    sinceTag = 0;
    attributes = 0;
    depth += 1;
    if (depth > limits.depth)
      throw overLimit(file, `嵌套深于 ${limits.depth} 层`, `nested deeper than ${limits.depth} levels`);
    listener.open(local(tag.name), tag.attributes as Attributes, tag.name);
  });
  parser.on('closetag', (tag) => {
    sinceTag = 0;
    depth -= 1;
    listener.close(local(tag.name), tag.name);
  });
  parser.on('text', (text) => listener.text(text));
  parser.on('cdata', (text) => listener.text(text));

  const guarded = (step: () => void): void => {
    if (failure !== undefined) throw failure;
    try {
      step();
    } catch (cause) {
      failure = cause instanceof JipingError ? cause : damaged(file, cause);
      throw failure;
    }
  };
  return {
    write: (chunk) =>
      guarded(() => {
        decoder ??= new TextDecoder(xmlEncoding(chunk), { fatal: true });
        const words = decoder.decode(chunk, { stream: true });
        // The parser keeps everything since the last tag; a bomb of blanks would fill the memory with it.
        sinceTag += words.length;
        parser.write(words);
        if (sinceTag > limits.textLength)
          throw overLimit(file, '内容异常，疑为压缩炸弹', 'suspicious content, perhaps a zip bomb');
      }),
    end: () =>
      guarded(() => {
        if (decoder !== undefined) parser.write(decoder.decode());
        parser.close();
      }),
  };
}

/** Parses a whole part. */
export async function parseXml(
  chunks: AsyncIterable<Uint8Array>,
  listener: XmlListener,
  file: string,
  limits: ReadLimits,
): Promise<void> {
  const feed = feedXml(listener, file, limits);
  for await (const chunk of chunks) feed.write(chunk);
  feed.end();
}

function xmlEncoding(start: Uint8Array): string {
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0x3c && start[1] === 0)) return 'utf-16le';
  if ((start[0] === 0xfe && start[1] === 0xff) || (start[0] === 0 && start[1] === 0x3c)) return 'utf-16be';
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']/i.exec(
    Buffer.from(start.subarray(0, 200)).toString('latin1'),
  )?.[1];
  return declared !== undefined && /^gb/i.test(declared) ? 'gb18030' : 'utf-8';
}

/** An attribute by its name without prefix: `r:id` of any prefix is `id`. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  const suffix = `:${name}`;
  for (const key in attributes) if (key.endsWith(suffix)) return attributes[key];
  return undefined;
}

/** `1`, `true`, `on` and a bare attribute mean yes in OOXML. */
export function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on';
}
