import { NO_CLASS } from './control-classes';
import type { MedicineForm } from './policy';

/*
 * Classes are those of the Drugs Rules, 1945, of India as updated by CDSCO to September 2024; the number is
 * the serial in the Schedule. Note 2 of Schedule H leaves out preparations for external use, and takes
 * ophthalmic ones with antibiotics or steroids in again; of other eye drops that the list names it does not
 * speak, so they are proposed as the stricter. What no list names, or where we cannot tell, has no class
 * here: the pharmacist is asked, and nothing claims to be free.
 */
type Source = { controlClass: 'h' | 'h1' | typeof NO_CLASS | null; source: string };
const scheduleH = (what: string): Source => ({ controlClass: 'h', source: `Schedule H, ${what}` });
const ANTIBIOTIC = scheduleH('No. 32, antibiotics');
const STEROID = scheduleH('No. 134, corticosteroids');
const UNKNOWN: Source = { controlClass: null, source: 'Not found in Schedules H, H1 and X' };

/**
 * As what India taxes all of them: heading 3004, drugs and medicines, 5 % since 22 September 2025
 * (Notification 9/2025-Central Tax (Rate) of 17 September 2025).
 */
const TAX_CLASS = 'medicine';

export type StarterEntry = Source & {
  /** The ingredient, or both. */
  name: string;
  form: MedicineForm;
  strength: string;
  unit: string;
  /** What is usually in one of the unit. */
  pack: string;
  reorderLevel: number;
};

type More = { level?: number; pack?: string };
const drop = (name: string, strength: string, source: Source, more: More = {}): StarterEntry => ({
  ...{ name, form: 'drop', strength, unit: 'bottle', pack: more.pack ?? '5 ml' },
  ...{ reorderLevel: more.level ?? 10, ...source },
});
const ointment = (name: string, strength: string, source: Source): StarterEntry => ({
  ...{ name, form: 'ointment', strength, unit: 'tube', pack: '5 g', reorderLevel: 5, ...source },
});
const tablet = (name: string, strength: string, source: Source): StarterEntry => ({
  ...{ name, form: 'tablet', strength, unit: 'strip', pack: '10 tablets', reorderLevel: 10, ...source },
});

/** Medicines that most eye clinics keep, by their generic names. */
export const STARTER_FORMULARY: readonly StarterEntry[] = [
  drop('Tropicamide', '1 %', UNKNOWN),
  drop('Tropicamide and phenylephrine', '0.8 % / 5 %', UNKNOWN),
  drop('Phenylephrine', '2.5 %', UNKNOWN, { level: 5 }),
  drop('Cyclopentolate', '1 %', UNKNOWN, { level: 5 }),
  drop('Atropine', '1 %', UNKNOWN, { level: 5 }),
  drop('Homatropine', '2 %', UNKNOWN, { level: 5 }),
  drop('Proparacaine', '0.5 %', UNKNOWN),
  drop(
    'Moxifloxacin',
    '0.5 %',
    { controlClass: 'h1', source: 'Schedule H1, No. 35, which takes in eye drops (G.S.R. 588(E) of 2013)' },
    { level: 20 },
  ),
  drop('Ciprofloxacin', '0.3 %', scheduleH('No. 113')),
  drop('Tobramycin', '0.3 %', scheduleH('No. 503')),
  drop('Natamycin', '5 %', scheduleH('No. 347'), { level: 5 }),
  drop('Prednisolone acetate', '1 %', STEROID, { level: 15 }),
  drop('Dexamethasone', '0.1 %', scheduleH('No. 543')),
  drop('Fluorometholone', '0.1 %', STEROID),
  drop('Loteprednol', '0.5 %', scheduleH('No. 296')),
  drop('Ketorolac', '0.5 %', scheduleH('No. 272')),
  drop('Nepafenac', '0.1 %', UNKNOWN),
  drop('Olopatadine', '0.1 %', UNKNOWN),
  drop('Timolol', '0.5 %', scheduleH('No. 500'), { level: 15 }),
  drop('Latanoprost', '0.005 %', scheduleH('No. 277'), { level: 15, pack: '2.5 ml' }),
  drop('Travoprost', '0.004 %', UNKNOWN, { pack: '2.5 ml' }),
  drop('Brimonidine', '0.2 %', scheduleH('No. 66')),
  drop('Dorzolamide', '2 %', UNKNOWN),
  drop(
    'Carboxymethylcellulose',
    '0.5 %',
    { controlClass: NO_CLASS, source: 'A lubricant, in none of Schedules H, H1 and X' },
    { level: 30, pack: '10 ml' },
  ),
  drop(
    'Sodium hyaluronate',
    '0.1 %',
    { controlClass: null, source: 'Schedule H, No. 460, but Note 2 leaves out what is for external use' },
    { level: 20, pack: '10 ml' },
  ),
  drop('Sodium chloride', '5 %', UNKNOWN, { level: 5, pack: '10 ml' }),
  ointment('Acyclovir', '3 %', scheduleH('No. 9')),
  ointment('Chloramphenicol', '1 %', ANTIBIOTIC),
  ointment('Tobramycin', '0.3 %', scheduleH('No. 503')),
  tablet('Acetazolamide', '250 mg', UNKNOWN),
  tablet('Prednisolone', '10 mg', STEROID),
];

/** What a form would say of an entry in a country: the class and the tax are those of India alone. */
export function starterFacts(entry: StarterEntry, country: string) {
  const { name, form, strength, unit, pack, reorderLevel, controlClass } = entry;
  const facts = { name, form, strength, unit, pack, reorderLevel };
  if (country !== 'IN') return facts;
  return { ...facts, taxClass: TAX_CLASS, ...(controlClass ? { controlClass } : {}) };
}
