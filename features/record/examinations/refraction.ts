/** A lens in quarter dioptres, as whole numbers: -1.25 D is -5. */
export type Refraction = {
  sphere: number;
  /** 0 for none. */
  cylinder: number;
  /** Degrees from 1 to 180; none without a cylinder. */
  axis?: number;
  /** For reading. */
  add?: number;
};

export const PRISM_BASES = { up: 'Base up', down: 'Base down', in: 'Base in', out: 'Base out' } as const;
export type PrismBase = keyof typeof PRISM_BASES;
const isUpright = (base: PrismBase): boolean => base === 'up' || base === 'down';
/** Two prisms of one lens stand across each other: of two in one direction there is only the sum. */
export const standAcross = (one: PrismBase, other: PrismBase): boolean => isUpright(one) !== isUpright(other);

const MAX_SPHERE = 30 * 4;
const MAX_CYLINDER = 10 * 4;
const MAX_ADD = 4 * 4;

const NOTHING = /^(plano|pl|ds|sph)$/i;
/** What autorefractors and people write after the figure. */
const UNIT = /\s*(d|ds|dsph|dc|dcyl|sph|cyl)\.?$/i;
/** Hyphen, en dash, em dash, figure dash and minus: all mean minus in front of a power. */
const DASH = /[-\u2010-\u2015\u2212]/g;

/** In quarter dioptres. */
export type PowerRange = { least: number; most: number };
export const SPHERES: PowerRange = { least: -MAX_SPHERE, most: MAX_SPHERE };
export const CYLINDERS: PowerRange = { least: -MAX_CYLINDER, most: MAX_CYLINDER };
export const ADDS: PowerRange = { least: 1, most: MAX_ADD };
export const PRISMS: PowerRange = { least: 1, most: 20 * 4 };

/** What a typed power means, in quarter dioptres, or the sentence that says why it may not be taken. */
type PowerReading = { quarters: number } | { problem: string };

/**
 * Quarters of a decimal number; null for what is not in quarters. 0.2 and 0.7 are short for 0.25 and 0.75.
 */
function inQuarters(text: string): number | null {
  const value = Number(text);
  const rest = Math.round(Math.abs(value) * 100) % 100;
  const missing = text.includes('.') && (rest === 20 || rest === 70) ? 0.05 : 0;
  const quarters = (Math.abs(value) + missing) * 4;
  if (Math.abs(quarters - Math.round(quarters)) > 1e-6) return null;
  return Math.round(quarters) * (value < 0 ? -1 : 1) + 0;
}

const limit = (quarters: number): string => String(quarters / 4);

/**
 * Reads "-1.25", "+2", "plano", "1.25 DS". A whole number may also be hundredths without their point, as in
 * "-125".
 * Where both meanings are possible, as in "-25" for a sphere, neither is taken: the sentence asks which.
 */
export function readPower(typed: string, { least, most }: PowerRange): PowerReading {
  const text = typed
    .trim()
    .replace(',', '.')
    .replace(DASH, '-')
    // The plus of most keyboards without its shift key.
    .replace(/^=/, '+')
    .replace(UNIT, '')
    .replace(/^([+-])\s+/, '$1');
  const isZeroAllowed = least <= 0;
  if (isZeroAllowed && (NOTHING.test(typed.trim()) || NOTHING.test(text))) return { quarters: 0 };
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text))
    return { problem: 'Write a power in quarters, such as -1.25.' };
  const isSigned = /^[+-]/.test(text) || least > 0 || Number(text) === 0;
  const asWritten = inQuarters(text);
  const isHundredths = /^[+-]?0?\d{2,4}$/.test(text) && Number(text) % 25 === 0 && Number(text) !== 0;
  const meanings = [asWritten, isHundredths ? Number(text) / 25 : null].filter(
    (one): one is number => one !== null && one >= least && one <= most,
  );
  const [first, second] = meanings;
  if (first !== undefined && second !== undefined)
    return { problem: `Write ${powerText(first)} or ${powerText(second)}.` };
  // A sign is never guessed: the wrong one is twice the power away.
  if (first !== undefined && !isSigned)
    return { problem: `Write ${powerText(first)} or ${powerText(-first)}: the sign is missing.` };
  if (first !== undefined) return { quarters: first };
  if (asWritten === null) return { problem: 'Write a power in quarters, such as -1.25.' };
  return { problem: `Write a power from ${limit(least)} to ${limit(most)}.` };
}

/** "+1.25", "-0.50", "0.00". */
export function powerText(quarters: number): string {
  const sign = quarters > 0 ? '+' : quarters < 0 ? '−' : '';
  return `${sign}${(Math.abs(quarters) / 4).toFixed(2)}`;
}

/** 1 to 180 as typed, and 180 for 0, which is the same direction; null for anything else. */
export function readAxis(typed: string): number | null {
  const text = typed.trim().replace(/\s*°$/, '');
  if (!/^\d{1,3}$/.test(text) || Number(text) > 180) return null;
  return Number(text) || 180;
}

/** "−1.25 / −0.50 × 090, add +2.00". */
export function refractionText({ sphere, cylinder, axis, add }: Refraction): string {
  const parts = [
    sphere === 0 ? 'plano' : powerText(sphere),
    ...(cylinder === 0 ? [] : [`/ ${powerText(cylinder)} × ${String(axis ?? 0).padStart(3, '0')}`]),
  ];
  return `${parts.join(' ')}${add ? `, add ${powerText(add)}` : ''}`;
}

/** The same lens with the cylinder of the other sign: an involution that keeps the spherical equivalent. */
export function transposed<T extends Refraction>(lens: T): T {
  const { sphere, cylinder, axis } = lens;
  if (cylinder === 0 || axis === undefined) return lens;
  return { ...lens, sphere: sphere + cylinder, cylinder: -cylinder, axis: axis > 90 ? axis - 90 : axis + 90 };
}

/** Sphere and half of the cylinder, in dioptres: "−1.13". */
export function equivalentText({ sphere, cylinder }: Refraction): string {
  const dioptres = (sphere + cylinder / 2) / 4;
  const sign = dioptres > 0 ? '+' : dioptres < 0 ? '−' : '';
  return `${sign}${(Math.round(Math.abs(dioptres) * 1000) / 1000).toFixed(3).replace(/0$/, '')}`;
}

export type LensPart = 'sphere' | 'cylinder' | 'axis' | 'add' | 'prism';
const RANGES: Record<Exclude<LensPart, 'axis'>, PowerRange> = {
  sphere: SPHERES,
  cylinder: CYLINDERS,
  add: ADDS,
  prism: PRISMS,
};

/**
 * What a box of the lens shows once it has been left: what is stored of it. What cannot be read stays as
 * typed.
 */
export function lensAsUnderstood(part: LensPart, typed: string): string {
  if (typed.trim() === '') return typed;
  if (part === 'axis') {
    const axis = readAxis(typed);
    return axis === null ? typed : String(axis);
  }
  const reading = readPower(typed, RANGES[part]);
  if ('problem' in reading) return typed;
  return reading.quarters === 0 && part === 'sphere' ? 'plano' : powerText(reading.quarters);
}
