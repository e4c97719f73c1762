import type { PackCode } from '@/features/pharmacy/medicines/gs1';
import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { lineTitle, type PrescriptionLine } from '@/features/record/prescriptions/policy';
import { type Day, formatDay } from '@/lib/time';
import { isSameMedicine } from './policy';

/** A medicine as a scan finds it. */
type Found = {
  id: string;
  name: string;
  ingredient: string | null;
  form: MedicineForm;
  strength: string | null;
};
type Lot = { id: string; lotNumber: string; expiresOn: string; quantity: number };
type OnShelf = { medicineId: string; lots: readonly Lot[] };

export type ScanMatch =
  | { lineId: string; title: string; lot: Lot | null; substitute: Found | null; earlier: Lot | null }
  | { problem: string };

const nameOf = ({ name, strength }: Found): string => [name, strength].filter(Boolean).join(' ');

/**
 * Which line of a prescription a scanned pack is for, and of which lot it is; or why it does not fit. Of the
 * same ingredient, strength and form it may be given instead, where the prescription allows that.
 */
export function matchScan(
  code: PackCode,
  found: Found,
  lines: readonly PrescriptionLine[],
  shelves: readonly OnShelf[],
  today: Day,
): ScanMatch {
  const name = nameOf(found);
  if (code.expiresOn && code.expiresOn < today)
    return {
      problem: `This pack of ${name} has expired on ${formatDay(code.expiresOn)}. Take it off the shelf.`,
    };
  const own = lines.find(({ medicineId }) => medicineId === found.id);
  if (own) {
    const lots = shelves.find(({ medicineId }) => medicineId === found.id)?.lots ?? [];
    const title = lineTitle(own);
    if (!code.lotNumber) return { lineId: own.id, title, lot: null, substitute: null, earlier: null };
    const lot = lots.find(({ lotNumber }) => lotNumber.toLowerCase() === code.lotNumber?.toLowerCase());
    if (!lot)
      return {
        problem: `Lot ${code.lotNumber} of ${name} is not to be given: it is held, has expired, or was never taken into stock.`,
      };
    if (code.expiresOn && code.expiresOn !== lot.expiresOn)
      return {
        problem: `Lot ${lot.lotNumber} expires on ${formatDay(lot.expiresOn)} by our list and on ${formatDay(code.expiresOn)} by the pack. Check it.`,
      };
    const [first] = lots;
    const earlier = first && first.id !== lot.id ? first : null;
    return { lineId: own.id, title, lot, substitute: null, earlier };
  }
  const same = lines.find((line) => isSameMedicine(line, { ...found, genericName: found.ingredient }));
  if (!same) return { problem: `${name} is not on this prescription, and nothing on it is the same.` };
  if (!same.isSubstitutionAllowed)
    return {
      problem: `${lineTitle(same)} was prescribed as written only: ${name} is not given for it by a scan.`,
    };
  return { lineId: same.id, title: lineTitle(same), lot: null, substitute: found, earlier: null };
}

/** The line whose shelf has a lot of that number, where the maker prints nothing but the lot. */
export function lineOfLot(
  text: string,
  lines: readonly PrescriptionLine[],
  shelves: readonly OnShelf[],
): { line: PrescriptionLine; lot: Lot } | null {
  const hits = lines.flatMap((line) => {
    const lots = shelves.find(({ medicineId }) => medicineId === line.medicineId)?.lots ?? [];
    const lot = lots.find(({ lotNumber }) => lotNumber.toLowerCase() === text.toLowerCase());
    return lot ? [{ line, lot }] : [];
  });
  // Two medicines may have a lot of one number: then the scan says nothing.
  return hits.length === 1 ? (hits[0] ?? null) : null;
}
