import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import type { Day } from '@/lib/time';
import type { DoseStep, FrequencyCode, Meals, Site } from './dosage';
import {
  DAYS_OF,
  DAYS_UNDER,
  DOSE,
  DURATION,
  EVERY,
  FORM_OF_UNIT,
  FORM_WORDS,
  FRACTIONS,
  FREQUENCY_WORDS,
  MAX_DAYS,
  MAX_QUARTERS,
  MEAL_WORDS,
  PATTERNS,
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

/** A number and its unit written apart are one word. */
const joined = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(\d|½|¼|¾)\s+(?=(?:drops?|gtts?|tabs?|tablets?|caps?|capsules?|cm)\b)/g, '$1')
    .replace(/(\d)\s+(?=(?:%|mg|mcg|g|ml|iu)(?:\s|$))/g, '$1')
    .replace(/(\d)\s+(?=(?:days?|weeks?|wks?|months?|mo)\b)/g, '$1')
    .replace(/\bfor\b/g, ' ');

function quartersOf(amount: string): number | null {
  const known = FRACTIONS[amount];
  if (known) return known;
  const quarters = Number(amount) * 4;
  return Number.isInteger(quarters) && quarters > 0 && quarters <= MAX_QUARTERS ? quarters : null;
}

function daysOf(word: string): number | null | undefined {
  if (/^(ongoing|contd?|continue)$/.test(word)) return null;
  const written = DURATION.exec(word);
  if (written) return Number(written[1]) * (DAYS_OF[written[2] ?? ''] ?? 1);
  const over = /^(\d{1,2})\/(7|52|12)$/.exec(word);
  return over ? Number(over[1]) * (DAYS_UNDER[over[2] ?? ''] ?? 1) : undefined;
}

/** Days from `today` to a day such as `15/12` or `2026-12-15`, both counted. */
function daysUntil(text: string, today: Day): number | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const short = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{2}|\d{4}))?$/.exec(text);
  if (!iso && !short) return null;
  const year = iso?.[1] ?? (short?.[3] ? short[3].padStart(4, '20') : today.slice(0, 4));
  const [month, date] = iso ? [iso[2], iso[3]] : [short?.[2], short?.[1]];
  const day = `${year}-${(month ?? '').padStart(2, '0')}-${(date ?? '').padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day)) return null;
  const days = Math.round((at.getTime() - new Date(`${today}T00:00:00Z`).getTime()) / 86_400_000) + 1;
  // "until 5/1", written in December, is of the coming year.
  return days < 1 && !iso && !short?.[3] ? days + 365 : days;
}

type Part = {
  words: string[];
  strengths: string[];
  form?: MedicineForm;
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

/** Takes a word that says how the medicine is used. @returns false for one that says nothing of it. */
function takeUse(word: string, part: Part, problems: string[]): boolean {
  const dose = DOSE.exec(word);
  const days = daysOf(word);
  const frequency = FREQUENCY_WORDS[word] ?? EVERY[word] ?? PATTERNS[word];
  const [site, meals] = [SITE_WORDS[word], MEAL_WORDS[word]];
  if (dose) {
    const quarters = quartersOf(dose[1] ?? '');
    if (quarters === null) problems.push(`“${word}” is no dose. Write quarters at most, such as ½tab.`);
    else part.quarters = quarters;
    part.form ??= FORM_OF_UNIT[dose[2] ?? ''] ?? 'other';
  } else if (word === 'od') part.isOd = true;
  else if (frequency) part.frequencies.push(frequency);
  else if (site) part.sites.push(site);
  else if (days !== undefined) part.days = days;
  else if (meals) part.meals = meals;
  else if (/^#\d{1,3}$/.test(word)) part.quantity = Number(word.slice(1));
  else if (word === 'nosub') part.isFixed = true;
  else return false;
  return true;
}

function readPart(text: string, today: Day, problems: string[], hasMedicine: boolean): Part {
  const part: Part = { words: [], strengths: [], sites: [], frequencies: [], isFixed: false, isOd: false };
  const words = joined(text).split(/\s+/).filter(Boolean);
  // Name, strength and form come first; what begins after them is how it is used.
  let isMedicine = hasMedicine;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const form = FORM_WORDS[word];
    if (/^(until|till)$/.test(word)) {
      const until = daysUntil(words[++at] ?? '', today);
      if (until === null || until < 1) problems.push('Write the last day as 15/12, after today.');
      else part.days = until;
      isMedicine = false;
    } else if (takeUse(word, part, problems)) isMedicine = false;
    else if (form && !part.form) part.form = form;
    else if (isMedicine && part.words.length > 0 && STRENGTH.test(word)) part.strengths.push(word);
    else if (isMedicine && word !== '%') part.words.push(word);
    else if (!form) problems.push(`What does “${word}” mean? Write notes after a semicolon.`);
  }
  return part;
}

/** Which of its two meanings "od" has here. */
function settleOd(part: Part, isTaper: boolean, problems: string[]): void {
  if (!part.isOd) return;
  const [site] = part.sites;
  if (part.frequencies.length === 0 && (site || isTaper || part.form === 'tablet' || part.form === 'capsule'))
    part.frequencies.push('od');
  else if (part.frequencies.length > 0 && (!site || site === 'right')) part.sites = ['right'];
  else if (part.frequencies.length > 0)
    problems.push('“od” says the right eye here, and another one is written.');
  else problems.push('“od” may be the right eye or once a day: write re, le or be for the eye.');
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
  const sites = [...new Set(head.sites)];
  if (sites.length > 1) problems.push('Write one eye, or be for both.');
  const isSwallowed = head.form === 'tablet' || head.form === 'capsule';
  const site = sites[0] ?? (isSwallowed ? 'oral' : undefined);
  const steps: DoseStep[] = [];
  let quarters = head.quarters ?? 4;
  for (const [index, part] of [head, ...tapers.map((text) => readTaper(text, today, problems))].entries()) {
    const [frequency, second] = [...new Set(part.frequencies)];
    if (second) problems.push('Write how often once.');
    if (!frequency)
      problems.push(index === 0 ? 'Write how often, such as qid.' : 'Write how often in each step.');
    const days = frequency === 'stat' ? 1 : part.days;
    if (days === undefined)
      problems.push(`Write for how long, such as 1w${index > 0 ? ', in each step' : ''}.`);
    if (typeof days === 'number' && days > MAX_DAYS) problems.push('Write at most two years.');
    quarters = part.quarters ?? quarters;
    if (frequency) steps.push({ quarters, frequency, days: days ?? null });
  }
  if (steps.slice(0, -1).some(({ days }) => days === null) && problems.length === 0)
    problems.push('Only the last step may be ongoing.');
  const said = notes.join(';').trim();
  const note = `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
  return {
    line: {
      medicine,
      ...(head.strengths.length > 0 ? { strength: head.strengths.join(' / ') } : {}),
      ...(head.form ? { form: head.form } : {}),
      ...(site ? { site } : {}),
      steps,
      ...(head.meals ? { meals: head.meals } : {}),
      ...(note ? { note } : {}),
      ...(head.quantity ? { quantity: head.quantity } : {}),
      isSubstitutionAllowed: !head.isFixed,
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
