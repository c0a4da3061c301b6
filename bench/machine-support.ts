import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** The line every benchmark opens with: machine, cores, memory, Node. */
export function machineLine(): string {
  const [first] = cpus();
  return `machine: ${first?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

/** Largest resident set of this process so far, in MiB. */
export function peakMemory(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/** Whether `python` can import the modules; a peer that is not installed is skipped with a line. */
export function pythonHas(python: string, modules: readonly string[]): boolean {
  return spawnSync(python, ['-c', modules.map((module) => `import ${module}`).join(';')]).status === 0;
}

/** mulberry32: the seeded generator of the benchmarks' made-up data; 32-bit state, values in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
