import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

/** Processor seconds and largest resident set (MiB) of another process so far; zeros where there is no /proc. */
export function processUse(pid: number | undefined): { readonly processor: number; readonly peak: number } {
  try {
    const times = (readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1] ?? '').split(' ');
    const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    // utime and stime in ticks, 100 a second on every Linux that runs Node.
    return { processor: (Number(times[11]) + Number(times[12])) / 100, peak: Math.round(Number(peak ?? 0) / 1024) };
  } catch {
    return { processor: 0, peak: 0 };
  }
}
