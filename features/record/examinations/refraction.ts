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

export const MAX_SPHERE = 30 * 4;
export const MAX_CYLINDER = 10 * 4;
export const MAX_ADD = 4 * 4;

const NOTHING = /^(plano|pl|ds|sph)$/i;

/**
 * What people type for a power, in quarter dioptres: "-1.25", "+2", "plano"; without a point from 25 on in hundredths, as in "-125".
 * @returns null when it is no power, or none in quarters
 */
export function readPower(typed: string): number | null {
  const text = typed.trim().replace(',', '.').replace('−', '-');
  if (NOTHING.test(text)) return 0;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text)) return null;
  const value = Number(text);
  const isInHundredths = !text.includes('.') && Math.abs(value) >= 25;
  // 0.2 and 0.7 are short for 0.25 and 0.75.
  const dioptres = isInHundredths ? value / 100 : value;
  const tenths = Math.round(Math.abs(dioptres) * 100) % 100;
  const missing = tenths === 20 || tenths === 70 ? 0.05 : 0;
  const quarters = (Math.abs(dioptres) + missing) * 4;
  if (Math.abs(quarters - Math.round(quarters)) > 1e-6) return null;
  return Math.round(quarters) * (value < 0 ? -1 : 1) + 0;
}

/** "+1.25", "-0.50", "0.00". */
export function powerText(quarters: number): string {
  const sign = quarters > 0 ? '+' : quarters < 0 ? '−' : '';
  return `${sign}${(Math.abs(quarters) / 4).toFixed(2)}`;
}

/** 0 and what is beyond 180 turn round: an axis has no direction. */
export const normalAxis = (degrees: number): number => ((((degrees - 1) % 180) + 180) % 180) + 1;

/** "−1.25 / −0.50 × 090, add +2.00". */
export function refractionText({ sphere, cylinder, axis, add }: Refraction): string {
  const parts = [
    sphere === 0 ? 'plano' : powerText(sphere),
    ...(cylinder === 0 ? [] : [`/ ${powerText(cylinder)} × ${String(axis ?? 0).padStart(3, '0')}`]),
  ];
  return `${parts.join(' ')}${add ? `, add ${powerText(add)}` : ''}`;
}
