import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { withQuery } from '@/lib/address-query';
import { paths } from '@/lib/paths';
import { type DoseStep, isEye, quantityOf, type Site } from '../dosage';
import type { LineReference, PrescriptionLine } from '../policy';
import type { Understood } from '../shorthand';

/** A line while it is written: which eye may still be open. */
export type SheetLine = Omit<PrescriptionLine, 'site'> & { site?: Site | undefined };

/** A medicine of the formulary as the search offers it. */
export type FoundMedicine = {
  id: string;
  name: string;
  ingredient: string | null;
  form: MedicineForm;
  strength: string | null;
  unit: string;
  onHand: number;
};

const UNIT_OF: Record<MedicineForm, string> = {
  drop: 'bottle',
  ointment: 'tube',
  gel: 'tube',
  tablet: 'tablet',
  capsule: 'capsule',
  injection: 'vial',
  other: 'piece',
};

const newLineId = (): string => crypto.randomUUID();

/** The quantity that the course needs, as far as it is known. */
export const neededOf = (line: Pick<SheetLine, 'form' | 'site' | 'steps' | 'unit'>): number =>
  quantityOf({ form: line.form, site: line.site ?? 'right', steps: line.steps }, line.unit);

/** "moxi" becomes "Moxi": as it is printed where no formulary says better. */
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The line that was understood, with the medicine that was meant; null for one outside the formulary. */
export function lineFrom(understood: Understood, medicine: FoundMedicine | null): SheetLine {
  const form = medicine?.form ?? understood.form ?? 'drop';
  const isSwallowed = form === 'tablet' || form === 'capsule';
  const site = understood.site ?? (isSwallowed ? 'oral' : undefined);
  const unit = medicine?.unit ?? UNIT_OF[form];
  const { meals, note, steps, isSubstitutionAllowed } = understood;
  const strength = medicine ? medicine.strength : understood.strength;
  return {
    id: newLineId(),
    ...(medicine ? { medicineId: medicine.id } : {}),
    name: medicine?.name ?? capital(understood.medicine),
    ...(medicine?.ingredient ? { ingredient: medicine.ingredient } : {}),
    form,
    ...(strength ? { strength } : {}),
    unit,
    ...(site ? { site } : {}),
    steps,
    ...(meals ? { meals } : {}),
    ...(note ? { note } : {}),
    quantity: understood.quantity ?? neededOf({ form, site, steps, unit }),
    isSubstitutionAllowed,
  };
}

/** The same again, as a line of its own; `replaces` says of which line it is the continuation. */
export const copyOf = (line: PrescriptionLine, replaces?: LineReference): SheetLine => {
  const { replaces: _earlier, ...rest } = line;
  return { ...rest, id: newLineId(), ...(replaces ? { replaces } : {}) };
};

/** Whether a step of a line was changed: then the quantity is computed again. */
export const withSteps = (line: SheetLine, steps: DoseStep[]): SheetLine => ({
  ...line,
  steps,
  quantity: neededOf({ ...line, steps }),
});

/** Medicines of the formulary by their beginnings. @throws Error when the server does not answer. */
export async function findMedicine(words: string, signal?: AbortSignal): Promise<FoundMedicine[]> {
  if (!words.trim()) return [];
  const answer = await fetch(withQuery(paths.medicineSearch, { q: words }), signal ? { signal } : {});
  if (!answer.ok) throw new Error('The search did not answer');
  return (await answer.json()).medicines;
}

const IS_SWALLOWED: ReadonlySet<MedicineForm> = new Set(['tablet', 'capsule']);
const firstNumber = (text: string | null | undefined): number => Number.parseFloat(text ?? '');

/** How well a medicine fits what was typed: the form, a way that is possible, and the very strength. */
export function fitOf({ strength, form, site }: Understood, medicine: FoundMedicine): number {
  const isForEye = site !== undefined && isEye(site);
  const isPossible = !(isForEye && IS_SWALLOWED.has(medicine.form));
  const isExact = strength !== undefined && firstNumber(strength) === firstNumber(medicine.strength);
  return (form === medicine.form ? 4 : 0) + (isPossible ? 8 : 0) + (isExact ? 2 : 0);
}

/** What was typed among the formulary, what fits best first; nothing where the names differ. */
export async function findMeant(line: Understood, signal?: AbortSignal): Promise<FoundMedicine[]> {
  const { medicine, strength } = line;
  // With the strength first; without it where the formulary writes it differently.
  const exact = strength ? await findMedicine(`${medicine} ${strength}`, signal) : [];
  const found = exact.length > 0 ? exact : await findMedicine(medicine, signal);
  return [...found].sort((a, b) => fitOf(line, b) - fitOf(line, a));
}
