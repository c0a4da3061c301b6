// Adds to package-lock.json the optional packages of other platforms that the registry in use did not offer.
// npm leaves an optional package that it cannot fetch out of the lock file, and `npm ci` then refuses the file as out of
// step. Run after `npm install <package>`; adds nothing when the lock file is complete.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = join(dirname(fileURLToPath(import.meta.url)), '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const OS = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'openharmony'];
const CPU = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el'];
let added = 0;

for (const [place, entry] of Object.entries(lock.packages))
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    // A package may sit beside its dependant or at the top; only absence from both is a gap.
    if (lock.packages[`node_modules/${name}`] ?? lock.packages[`${place}/node_modules/${name}`]) continue;
    const words = name.replace('ppc64le', 'ppc64').split(/[/-]/);
    const os = OS.filter((system) => words.includes(system) || (system === 'openharmony' && words.includes('ohos')));
    const cpu = CPU.filter((processor) => words.includes(processor));
    const wasm = words.some((word) => word.startsWith('wasm'));
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      ...(entry.dev || entry.devOptional ? { dev: true } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
      ...(wasm ? { cpu: ['wasm32'] } : cpu.length > 0 ? { cpu } : {}),
      ...(words.includes('musl') ? { libc: ['musl'] } : {}),
    };
    added += 1;
  }

if (added > 0) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  writeFileSync(`${path}.tmp`, `${JSON.stringify(lock, null, 2)}\n`);
  renameSync(`${path}.tmp`, path);
}
console.log(`${added} optional packages added to package-lock.json`);
