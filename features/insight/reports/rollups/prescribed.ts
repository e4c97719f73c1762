import {
  CLASS_LABEL,
  classesOf,
  ingredientsIn,
  type MedicineClass,
} from '@/features/record/prescriptions/ingredients';
import type { DispenseStatus, PrescriptionLine } from '@/features/record/prescriptions/policy';
import {
  MADE_OUTCOMES,
  type MadeOutcome,
  type Spectacles,
  sphericalEquivalent,
} from '@/features/record/spectacles/policy';
import { nameKey } from '@/lib/name-key';
import { keysOf } from '@/lib/query-words';
import type { Signer } from './filled';

/** What is counted of a signed prescription that is not void. */
type CountedPrescription = Signer & {
  dispenseStatus: DispenseStatus;
  lines: readonly Pick<PrescriptionLine, 'name' | 'strength' | 'ingredient'>[];
};

/** Whether a line is written by its ingredient; null where the formulary does not say what is in it. */
export function isByIngredient({
  name,
  ingredient,
}: Pick<PrescriptionLine, 'name' | 'ingredient'>): boolean | null {
  return ingredient ? nameKey(name).startsWith(nameKey(ingredient)) : null;
}

/** The classes of what a line names; none where the list of ingredients does not know it. */
export const classesOfLine = ({
  name,
  ingredient,
}: Pick<PrescriptionLine, 'name' | 'ingredient'>): MedicineClass[] => [
  ...new Set(ingredientsIn(name, ingredient).flatMap(classesOf)),
];

/** The key of medicines that are of no class in the list. */
const NO_CLASS = 'none';
type ClassFigure = {
  key: MedicineClass | typeof NO_CLASS;
  name: string;
  lines: number;
  prescriptions: number;
};

type Share = { lines: number; known: number; byIngredient: number };
type MedicineFigure = { key: string; name: string; lines: number; prescriptions: number };
type PrescriberFigure = Share & { key: string; name: string; prescriptions: number };

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
  const classes = new Map<ClassFigure['key'], ClassFigure>();
  const all = noShare();
  let prescriptions = 0;
  return {
    add({ doctorId, doctor, dispenseStatus, lines }: CountedPrescription): void {
      prescriptions++;
      dispensed[dispenseStatus]++;
      const by = prescribers.get(doctorId) ?? {
        ...{ key: doctorId, name: doctor, prescriptions: 0, ...noShare() },
      };
      prescribers.set(doctorId, by);
      by.prescriptions++;
      const seen = new Set<string>();
      for (const line of lines) {
        count(all, line);
        count(by, line);
        // A brand and its ingredient are one medicine here: what is in it decides.
        const name = line.ingredient ?? line.name;
        const key = nameKey(name);
        const medicine = medicines.get(key) ?? { key, name, lines: 0, prescriptions: 0 };
        medicines.set(key, medicine);
        medicine.lines++;
        if (!seen.has(key)) medicine.prescriptions++;
        seen.add(key);
        const of = classesOfLine(line);
        // A combination is of each of its classes; the sum of classes is above that of the lines.
        for (const one of of.length > 0 ? of : ([NO_CLASS] as const)) {
          const label = one === NO_CLASS ? 'Of no class in our list' : CLASS_LABEL[one];
          const figure = classes.get(one) ?? { key: one, name: label, lines: 0, prescriptions: 0 };
          classes.set(one, figure);
          figure.lines++;
          if (!seen.has(`class ${one}`)) figure.prescriptions++;
          seen.add(`class ${one}`);
        }
      }
    },
    figures: () => ({
      ...{ prescriptions, dispensed, ...all },
      medicines: [...medicines.values()].sort((a, b) => b.lines - a.lines || a.name.localeCompare(b.name)),
      classes: [...classes.values()].sort((a, b) => b.lines - a.lines || a.name.localeCompare(b.name)),
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

/** What became of glasses at the optical shop. */
export const MADE_FIGURES = { ...MADE_OUTCOMES, open: 'No answer yet' } as const;
type MadeFigures = Record<keyof typeof MADE_FIGURES, number>;

/** The same for glasses. */
export function glassesCounter() {
  const kinds = new Map<string, number>();
  const powers = new Map<PowerBand, number>();
  const made: MadeFigures = { 'as-prescribed': 0, changed: 0, 'not-made': 0, open: 0 };
  let none = 0;
  let prescribed = 0;
  return {
    /** @param outcome what the optical shop has said last; none where it has said nothing yet */
    add(glasses: Spectacles, outcome?: MadeOutcome): void {
      if (glasses.advice === 'none') {
        none++;
        return;
      }
      prescribed++;
      made[outcome ?? 'open']++;
      kinds.set(glasses.kind, (kinds.get(glasses.kind) ?? 0) + 1);
      for (const lens of [glasses.right, glasses.left]) {
        if (!lens) continue;
        const band = bandOfPower(sphericalEquivalent(lens));
        powers.set(band, (powers.get(band) ?? 0) + 1);
      }
    },
    figures: () => ({
      ...{ prescribed, none, made },
      kinds: Object.fromEntries(kinds) as Partial<Record<string, number>>,
      powers: Object.fromEntries(powers) as Partial<Record<PowerBand, number>>,
    }),
  };
}

/** Papers by what their prints begin with; other nouns print bills and receipts, which count their own. */
export const PRINTED_PAPERS = {
  prescription: 'Medicine prescriptions',
  spectacles: 'Glasses',
  'contact-lenses': 'Contact lenses',
  letter: 'Letters and certificates',
  summary: 'Visit summaries',
  request: 'Requests for investigations',
} as const;
type PrintedPaper = keyof typeof PRINTED_PAPERS;
type PrintFigure = { prints: number; copies: number };

/** Counts prints by paper. A print is a copy when the same version of the same paper was printed before. */
export function printsCounter() {
  const papers: Record<PrintedPaper, PrintFigure> = {
    prescription: { prints: 0, copies: 0 },
    spectacles: { prints: 0, copies: 0 },
    'contact-lenses': { prints: 0, copies: 0 },
    letter: { prints: 0, copies: 0 },
    summary: { prints: 0, copies: 0 },
    request: { prints: 0, copies: 0 },
  };
  const seen = new Set<string>();
  return {
    /** @param before the subjects of these prints that were printed on an earlier day. */
    add(subjects: readonly string[], before: ReadonlySet<string>): void {
      for (const subject of subjects) {
        const paper = papers[(subject.split(':')[0] ?? '') as PrintedPaper];
        if (!paper) continue;
        paper.prints++;
        if (seen.has(subject) || before.has(subject)) paper.copies++;
        seen.add(subject);
      }
    },
    figures: () => papers,
  };
}

/** What was prescribed and printed on one day, as it is kept. */
export type PrescribedDay = {
  medicines: ReturnType<ReturnType<typeof prescribingCounter>['figures']>;
  glasses: ReturnType<ReturnType<typeof glassesCounter>['figures']>;
  prints: ReturnType<ReturnType<typeof printsCounter>['figures']>;
};

const addParts = <P extends string>(
  to: Record<P, number>,
  of: Readonly<Record<P, number>>,
  parts: readonly P[],
) => {
  for (const part of parts) to[part] += of[part];
};
const addCounts = (to: Partial<Record<string, number>>, of: Partial<Record<string, number>>) => {
  for (const [key, count = 0] of Object.entries(of)) to[key] = (to[key] ?? 0) + count;
};
/** Rows of days as one list: what has the same key is one, the most first. */
function mergeRows<T extends { name: string }, P extends keyof T & string>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  parts: readonly (P & { [K in keyof T]: T[K] extends number ? K : never }[keyof T])[],
  most: (row: T) => number,
): T[] {
  const merged = new Map<string, T>();
  for (const row of rows) {
    const known = merged.get(keyOf(row));
    if (!known) merged.set(keyOf(row), { ...row });
    else for (const part of parts) (known[part] as number) += row[part] as number;
  }
  return [...merged.values()].sort((a, b) => most(b) - most(a) || a.name.localeCompare(b.name));
}

/** Days added up, in their order: the same as one count over all of them. */
export function sumPrescribed(days: readonly PrescribedDay[]) {
  const sum = {
    ...prescribingCounter().figures(),
    glasses: glassesCounter().figures(),
    prints: printsCounter().figures(),
  };
  for (const { medicines, glasses, prints } of days) {
    addParts(sum, medicines, ['prescriptions', 'lines', 'known', 'byIngredient']);
    addParts(sum.dispensed, medicines.dispensed, keysOf(sum.dispensed));
    addParts(sum.glasses, glasses, ['prescribed', 'none']);
    addParts(sum.glasses.made, glasses.made, keysOf(sum.glasses.made));
    addCounts(sum.glasses.kinds, glasses.kinds);
    addCounts(sum.glasses.powers, glasses.powers);
    for (const paper of keysOf(sum.prints)) addParts(sum.prints[paper], prints[paper], ['prints', 'copies']);
  }
  const all = days.map(({ medicines }) => medicines);
  return {
    ...sum,
    medicines: mergeRows(
      all.flatMap(({ medicines }) => medicines),
      ({ key }) => key,
      ['lines', 'prescriptions'],
      ({ lines }) => lines,
    ),
    classes: mergeRows(
      all.flatMap(({ classes }) => classes),
      ({ key }) => key,
      ['lines', 'prescriptions'],
      ({ lines }) => lines,
    ),
    prescribers: mergeRows(
      all.flatMap(({ prescribers }) => prescribers),
      ({ key }) => key,
      ['prescriptions', 'lines', 'known', 'byIngredient'],
      ({ prescriptions }) => prescriptions,
    ),
  };
}
export type Prescribing = ReturnType<typeof sumPrescribed>;
