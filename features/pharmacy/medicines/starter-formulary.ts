import type { MedicineForm } from './policy';

type Entry = { name: string; form: MedicineForm; strength: string; unit: string; reorderLevel: number };

const drop = (name: string, strength: string, reorderLevel = 10): Entry => ({
  name,
  form: 'drop',
  strength,
  unit: 'bottle',
  reorderLevel,
});
const ointment = (name: string, strength: string): Entry => ({
  name,
  form: 'ointment',
  strength,
  unit: 'tube',
  reorderLevel: 5,
});
const tablet = (name: string, strength: string): Entry => ({
  name,
  form: 'tablet',
  strength,
  unit: 'strip',
  reorderLevel: 10,
});

/** Medicines that most eye clinics keep, by their generic names. */
export const STARTER_FORMULARY: readonly Entry[] = [
  drop('Tropicamide', '1 %'),
  drop('Tropicamide and phenylephrine', '0.8 % / 5 %'),
  drop('Phenylephrine', '2.5 %', 5),
  drop('Cyclopentolate', '1 %', 5),
  drop('Atropine', '1 %', 5),
  drop('Homatropine', '2 %', 5),
  drop('Proparacaine', '0.5 %'),
  drop('Moxifloxacin', '0.5 %', 20),
  drop('Ciprofloxacin', '0.3 %'),
  drop('Tobramycin', '0.3 %'),
  drop('Natamycin', '5 %', 5),
  drop('Prednisolone acetate', '1 %', 15),
  drop('Dexamethasone', '0.1 %'),
  drop('Fluorometholone', '0.1 %'),
  drop('Loteprednol', '0.5 %'),
  drop('Ketorolac', '0.5 %'),
  drop('Nepafenac', '0.1 %'),
  drop('Olopatadine', '0.1 %'),
  drop('Timolol', '0.5 %', 15),
  drop('Latanoprost', '0.005 %', 15),
  drop('Travoprost', '0.004 %'),
  drop('Brimonidine', '0.2 %'),
  drop('Dorzolamide', '2 %'),
  drop('Carboxymethylcellulose', '0.5 %', 30),
  drop('Sodium hyaluronate', '0.1 %', 20),
  drop('Sodium chloride', '5 %', 5),
  ointment('Acyclovir', '3 %'),
  ointment('Chloramphenicol', '1 %'),
  ointment('Tobramycin', '0.3 %'),
  tablet('Acetazolamide', '250 mg'),
  tablet('Prednisolone', '10 mg'),
];
