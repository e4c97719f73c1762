import { describe, expect, it } from 'vitest';
import { classKeys, namedKeys, SUBSTANCES } from '@/features/patients/allergies/substances';
import { STARTER_FORMULARY } from '@/features/pharmacy/medicines/starter-formulary';
import { classesOf, INGREDIENT_NAMES, ingredientsIn } from './ingredients';
import { checkSafety, NOTHING_KNOWN, type SafetyFacts } from './safety';

const line = (name: string, id = '1') => ({ id, name });
const found = (name: string, facts: Partial<SafetyFacts>, current: string[] = []) =>
  checkSafety(
    [line(name)],
    { ...NOTHING_KNOWN, ...facts },
    current.map((one, index) => line(one, `c${index}`)),
  ).map(({ rule, severity }) => `${rule}:${severity}`);
const allergic = (...substances: string[]) => ({ allergies: substances.map((substance) => ({ substance })) });

describe('what speaks against a medicine', () => {
  it.each([
    ['Moxifloxacin', allergic('Moxifloxacin'), ['allergy:stop']],
    ['Vigamox', allergic('moxifloxacin'), ['allergy:stop']],
    ['moxi', allergic('Ciprofloxacin'), ['allergy:stop']],
    ['Dorzolamide', allergic('sulfa drugs'), ['allergy:stop']],
    ['Acetazolamide', allergic('Sulphonamides'), ['allergy:stop']],
    ['Ketorolac', allergic('Aspirin'), ['allergy:stop']],
    ['Betamethasone', allergic('Steroids'), ['allergy:stop']],
    ['Methylprednisolone', allergic('Prednisolone'), ['allergy:stop']],
    ['Carteolol', allergic('beta blockers'), ['allergy:stop']],
    ['Methazolamide', allergic('sulfa'), ['allergy:stop']],
    // As people in the clinic say it: by the brand, of the medicine and of the allergy.
    ['Vigamox', allergic('ciplox'), ['allergy:stop']],
    ['Ciplox', allergic('Milflox'), ['allergy:stop']],
    ['Dorzox', allergic('Sulfa'), ['allergy:stop']],
    ['Simbrinza', allergic('Septran'), ['allergy:stop']],
    ['Diamox', allergic('Bactrim'), ['allergy:stop']],
    ['Nepalact', allergic('Brufen'), ['allergy:stop']],
    ['Ketorolac', allergic('Pain killers'), ['allergy:stop']],
    ['Iotim', allergic('Timolol'), ['allergy:stop']],
    ['Iotim', { conditions: ['Asthma'] }, ['beta-blocker-airways:stop']],
    ['Brimosun', allergic('Alphagan'), ['allergy:stop']],
    ['Dolo 650', allergic('Paracetamol'), ['allergy:stop']],
    ['Crocin', allergic('Dolo'), ['allergy:stop']],
    ['Augmentin', allergic('Penicilin'), ['allergy:stop']],
    ['Paracaine', allergic('Proparacaine'), ['allergy:stop']],
    // A name that no list knows still is the same name.
    ['Xyzolone', allergic('xyzolone'), ['allergy:stop']],
    ['Timolol', { conditions: ['Bronchial asthma since childhood'] }, ['beta-blocker-airways:stop']],
    ['Timolol', { conditions: ['First degree heart block'] }, ['beta-blocker-heart:stop']],
    ['Timolol', { conditions: ['Bradycardia, pacemaker advised'] }, ['beta-blocker-heart:stop']],
    ['Timolol', { conditions: ['CHF since 2020'] }, ['beta-blocker-heart:stop']],
    ['Timolol', { conditions: ['Cardiac failure'] }, ['beta-blocker-heart:stop']],
    ['Prednisolone acetate', { pressure: 22 }, ['steroid-pressure:warn']],
    ['Prednisolone acetate', { conditions: ['Steroid responder'] }, ['steroid-responder:stop']],
  ])('%s', (name, facts, expected) => {
    expect(found(name, facts)).toEqual(expected);
  });

  it.each([
    ['Moxifloxacin', allergic('Timolol')],
    ['Moxifloxacin', allergic('Dust', 'Peanuts', 'Latex')],
    ['Prednisolone acetate', { pressure: 21 }],
    ['Prednisolone acetate', { pressure: null }],
    ['Latanoprost', { conditions: ['Asthma'], pressure: 30 }],
    ['Tobramycin', allergic('Sulfa')],
  ])('is nothing without a rule: %s', (name, facts) => {
    expect(found(name, facts)).toEqual([]);
  });

  it('is the same ingredient twice, on the sheet or with what the patient has', () => {
    expect(found('Combigan', {}, ['Timolol 0.5 %'])).toEqual(['duplicate:warn']);
    const twice = checkSafety([line('Timolol'), line('Cosopt', '2')], NOTHING_KNOWN);
    expect(twice.map(({ lineId }) => lineId)).toEqual(['2']);
    const inEyes = (first: 'right' | 'left' | 'both', second: 'right' | 'left' | 'both') =>
      checkSafety(
        [
          { ...line('Timolol'), site: first },
          { ...line('Timolol', '2'), site: second },
        ],
        NOTHING_KNOWN,
      ).length;
    expect([inEyes('right', 'left'), inEyes('left', 'right'), inEyes('right', 'right')]).toEqual([0, 0, 1]);
    expect([inEyes('both', 'left'), inEyes('right', 'both')]).toEqual([1, 1]);
  });

  it('says where it is written', () => {
    const [finding] = checkSafety([line('Timolol')], { ...NOTHING_KNOWN, conditions: ['Asthma'] });
    expect(finding?.sentence).toContain('known: Asthma');
    expect(finding?.source).toContain('prescribing information');
  });
});

it('knows an ingredient by its name, its brand, or a beginning that only one has', () => {
  expect(ingredientsIn('Tropicamide and phenylephrine 0.8 % / 5 %')).toEqual([
    'tropicamide',
    'phenylephrine',
  ]);
  expect(ingredientsIn('moxi')).toEqual(['moxifloxacin']);
  // Betamethasone or betaxolol: nobody knows.
  expect(ingredientsIn('beta')).toEqual([]);
  expect(ingredientsIn('pred')).toEqual(['prednisolone']);
});

describe('the ingredients that rules know', () => {
  /** Where the list of allergies has another word for the class. */
  const WORD: Record<string, string> = { corticosteroid: 'steroid' };
  const allergyClasses = new Set(SUBSTANCES.map(({ key }) => key));
  const classesIn = (name: string) =>
    classesOf(name)
      .map((one) => WORD[one] ?? one)
      .filter((key) => allergyClasses.has(key) && key !== name);

  it.each(INGREDIENT_NAMES)('%s is in the list of allergies, with its classes', (name) => {
    expect(namedKeys(name)).not.toEqual([]);
    expect(classKeys(name)).toEqual(expect.arrayContaining(classesIn(name)));
  });

  it.each(STARTER_FORMULARY.map(({ name }) => name).filter((name) => name !== 'Sodium chloride'))(
    '%s of the formulary is known to both',
    (name) => {
      expect(ingredientsIn(name)).not.toEqual([]);
      expect(namedKeys(name)).not.toEqual([]);
    },
  );
});
