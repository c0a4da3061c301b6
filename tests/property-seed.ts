import fc from 'fast-check';

/** Property tests draw anew on every run; `FC_SEED` (CI sets it) repeats one run. A failure prints the seed it had. */
const seed = process.env.FC_SEED;
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
