import type { DispenseStatus, PrescriptionLine } from '@/features/record/prescriptions/policy';
import { type Spectacles, sphericalEquivalent } from '@/features/record/spectacles/policy';

/** What is counted of a signed prescription that is not void. */
type CountedPrescription = {
  signedByName: string;
  dispenseStatus: DispenseStatus;
  lines: readonly Pick<PrescriptionLine, 'name' | 'strength' | 'ingredient'>[];
};

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Whether a line is written by its ingredient; null where the formulary does not say what is in it. */
export function isByIngredient({
  name,
  ingredient,
}: Pick<PrescriptionLine, 'name' | 'ingredient'>): boolean | null {
  return ingredient ? folded(name).startsWith(folded(ingredient)) : null;
}

type Share = { lines: number; known: number; byIngredient: number };
type MedicineFigure = { key: string; name: string; lines: number; prescriptions: number };
type PrescriberFigure = Share & { name: string; prescriptions: number };

const noShare = (): Share => ({ lines: 0, known: 0, byIngredient: 0 });
function count(share: Share, line: CountedPrescription['lines'][number]): void {
  const isGeneric = isByIngredient(line);
  share.lines++;
  if (isGeneric !== null) share.known++;
  if (isGeneric) share.byIngredient++;
}

/** Counts prescriptions one by one, so that a year of them need not be held at once. */
export function prescribingCounter() {
  const medicines = new Map<string, MedicineFigure>();
  const prescribers = new Map<string, PrescriberFigure>();
  const dispensed: Record<DispenseStatus, number> = { none: 0, waiting: 0, partial: 0, done: 0 };
  const all = noShare();
  let prescriptions = 0;
  return {
    add({ signedByName, dispenseStatus, lines }: CountedPrescription): void {
      prescriptions++;
      dispensed[dispenseStatus]++;
      const by = prescribers.get(signedByName) ?? { name: signedByName, prescriptions: 0, ...noShare() };
      prescribers.set(signedByName, by);
      by.prescriptions++;
      const seen = new Set<string>();
      for (const line of lines) {
        count(all, line);
        count(by, line);
        // A brand and its ingredient are one medicine here: what is in it decides.
        const name = line.ingredient ?? line.name;
        const key = folded(name);
        const medicine = medicines.get(key) ?? { key, name, lines: 0, prescriptions: 0 };
        medicines.set(key, medicine);
        medicine.lines++;
        if (!seen.has(key)) medicine.prescriptions++;
        seen.add(key);
      }
    },
    figures: () => ({
      ...{ prescriptions, dispensed, ...all },
      medicines: [...medicines.values()].sort((a, b) => b.lines - a.lines || a.name.localeCompare(b.name)),
      prescribers: [...prescribers.values()].sort(
        (a, b) => b.prescriptions - a.prescriptions || a.name.localeCompare(b.name),
      ),
    }),
  };
}

/** By spherical equivalent, in eighths of a dioptre; `from` is the weakest of a band. */
export const POWER_BANDS = [
  { key: 'high-minus', label: 'Beyond −6.00', from: Number.NEGATIVE_INFINITY },
  { key: 'minus', label: 'Beyond −3.00, to −6.00', from: -48 },
  { key: 'low-minus', label: '−0.50 to −3.00', from: -24 },
  { key: 'plano', label: 'Between −0.50 and +0.50', from: -3 },
  { key: 'low-plus', label: '+0.50 to +3.00', from: 4 },
  { key: 'plus', label: 'Beyond +3.00', from: 25 },
] as const;
type PowerBand = (typeof POWER_BANDS)[number]['key'];

export const bandOfPower = (eighths: number): PowerBand =>
  [...POWER_BANDS].reverse().find(({ from }) => eighths >= from)?.key ?? 'high-minus';

/** The same for glasses. */
export function glassesCounter() {
  const kinds = new Map<string, number>();
  const powers = new Map<PowerBand, number>();
  let none = 0;
  let prescribed = 0;
  return {
    add(glasses: Spectacles): void {
      if (glasses.advice === 'none') {
        none++;
        return;
      }
      prescribed++;
      kinds.set(glasses.kind, (kinds.get(glasses.kind) ?? 0) + 1);
      for (const lens of [glasses.right, glasses.left]) {
        if (!lens) continue;
        const band = bandOfPower(sphericalEquivalent(lens));
        powers.set(band, (powers.get(band) ?? 0) + 1);
      }
    },
    figures: () => ({
      ...{ prescribed, none },
      kinds: Object.fromEntries(kinds) as Partial<Record<string, number>>,
      powers: Object.fromEntries(powers) as Partial<Record<PowerBand, number>>,
    }),
  };
}
