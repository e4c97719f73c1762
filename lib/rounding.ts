// The one rounding of patients' money. Whole numbers in, whole numbers out; products go through BigInt,
// because a price times a rate leaves what a number holds exactly.

/**
 * A quotient to the nearest whole number; halves go away from zero, so that a reversal is the mirror image.
 */
export function divideRounded(numerator: bigint, denominator: bigint): number {
  const isNegative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const size = Number((top * 2n + bottom) / (bottom * 2n));
  return isNegative && size !== 0 ? -size : size;
}

/** 10000 basis points are the whole. */
export const ALL_BP = 10_000;

/** A rate of an amount, in basis points: 1800 of 10000 paise is 1800 paise. */
export const rateOf = (minor: number, rateBp: number): number =>
  divideRounded(BigInt(minor) * BigInt(rateBp), BigInt(ALL_BP));

/** The amount as a multiple of a step, such as of 100 paise. */
export const roundedTo = (minor: number, step: number): number =>
  divideRounded(BigInt(minor), BigInt(step)) * step;

/**
 * Cuts an amount into parts by weight. The parts sum up to it exactly: what rounding leaves goes to those
 * that lost most by it, the earlier first. An amount up to the sum of the weights takes no part above its
 * weight.
 */
export function apportion(minor: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum === 0n) return weights.map(() => 0);
  const cuts = weights.map((weight, index) => {
    const product = BigInt(minor) * BigInt(weight);
    return { index, part: Number(product / sum), lost: product % sum };
  });
  let rest = minor - cuts.reduce((all, { part }) => all + part, 0);
  const parts = cuts.map(({ part }) => part);
  for (const { index } of [...cuts].sort((a, b) => (b.lost > a.lost ? 1 : b.lost < a.lost ? -1 : 0))) {
    if (rest <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    rest--;
  }
  return parts;
}
