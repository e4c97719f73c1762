import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

/** A medicine of the formulary as the search offers it. */
export type FoundMedicine = {
  id: string;
  name: string;
  ingredient: string | null;
  form: MedicineForm;
  strength: string | null;
  unit: string;
  onHand: number;
  /** Pieces in the pack whose number was asked for. */
  unitsPerPack?: number;
  /** That the own label names which was scanned. */
  lot?: { lotNumber: string; expiresOn: string };
  /** As the supplier has it that was asked for. */
  calledName?: string;
};

/** Medicines of the formulary by their beginnings. @throws Error when the server does not answer. */
export async function findMedicine(
  words: string,
  signal?: AbortSignal,
  /** Whose own names count, too. */
  supplierId?: string,
): Promise<FoundMedicine[]> {
  if (!words.trim()) return [];
  const asked = { q: words, ...(supplierId ? { supplier: supplierId } : {}) };
  const answer = await fetch(withQuery(paths.medicineSearch, asked), signal ? { signal } : {});
  if (!answer.ok) throw new Error('The search did not answer');
  return (await answer.json()).medicines;
}
