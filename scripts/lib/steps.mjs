/** @type {[name: string, ms: number][]} */
const timings = [];

/**
 * Runs one named step, says that it does, and remembers how long it took.
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 */
export async function step(name, work) {
  const started = Date.now();
  process.stdout.write(`- ${name}\n`);
  const result = await work();
  timings.push([name, Date.now() - started]);
  return result;
}

/** How long each step took, as lines. */
export function printTimings() {
  const width = Math.max(...timings.map(([name]) => name.length));
  process.stdout.write('\nTime taken\n');
  for (const [name, ms] of timings)
    process.stdout.write(`  ${name.padEnd(width)}  ${(ms / 1000).toFixed(1).padStart(6)} s\n`);
}

/** A failure that people can mend: shown as one sentence, without a stack. */
export class StepError extends Error {
  /** @override */
  name = 'StepError';
}

/** @param {unknown} error */
export function sentenceOf(error) {
  if (!(error instanceof Error)) return String(error);
  return ['StepError', 'DatabaseError'].includes(error.name) ? error.message : (error.stack ?? error.message);
}
