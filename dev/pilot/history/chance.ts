export type Random = () => number;

/** The same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number, both ends included. */
export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

/** @throws Error where there is nothing to choose from. */
export function oneOf<T>(random: Random, all: readonly T[]): T {
  const found = all[Math.floor(random() * all.length)];
  if (found === undefined) throw new Error('There is nothing to choose from');
  return found;
}

/** One of several, each as often as its share says. */
export function byShare<T extends { share: number }>(random: Random, all: readonly T[]): T {
  let at = random() * all.reduce((sum, { share }) => sum + share, 0);
  const found = all.find(({ share }) => {
    at -= share;
    return at < 0;
  });
  return found ?? oneOf(random, all);
}

/** Looks like a random UUID and is the same for the same seed. */
export function uuidOf(random: Random): string {
  const word = () =>
    Math.floor(random() * 0x100000000)
      .toString(16)
      .padStart(8, '0');
  const [first, second, third] = [word(), word(), word()];
  const [two, three] = [
    `${second.slice(0, 4)}-4${second.slice(5)}`,
    `a${third.slice(1, 4)}-${third.slice(4)}`,
  ];
  return `${first}-${two}-${three}${word()}`;
}
