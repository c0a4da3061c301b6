import { JipingError, text } from '../problem/index.ts';

/** The whole country: national rules stand here. */
export const COUNTRY = '000000';

export interface Jurisdiction {
  /** Six digits; `000000` is the country. */
  readonly code: string;
  readonly name: string;
}

/** A place with everything above it: `[全国, 江西省, 九江市, 共青城市]`. */
export interface Region extends Jurisdiction {
  /** From the country down to the place itself. */
  readonly path: readonly Jurisdiction[];
}

const SUFFIX =
  /(?:(?:[\u3400-\u9fff]{1,4}族)*(?:自治区|自治州|自治县|自治旗)|特别行政区|地区|林区|省|市|县|区|旗|盟)$/u;

/** Country → province → city → county, by code and by name. */
export class Jurisdictions {
  readonly #byCode = new Map<string, Jurisdiction>([[COUNTRY, { code: COUNTRY, name: '全国' }]]);

  /** A code given twice keeps the later name: a county's own file may rename or add its region. */
  add(jurisdiction: Jurisdiction): void {
    this.#byCode.set(jurisdiction.code, jurisdiction);
  }

  byCode(code: string): Jurisdiction | undefined {
    return this.#byCode.get(code);
  }

  region(code: string): Region | undefined {
    const place = this.#byCode.get(code);
    if (place === undefined) return undefined;
    const codes = [...new Set([COUNTRY, `${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])];
    return { ...place, path: codes.flatMap((part) => this.#byCode.get(part) ?? []) };
  }

  /**
   * Finds a region by code, by full name, by its name without 省市县区, or by a path of such names
   * (`江西省共青城市`, `九江/共青城`).
   * @throws JipingError `not-found` when nothing or more than one region has that name.
   */
  find(words: string): Region {
    const wanted = words.normalize('NFKC').replace(/[\s/·,，、>-]+/g, '');
    if (/^\d{6}$/.test(wanted)) {
      const region = this.region(wanted);
      if (region !== undefined) return region;
    }
    const all = [...this.#byCode.values()];
    const exact = all.filter((place) => place.name === wanted);
    const found =
      exact.length > 0
        ? exact
        : firstNotEmpty(
            () => all.filter((place) => shortName(place.name) === wanted),
            () => all.filter((place) => place.code.endsWith('0000') && place.name.startsWith(wanted)),
            () => all.filter((place) => this.#pathMatches(place, wanted)),
          );
    const [only, second] = found;
    if (only === undefined || wanted === '')
      throw new JipingError(
        'not-found',
        text(
          `没有找到地区“${words}”；请写全称或 6 位区划代码，新设地区在本地规则文件的 regions 中声明`,
          `no region “${words}”; give the full name or the 6-digit code`,
        ),
      );
    if (second !== undefined) {
      const list = found
        .slice(0, 8)
        .map((place) => `${place.code} ${this.fullName(place.code)}`)
        .join('；');
      throw new JipingError(
        'not-found',
        text(
          `“${words}”指 ${found.length} 个地区，请改用代码：${list}`,
          `“${words}” means ${found.length} regions: ${list}`,
        ),
      );
    }
    const region = this.region(only.code);
    if (region === undefined) throw new JipingError('internal', text(`地区 ${only.code}`, `region ${only.code}`));
    return region;
  }

  /** `江西省九江市共青城市`. */
  fullName(code: string): string {
    const region = this.region(code);
    if (region === undefined) return code;
    const below = region.path.slice(1);
    return below.length === 0 ? region.name : below.map((place) => place.name).join('');
  }

  /** Whether the words are the names of some of the region's path, in order, ending with the region itself. */
  #pathMatches(place: Jurisdiction, wanted: string): boolean {
    const path = this.region(place.code)?.path.slice(1) ?? [];
    let rests = new Set([wanted]);
    for (const [index, part] of path.entries()) {
      const last = index === path.length - 1;
      const next = new Set<string>(last ? [] : rests);
      for (const rest of rests)
        for (const name of [part.name, shortName(part.name)])
          if (name !== '' && rest.startsWith(name)) next.add(rest.slice(name.length));
      rests = next;
    }
    return rests.has('');
  }
}

function shortName(name: string): string {
  const short = name.replace(SUFFIX, '');
  return short.length >= 2 ? short : name;
}

function firstNotEmpty(...attempts: readonly (() => readonly Jurisdiction[])[]): readonly Jurisdiction[] {
  for (const attempt of attempts) {
    const found = attempt();
    if (found.length > 0) return found;
  }
  return [];
}
