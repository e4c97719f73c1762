/*
 * A prescription as the pharmacy's scanner types it: "CVP1.<id>", which says nothing of whose it is. Digits,
 * letters and a point alone, as on glasses.
 */
const FORMAT = 'CVP1';

export const prescriptionCode = (id: string): string => `${FORMAT}.${id.toUpperCase()}`;

/** The id in a scanned code; null for any other text. */
export function readPrescriptionCode(typed: string): string | null {
  const match = /^CVP1\.([0-9A-F]{24})$/.exec(typed.trim().toUpperCase());
  return match?.[1]?.toLowerCase() ?? null;
}

/** Whether a text looks like something that we have printed for a scanner, also of another version. */
export const isScanned = (typed: string): boolean => /^\s*CV[A-Z]\d/i.test(typed);
