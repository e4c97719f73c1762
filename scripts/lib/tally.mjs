/** How many tests and checks passed and failed in this run. */
export const tally = { passed: 0, failed: 0 };

/** One more that passed or failed as a whole. @param {boolean} hasPassed */
export function count(hasPassed) {
  tally[hasPassed ? 'passed' : 'failed']++;
}
