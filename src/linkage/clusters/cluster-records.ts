import type { ScoredPairs } from '../fellegi-sunter/score-pairs.ts';

/** What clustering must respect: pairs people decided on, and clusters that already exist. */
export interface ClusterConstraints {
  /** Pairs (record numbers) confirmed by a person: always together. */
  readonly confirmed: readonly (readonly [number, number])[];
  /** Pairs a person dismissed: never in one cluster, not even through others. */
  readonly dismissed: readonly (readonly [number, number])[];
  /** Cluster id by record number, of records clustered before. */
  readonly existing: ReadonlyMap<number, string>;
}

export interface Clusters {
  /** Cluster id of each record. */
  readonly ids: readonly string[];
  readonly count: number;
  /** Clusters of more than one record. */
  readonly joined: number;
  /** Existing clusters that became one: the id kept and the ids given up. */
  readonly merged: readonly { readonly kept: string; readonly given: string }[];
  /** Links left out because they would have joined a dismissed pair. */
  readonly refused: number;
}

/**
 * Connected components over pairs of at least `least` weight, strongest first. An existing cluster keeps its id; of two
 * that meet, the one with more records (then the smaller id) keeps it. A new cluster is called by its smallest record
 * name, so ids stay when records are added.
 */
export function clusterRecords(
  names: readonly string[],
  scored: ScoredPairs,
  least: number,
  constraints: ClusterConstraints,
): Clusters {
  const count = names.length;
  const parents = Int32Array.from({ length: count }, (_, record) => record);
  const sizes = new Int32Array(count).fill(1);
  const labels = new Map<number, string>();
  const merged: { kept: string; given: string }[] = [];
  const root = (record: number): number => {
    let at = record;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number;
      at = parents[at] as number;
    }
    return at;
  };
  const enemies = new Map<number, Set<number>>();
  const setEnemies = (a: number, b: number): void => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const set = enemies.get(one) ?? new Set<number>();
      set.add(other);
      enemies.set(one, set);
    }
  };
  let refused = 0;
  const unite = (x: number, y: number): boolean => {
    const a = root(x);
    const b = root(y);
    if (a === b) return true;
    if (enemies.get(a)?.has(b) === true) {
      refused += 1;
      return false;
    }
    const [big, small] =
      (sizes[a] as number) > (sizes[b] as number) || ((sizes[a] as number) === (sizes[b] as number) && a < b)
        ? [a, b]
        : [b, a];
    const labelBig = labels.get(big);
    const labelSmall = labels.get(small);
    if (labelSmall !== undefined) {
      if (labelBig === undefined) labels.set(big, labelSmall);
      else if (labelBig !== labelSmall) {
        const keepBig =
          (sizes[big] as number) > (sizes[small] as number) ||
          ((sizes[big] as number) === (sizes[small] as number) && labelBig < labelSmall);
        const kept = keepBig ? labelBig : labelSmall;
        merged.push({ kept, given: keepBig ? labelSmall : labelBig });
        labels.set(big, kept);
      }
    }
    parents[small] = big;
    sizes[big] = (sizes[big] as number) + (sizes[small] as number);
    for (const enemy of enemies.get(small) ?? []) {
      enemies.get(enemy)?.delete(small);
      setEnemies(big, enemy);
    }
    enemies.delete(small);
    return true;
  };

  const firstOf = new Map<string, number>();
  for (const [record, label] of constraints.existing) {
    const first = firstOf.get(label);
    if (first === undefined) {
      firstOf.set(label, record);
      labels.set(record, label);
    } else {
      labels.set(root(record), label);
      unite(first, record);
    }
  }
  for (const [a, b] of constraints.dismissed) if (root(a) !== root(b)) setEnemies(root(a), root(b));
  for (const [a, b] of constraints.confirmed) unite(a, b);
  for (const at of strongestFirst(scored, least)) unite(scored.left[at] as number, scored.right[at] as number);

  const smallest = new Map<number, string>();
  for (let record = 0; record < count; record += 1) {
    const top = root(record);
    const name = names[record] ?? '';
    const known = smallest.get(top);
    if (known === undefined || name < known) smallest.set(top, name);
  }
  const ids = names.map((_, record) => {
    const top = root(record);
    return labels.get(top) ?? smallest.get(top) ?? '';
  });
  let joined = 0;
  for (const top of smallest.keys()) if ((sizes[top] as number) > 1) joined += 1;
  return { ids, count: smallest.size, joined, merged, refused };
}

/** Positions of the pairs of at least `least` weight, by weight downwards, then as they stand. */
export function strongestFirst(scored: ScoredPairs, least: number): Int32Array {
  const kept: number[] = [];
  scored.weight.forEach((weight, at) => {
    if (weight >= least) kept.push(at);
  });
  return Int32Array.from(kept).sort((a, b) => (scored.weight[b] as number) - (scored.weight[a] as number) || a - b);
}
