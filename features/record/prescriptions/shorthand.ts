import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { lookup } from '@/lib/lookup';
import type { Day } from '@/lib/time';
import type { DoseStep, FrequencyCode, Meals, Site } from './dosage';
import {
  DOSE,
  daysOf,
  daysUntil,
  EVERY,
  FORM_OF_UNIT,
  FORM_WORDS,
  FRACTIONS,
  FREQUENCY_WORDS,
  MAX_DAYS,
  MEAL_WORDS,
  PATTERNS,
  PHRASES,
  quartersOf,
  SITE_WORDS,
  STRENGTH,
} from './shorthand-words';

/*
 * A line as doctors write it: `moxi 0.5 od re 1 drop qid 1w`, `pred 1 % be 6x 1w > qid 1w > bd 1w; shake`.
 * Nothing is guessed: what has two meanings, or none, is said back as a problem.
 */
export type Understood = {
  /** What was written of the medicine, without its strength. */
  medicine: string;
  strength?: string;
  form?: MedicineForm;
  site?: Site;
  steps: DoseStep[];
  meals?: Meals;
  note?: string;
  quantity?: number;
  isSubstitutionAllowed: boolean;
};
export type Reading = { line: Understood; problems: string[] };

const FIGURE = /^\d+(?:\.\d+)?$/;
const TABLETS = /^(?:tab|tablet|cap|capsule)s?$/;
/** Quarters: up to two tablets nobody takes for a strength. */
const MOST_TAKEN_FOR_GRANTED = 8;

/** Without the dot of "tab." and "r.e.", and each phrase as the one word for it. */
function joined(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(\p{L})\.(?=\s|$)/gu, '$1');
  return PHRASES.reduce((so, [phrase, word]) => so.replace(phrase, word), plain);
}

type Part = {
  words: string[];
  strengths: string[];
  form?: MedicineForm;
  /** By what the dose is counted: "1 drop" is said of drops. */
  doseForm?: MedicineForm;
  sites: Site[];
  quarters?: number;
  frequencies: FrequencyCode[];
  days?: number | null;
  meals?: Meals;
  quantity?: number;
  isFixed: boolean;
  /** "od" is the right eye, or once a day: settled by what stands beside it. */
  isOd: boolean;
};

/** Notes what a word says of the part; another word must not contradict the first. */
function setOnce<K extends 'form' | 'doseForm' | 'quarters' | 'days' | 'meals' | 'quantity'>(
  part: Part,
  key: K,
  value: Required<Part>[K],
  problems: string[],
): void {
  if (part[key] !== undefined && part[key] !== value) problems.push(SAID_TWICE[key]);
  else part[key] = value;
}
const SAID_TWICE = {
  form: 'Write one form, such as drops.',
  doseForm: 'Write the dose once.',
  quarters: 'Write the dose once.',
  days: 'Write for how long once.',
  meals: 'Write once whether before or after meals.',
  quantity: 'Write the quantity once.',
} as const;

/** Whether a form is given in such doses: a gel is dropped, or laid in like an ointment. */
function isCountedBy(form: MedicineForm, doseForm: MedicineForm): boolean {
  return form === doseForm || (form === 'gel' && (doseForm === 'drop' || doseForm === 'ointment'));
}

/** Takes a word that says how the medicine is used. @returns false for one that says nothing of it. */
function takeUse(word: string, part: Part, problems: string[]): boolean {
  const dose = DOSE.exec(word);
  const days = daysOf(word);
  const frequency = lookup(FREQUENCY_WORDS, word) ?? lookup(EVERY, word) ?? lookup(PATTERNS, word);
  const [site, meals] = [lookup(SITE_WORDS, word), lookup(MEAL_WORDS, word)];
  const fraction = lookup(FRACTIONS, word);
  if (dose) {
    const quarters = quartersOf(dose[1] ?? '');
    if (quarters === null) problems.push(`“${word}” is no dose. Write ¼ to 10, in quarters, such as ½tab.`);
    else setOnce(part, 'quarters', quarters, problems);
    setOnce(part, 'doseForm', FORM_OF_UNIT[dose[2] ?? ''] ?? 'other', problems);
  } else if (word === 'od') part.isOd = true;
  else if (frequency) part.frequencies.push(frequency);
  else if (site) part.sites.push(site);
  else if (days === 0) problems.push('Write at least one day.');
  else if (days !== undefined) setOnce(part, 'days', days, problems);
  else if (meals) setOnce(part, 'meals', meals, problems);
  else if (fraction) setOnce(part, 'quarters', fraction, problems);
  else if (/^#[1-9]\d{0,2}$/.test(word)) setOnce(part, 'quantity', Number(word.slice(1)), problems);
  else if (/^#-?\d/.test(word)) problems.push('Write a quantity from 1 to 999.');
  else if (word === 'nosub') part.isFixed = true;
  else return false;
  return true;
}

/** What stands apart before "tab": how many are taken, the strength of one, or nobody knows. */
function beforeTablets(word: string, part: Part, isMedicine: boolean): 'dose' | 'strength' | 'unclear' {
  const quarters = quartersOf(word);
  if (quarters === null) return 'strength';
  const isNamed = isMedicine && part.words.length > 0 && part.strengths.length === 0;
  return isNamed && quarters > MOST_TAKEN_FOR_GRANTED ? 'unclear' : 'dose';
}

/** "tab 1 od", "tab azee 500mg 2 od": how many at a time, after the form or the strength. */
function isCountAfter(before: string, word: string, part: Part): boolean {
  if (!/^[12]$/.test(word) || part.words.length === 0 || !isSwallowed(part.form)) return false;
  return TABLETS.test(before) || (STRENGTH.test(before) && /[a-z%]$/.test(before));
}

function readPart(text: string, today: Day, problems: string[], hasMedicine: boolean): Part {
  const part: Part = { words: [], strengths: [], sites: [], frequencies: [], isFixed: false, isOd: false };
  const words = joined(text).split(/\s+/).filter(Boolean);
  // Name, strength and form come first; what begins after them is how it is used.
  let isMedicine = hasMedicine;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const form = lookup(FORM_WORDS, word);
    const unit = words[at + 1] ?? '';
    const figure = TABLETS.test(unit) && FIGURE.test(word) ? beforeTablets(word, part, isMedicine) : null;
    if (figure === 'unclear')
      problems.push(
        `“${word} ${unit}” may be ${word} mg or ${word} at a time: write ${word}mg or ${word}${unit}.`,
      );
    if (figure === 'unclear' || figure === 'dose') {
      takeUse(`${word}${unit}`, part, problems);
      isMedicine = false;
      at++;
    } else if (isMedicine && isCountAfter(words[at - 1] ?? '', word, part)) {
      setOnce(part, 'quarters', Number(word) * 4, problems);
      isMedicine = false;
    } else if (/^(until|till)$/.test(word)) {
      const until = daysUntil(words[++at] ?? '', today);
      if (until === null || until < 1) problems.push('Write the last day as 15/12, after today.');
      else setOnce(part, 'days', until, problems);
      isMedicine = false;
    } else if (takeUse(word, part, problems)) isMedicine = false;
    else if (form) setOnce(part, 'form', form, problems);
    else if (isMedicine && part.words.length > 0 && STRENGTH.test(word)) part.strengths.push(word);
    else if (isMedicine && word !== '%') part.words.push(word);
    else problems.push(`What does “${word}” mean? Write notes after a semicolon.`);
  }
  return part;
}

/** Which of its two meanings "od" has here. */
function settleOd(part: Part, isTaper: boolean, problems: string[]): void {
  if (!part.isOd) return;
  const [site] = part.sites;
  if (part.frequencies.length === 0 && (site || isTaper || isSwallowed(formOf(part))))
    part.frequencies.push('od');
  else if (part.frequencies.length > 0 && (!site || site === 'right')) part.sites = ['right'];
  else if (part.frequencies.length > 0)
    problems.push('“od” says the right eye here, and another one is written.');
  else problems.push('“od” may be the right eye or once a day: write re, le or be for the eye, or daily.');
}

const formOf = ({ form, doseForm }: Part): MedicineForm | undefined => form ?? doseForm;
const isSwallowed = (form: MedicineForm | undefined): boolean => form === 'tablet' || form === 'capsule';

/** What holds for the whole course, in whichever of its steps it was written. */
function wholeOf(parts: readonly Part[], problems: string[]): Part {
  const whole: Part = { words: [], strengths: [], sites: [], frequencies: [], isFixed: false, isOd: false };
  for (const part of parts) {
    if (part.form) setOnce(whole, 'form', part.form, problems);
    if (part.doseForm) setOnce(whole, 'doseForm', part.doseForm, problems);
    if (part.meals) setOnce(whole, 'meals', part.meals, problems);
    if (part.quantity !== undefined) setOnce(whole, 'quantity', part.quantity, problems);
    whole.sites.push(...part.sites);
    whole.isFixed ||= part.isFixed;
  }
  whole.sites = [...new Set(whole.sites)];
  if (whole.sites.length > 1) problems.push('Write one eye, or be for both.');
  const { form, doseForm } = whole;
  if (form && doseForm && !isCountedBy(form, doseForm))
    problems.push('The form and what the dose is counted by do not go together.');
  return whole;
}

function stepsOf(parts: readonly Part[], problems: string[]): DoseStep[] {
  const steps: DoseStep[] = [];
  let quarters = 4;
  for (const [index, part] of parts.entries()) {
    const [frequency, second] = [...new Set(part.frequencies)];
    if (second) problems.push('Write how often once.');
    if (!frequency)
      problems.push(index === 0 ? 'Write how often, such as qid.' : 'Write how often in each step.');
    const isOnce = frequency === 'stat';
    if (isOnce && part.days !== undefined && part.days !== 1)
      problems.push('“Once” and a duration do not go together.');
    const days = isOnce ? 1 : part.days;
    if (days === undefined)
      problems.push(`Write for how long, such as 1w${index > 0 ? ', in each step' : ''}.`);
    if (typeof days === 'number' && days > MAX_DAYS) problems.push('Write at most two years.');
    quarters = part.quarters ?? quarters;
    if (frequency) steps.push({ quarters, frequency, days: days ?? null });
  }
  if (steps.slice(0, -1).some(({ days }) => days === null) && problems.length === 0)
    problems.push('Only the last step may be ongoing.');
  return steps;
}

/**
 * Reads one line. `problems` are sentences about what is missing, has two meanings or is not known; a line
 * with problems is not to be taken.
 */
export function readLine(typed: string, today: Day): Reading {
  const problems: string[] = [];
  const [course = '', ...notes] = typed.trim().split(';');
  const [first = '', ...tapers] = course.split(/\s*>\s*|\s+then\s+/i);
  const head = readPart(first, today, problems, true);
  settleOd(head, false, problems);
  const medicine = head.words.join(' ');
  if (!medicine) problems.push('Begin with the medicine.');
  const parts = [head, ...tapers.map((text) => readTaper(text, today, problems))];
  const { sites, meals, quantity, isFixed, ...whole } = wholeOf(parts, problems);
  const form = whole.form ?? whole.doseForm;
  const site = sites[0] ?? (isSwallowed(form) ? 'oral' : undefined);
  const steps = stepsOf(parts, problems);
  const said = notes.join(';').trim();
  const note = `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
  return {
    line: {
      medicine,
      ...(head.strengths.length > 0 ? { strength: head.strengths.join(' / ') } : {}),
      ...(form ? { form } : {}),
      ...(site ? { site } : {}),
      steps,
      ...(meals ? { meals } : {}),
      ...(note ? { note } : {}),
      ...(quantity ? { quantity } : {}),
      isSubstitutionAllowed: !isFixed,
    },
    problems: [...new Set(problems)],
  };
}

/** A step of the taper has no medicine: only how much, how often and for how long. */
function readTaper(text: string, today: Day, problems: string[]): Part {
  const part = readPart(text, today, problems, false);
  settleOd(part, true, problems);
  return part;
}
