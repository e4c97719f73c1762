/**
 * How many tests and checks passed and failed in this run, and how many of those that passed did so only when
 * they were repeated.
 */
export const tally = { passed: 0, failed: 0, unsteady: 0 };

/** One more that passed or failed as a whole. @param {boolean} hasPassed */
export function count(hasPassed) {
  tally[hasPassed ? 'passed' : 'failed']++;
}
