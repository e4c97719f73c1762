/*
 * Classes of medicines that the law watches, as data of a country. Which medicine is of which class says the
 * pharmacist, on the medicine; what a class asks for is said here.
 */
export type ControlClass = {
  label: string;
  /** Given against a prescription alone. */
  needsPrescription: boolean;
  /** What is given of it stands in a register of its own. */
  hasRegister: boolean;
  /** A scan of a paper that is not ours is kept: always where the organization says so, or offered. */
  scan?: 'asked' | 'offered';
};

const INDIA: Readonly<Record<string, ControlClass>> = {
  g: { label: 'Schedule G', needsPrescription: false, hasRegister: false },
  h: { label: 'Schedule H', needsPrescription: true, hasRegister: false },
  h1: { label: 'Schedule H1', needsPrescription: true, hasRegister: true, scan: 'offered' },
  x: { label: 'Schedule X', needsPrescription: true, hasRegister: true, scan: 'asked' },
};
const ELSEWHERE: Readonly<Record<string, ControlClass>> = {
  prescription: { label: 'Prescription only', needsPrescription: true, hasRegister: false },
  controlled: { label: 'Controlled', needsPrescription: true, hasRegister: true, scan: 'asked' },
};

export const controlClassesOf = (country: string): Readonly<Record<string, ControlClass>> =>
  country === 'IN' ? INDIA : ELSEWHERE;

/** What a class asks for; null where the country has none of that name. */
export function controlClassOf(country: string, id: string | null | undefined): ControlClass | null {
  if (!id) return null;
  const known = controlClassesOf(country);
  return Object.hasOwn(known, id) ? (known[id] ?? null) : null;
}

/** Somebody has said that the law watches it in no way; where nobody has, the pharmacist is asked. */
export const NO_CLASS = 'none';

export const isClassKnown = (country: string, id: string): boolean =>
  id === NO_CLASS || controlClassOf(country, id) !== null;

/** What a screen says of the class of a medicine. */
export const classLabelOf = (country: string, id: string | null): string =>
  id === NO_CLASS ? 'No class' : (controlClassOf(country, id)?.label ?? 'Class not set');

/** The classes that have a register. */
export const registersOf = (country: string): { id: string; label: string }[] =>
  Object.entries(controlClassesOf(country)).flatMap(([id, { label, hasRegister }]) =>
    hasRegister ? [{ id, label }] : [],
  );
