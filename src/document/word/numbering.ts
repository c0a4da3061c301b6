import type { ReadLimits } from '../safety/limits.ts';
import { attribute, parseXml } from '../safety/parse-xml.ts';
import type { ZipArchive } from '../safety/zip-archive.ts';
import { printOrdinal } from './ordinal.ts';

interface Level {
  start: number;
  format: string;
  text: string;
}

/** Which list a paragraph is in. */
export interface ListPlace {
  readonly numId: string;
  readonly level: number;
}

/** The automatic numbers of a Word document, counted as its paragraphs go by. */
export class Numbering {
  private readonly abstracts = new Map<string, Map<number, Level>>();
  private readonly lists = new Map<string, { abstractId: string; starts: Map<number, number> }>();
  /** Last number given, by abstract list and level. */
  private readonly counters = new Map<string, number[]>();
  private readonly started = new Set<string>();

  static async read(zip: ZipArchive, part: string | undefined, file: string, limits: ReadLimits): Promise<Numbering> {
    const numbering = new Numbering();
    if (part === undefined || !zip.has(part)) return numbering;
    let levels = new Map<number, Level>();
    let level: Level = { start: 1, format: 'decimal', text: '' };
    let list: { abstractId: string; starts: Map<number, number> } | undefined;
    let override = 0;
    await parseXml(
      zip.stream(part),
      {
        open(name, attributes) {
          const value = attribute(attributes, 'val') ?? '';
          if (name === 'abstractNum') {
            levels = new Map();
            numbering.abstracts.set(attribute(attributes, 'abstractNumId') ?? '', levels);
          } else if (name === 'num') {
            list = { abstractId: '', starts: new Map() };
            numbering.lists.set(attribute(attributes, 'numId') ?? '', list);
          } else if (name === 'lvl' && list === undefined) {
            level = { start: 1, format: 'decimal', text: '' };
            levels.set(Number(attribute(attributes, 'ilvl') ?? 0), level);
          } else if (name === 'start') level.start = Number(value);
          else if (name === 'numFmt') level.format = value;
          else if (name === 'lvlText') level.text = value;
          else if (list !== undefined && name === 'abstractNumId') list.abstractId = value;
          else if (list !== undefined && name === 'lvlOverride') override = Number(attribute(attributes, 'ilvl') ?? 0);
          else if (list !== undefined && name === 'startOverride') list.starts.set(override, Number(value));
        },
        close(name) {
          if (name === 'num') list = undefined;
        },
        text() {},
      },
      file,
      limits,
    );
    return numbering;
  }

  /** The number the next paragraph of a list shows, with its punctuation; '' for bullets and unknown lists. */
  next(place: ListPlace): string {
    const list = this.lists.get(place.numId);
    const levels = this.abstracts.get(list?.abstractId ?? '');
    const own = levels?.get(place.level);
    if (list === undefined || levels === undefined || own === undefined) return '';
    const counters = this.counters.get(list.abstractId) ?? [];
    this.counters.set(list.abstractId, counters);
    const startKey = `${place.numId}:${place.level}`;
    const override = list.starts.get(place.level);
    if (override !== undefined && !this.started.has(startKey)) counters[place.level] = override;
    else counters[place.level] = (counters[place.level] ?? own.start - 1) + 1;
    this.started.add(startKey);
    // A new number begins its sub-levels anew.
    counters.length = place.level + 1;
    if (own.format === 'bullet' || own.format === 'none') return '';
    const shown = own.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const level = levels.get(at);
      return printOrdinal(counters[at] ?? level?.start ?? 1, level?.format ?? 'decimal');
    });
    return shown === '' || /[、，）)．：]$/.test(shown) ? shown : `${shown} `;
  }
}
