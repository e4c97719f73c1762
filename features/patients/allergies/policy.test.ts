import { describe, expect, it } from 'vitest';
import { allergiesAgainst, findSubstances, SUBSTANCES } from './substances';

const against = (substance: string, ...ingredients: string[]) =>
  allergiesAgainst([{ substance }], ingredients).map(({ by }) => by);

describe('an allergy against a medicine', () => {
  it('is found by the ingredient, however strength and company are written', () => {
    expect(against('Moxifloxacin', 'Moxifloxacin 0.5%')).toEqual(['substance']);
    expect(against('timolol', 'Dorzolamide + Timolol')).toEqual(['substance']);
    expect(against('Lignocaine', 'Lidocaine 2%')).toEqual(['substance']);
  });

  it('to a class is one to each of its ingredients', () => {
    expect(against('Sulfa drugs', 'Dorzolamide 2%')).toEqual(['substance']);
    expect(against('Penicillin', 'Amoxicillin')).toEqual(['substance']);
    expect(against('Penicillin', 'Cefuroxime')).toEqual([]);
  });

  it('to one ingredient speaks of its relatives as relatives', () => {
    expect(against('Ofloxacin', 'Moxifloxacin')).toEqual(['class']);
    expect(against('Ofloxacin', 'Tobramycin')).toEqual([]);
  });

  it('that is not in the list is compared by its words', () => {
    expect(against('Rose water', 'rose water ')).toEqual(['substance']);
    expect(against('Rose water', 'Rose')).toEqual([]);
  });
});

describe('the list of substances', () => {
  it('names each once, and no class that is not in it', () => {
    const keys = SUBSTANCES.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(SUBSTANCES.flatMap(({ of = [] }) => of).filter((key) => !keys.includes(key))).toEqual([]);
  });

  it('is found by the beginning of any word for it', () => {
    expect(findSubstances('xylo').map(({ label }) => label)).toEqual(['Lidocaine']);
    expect(findSubstances('sulf').map(({ key }) => key)).toContain('sulfonamide');
  });
});
