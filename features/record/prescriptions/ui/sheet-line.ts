import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { type FoundMedicine, findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { readPieces } from '@/lib/pieces';
import { newRequestKey } from '@/lib/request-key';
import type { Day } from '@/lib/time';
import { amountText, type DoseStep, isEye, quantityOf, type Site } from '../dosage';
import { type LineReference, lineTitle, type PrescriptionLine } from '../policy';
import { readLine, type Understood } from '../shorthand';
import { EVERY, FORM_WORDS, FREQUENCY_WORDS, MEAL_WORDS, SITE_WORDS } from '../shorthand-words';

/** What stands in the box of a number, where that is no whole number: kept as typed, and never signed. */
type Unread = { unread?: string | undefined };
/** `unread` is of its days. */
export type SheetStep = DoseStep & Unread;
/** A line while it is written: which eye may still be open. `unread` is of its quantity. */
export type SheetLine = Omit<PrescriptionLine, 'site' | 'steps'> &
  Unread & { site?: Site | undefined; steps: SheetStep[] };

/** What is in the box of a number now. */
const typedIn = (typed: string): { whole: number | null } & Unread => {
  const whole = readPieces(typed);
  return whole === null ? { whole, unread: typed } : { whole: typed.trim() ? whole : null };
};

/** A step with its days as they are typed; nothing typed is ongoing. */
export function withDays({ unread: _before, ...step }: SheetStep, typed: string): SheetStep {
  const { whole, unread } = typedIn(typed);
  return unread === undefined ? { ...step, days: whole } : { ...step, unread };
}

/** A line with its quantity as it is typed. */
export function withQuantity({ unread: _before, ...line }: SheetLine, typed: string): SheetLine {
  const { whole, unread } = typedIn(typed);
  return unread === undefined ? { ...line, quantity: whole ?? 0 } : { ...line, unread };
}

/** What a line says is not what stands in one of its boxes. */
const isUnread = ({ unread, steps }: SheetLine): boolean =>
  unread !== undefined || steps.some((step) => step.unread !== undefined);

const UNIT_OF: Record<MedicineForm, string> = {
  drop: 'bottle',
  ointment: 'tube',
  gel: 'tube',
  tablet: 'tablet',
  capsule: 'capsule',
  injection: 'vial',
  other: 'piece',
};

const newLineId = (): string => newRequestKey();

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
export const withSteps = ({ unread: _before, ...line }: SheetLine, steps: SheetStep[]): SheetLine => ({
  ...line,
  steps,
  quantity: neededOf({ ...line, steps }),
});

const IS_SWALLOWED: ReadonlySet<MedicineForm> = new Set(['tablet', 'capsule']);
/** Drops that are thick and drops that are not are both counted in drops. */
const IN_DROPS: ReadonlySet<MedicineForm> = new Set(['drop', 'gel']);

type Strength = { figures: number[]; unit: string };

/** "0.5 % / 0.1 %" is 0.5 and 0.1 of "%"; a name such as "Timolol 0.5 %" says its strength too. */
function strengthIn(text: string | null | undefined): Strength {
  const found = [...(text ?? '').matchAll(/(\d+(?:\.\d+)?)\s*(%|mg|mcg|µg|g|ml|iu)?/gi)];
  const unit = (found[0]?.[2] ?? '').toLowerCase().replace('µg', 'mcg');
  return { figures: found.map(([, figure]) => Number(figure)), unit };
}

/** Whether a medicine is of the strength that was typed; whichever, where none was. */
export function hasStrength({ strength }: Understood, medicine: FoundMedicine): boolean {
  if (strength === undefined) return true;
  const [typed, has] = [strengthIn(strength), strengthIn(medicine.strength ?? medicine.name)];
  const isSameUnit = !typed.unit || !has.unit || typed.unit === has.unit;
  return isSameUnit && typed.figures.join(' ') === has.figures.join(' ');
}

function isOfForm({ form, site }: Understood, medicine: FoundMedicine): boolean {
  if (site !== undefined && isEye(site) && IS_SWALLOWED.has(medicine.form)) return false;
  if (form === undefined || form === 'other' || form === medicine.form) return true;
  return IN_DROPS.has(form) && IN_DROPS.has(medicine.form);
}

/** How well a medicine fits what was typed: the very strength, a way that is possible, and the form. */
export function fitOf(line: Understood, medicine: FoundMedicine): number {
  const isExact = line.strength !== undefined && hasStrength(line, medicine);
  const isForm = line.form === medicine.form;
  return (isExact ? 4 : 0) + (isOfForm(line, medicine) ? 8 : 0) + (isForm ? 2 : 0);
}

/**
 * The medicine that is meant: of the strength, the form and the way that were typed, as far as they were.
 * Null where the formulary has only others: another strength is another medicine, never taken silently.
 */
export const meantOf = (line: Understood, found: readonly FoundMedicine[]): FoundMedicine | null =>
  found.find((medicine) => hasStrength(line, medicine) && isOfForm(line, medicine)) ?? null;

/** What was typed among the formulary, what fits best first; nothing where the names differ. */
export async function findMeant(line: Understood, signal?: AbortSignal): Promise<FoundMedicine[]> {
  const { medicine, strength } = line;
  // With the strength first; without it where the formulary writes it differently.
  const exact = strength ? await findMedicine(`${medicine} ${strength}`, signal) : [];
  const found = exact.some((one) => hasStrength(line, one)) ? exact : await findMedicine(medicine, signal);
  return [...found].sort((a, b) => fitOf(line, b) - fitOf(line, a));
}

/** What a set comes to, and what is wrong with its lines; a line with a mistake is not among them. */
export type SetLines = { lines: SheetLine[]; problems: string[] };

/** The lines of a set as they are put on a sheet of today, for an eye where one was chosen. */
export async function linesOfSet(text: string, eye: Site | undefined, today: Day): Promise<SetLines> {
  const typed = text.split('\n').filter((one) => one.trim());
  const read = await Promise.all(
    typed.map(async (one, index) => {
      const { line, problems } = readLine(one, today);
      if (problems[0]) return { problem: `Line ${index + 1}, “${one.trim()}”: ${problems[0]}` };
      const made = lineFrom(line, meantOf(line, await findMeant(line)));
      const site = made.site ?? eye;
      return { line: { ...made, site, quantity: line.quantity ?? neededOf({ ...made, site }) } };
    }),
  );
  return {
    lines: read.flatMap((one) => one.line ?? []),
    problems: read.flatMap((one) => one.problem ?? []),
  };
}

const wordFor = <T>(words: Readonly<Record<string, T>>, meaning: T): string | undefined =>
  Object.keys(words).find((word) => words[word] === meaning);
/** By what a dose is counted; of other forms it is written without. */
const DOSE_WORDS: Partial<Record<MedicineForm, string>> = {
  ...{ drop: 'drop', gel: 'drop', ointment: 'cm', tablet: 'tab', capsule: 'cap' },
};
const FORMS_THAT_DOSES_LEAVE_OPEN: ReadonlySet<MedicineForm> = new Set(['gel', 'injection']);

function stepText({ quarters, frequency, days }: DoseStep, form: MedicineForm): (string | undefined)[] {
  const unit = DOSE_WORDS[form];
  const amount = quarters < 4 ? amountText(quarters) : String(quarters / 4);
  const long =
    days === null
      ? 'ongoing'
      : days % 30 === 0
        ? `${days / 30}m`
        : days % 7 === 0
          ? `${days / 7}w`
          : `${days}d`;
  return [
    unit && `${amount}${unit}`,
    wordFor({ ...FREQUENCY_WORDS, ...EVERY }, frequency),
    frequency === 'stat' ? undefined : long,
  ];
}

const stepsKey = (steps: readonly DoseStep[]): string =>
  steps.map(({ quarters, frequency, days }) => [quarters, frequency, days].join(' ')).join('; ');

/** What is compared of a name: how it is spaced and which form stands in it is not. */
const lettersOf = (name: string): string =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{M}\d.]+/u)
    .filter((word) => word && !Object.hasOwn(FORM_WORDS, word))
    .join('');

/**
 * A line as it is typed in a set. An eye is left out: it is chosen when the set is used.
 * @returns null for what would be read as something else, such as a name with "od" in it.
 */
export function typedLine(line: SheetLine, today: Day): string | null {
  const { form, site, steps, meals, note, quantity, isSubstitutionAllowed } = line;
  const [first, ...tapers] = steps.map((step) => stepText(step, form));
  const way = site && !isEye(site) ? wordFor(SITE_WORDS, site) : undefined;
  const course = [
    [
      lineTitle(line).replaceAll(/\s+\/\s+/g, ' '),
      FORMS_THAT_DOSES_LEAVE_OPEN.has(form) ? wordFor(FORM_WORDS, form) : undefined,
      way,
      ...(first ?? []),
      meals && wordFor(MEAL_WORDS, meals),
      quantity === neededOf(line) ? undefined : `#${quantity}`,
      isSubstitutionAllowed ? undefined : 'nosub',
    ],
    ...tapers,
  ].map((words) => words.filter(Boolean).join(' '));
  const text = [course.join(' > '), note].filter(Boolean).join('; ');
  const { line: read, problems } = readLine(text, today);
  const isSame =
    problems.length === 0 &&
    lettersOf([read.medicine, read.strength].filter(Boolean).join(' ')) === lettersOf(lineTitle(line)) &&
    stepsKey(read.steps) === stepsKey(steps) &&
    read.site === (way ? site : undefined) &&
    read.meals === meals &&
    read.note?.toLowerCase() === note?.toLowerCase() &&
    (line.medicineId !== undefined || (read.form ?? 'drop') === form);
  return isSame ? text : null;
}

/** The lines of a sheet as those of a set; the sentence for one that a set cannot hold. */
export function setOf(lines: readonly SheetLine[], today: Day): { lines: string } | { problem: string } {
  const typed = lines.map((line) => ({ line, text: typedLine(line, today) }));
  const unread = lines.find(isUnread);
  if (unread) return { problem: `${lineTitle(unread)}: its days or its quantity are no whole number.` };
  const refused = typed.find(({ text }) => text === null);
  if (refused)
    return {
      problem: `${lineTitle(refused.line)} cannot be kept as it stands: its name or its note reads as something else in a set. Write it under Prescription sets.`,
    };
  return { lines: typed.map(({ text }) => text).join('\n') };
}
