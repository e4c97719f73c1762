import { describe, expect, it } from 'vitest';
import { medicineTaxClass, taxClassesOf } from '@/features/cashier/price-list/taxes';
import { controlClassOf, isClassKnown, NO_CLASS } from '@/features/pharmacy/medicines/control-classes';
import { STARTER_FORMULARY, starterFacts } from '@/features/pharmacy/medicines/starter-formulary';
import { starterOffer } from './policy';

const entryOf = (name: string) => {
  const entry = STARTER_FORMULARY.find((one) => one.name === name);
  if (!entry) throw new Error(`${name} is not on the list`);
  return entry;
};
const NOTHING = { controlClass: null, taxClass: null, pack: null };

describe('the list to begin with', () => {
  it('says pack, tax and where the class is from of every medicine', () => {
    for (const entry of STARTER_FORMULARY) {
      expect(entry.pack, entry.name).toMatch(/^\d/);
      expect(entry.source, entry.name).toMatch(/Schedule/);
      const facts = starterFacts(entry, 'IN');
      expect(taxClassesOf('IN'), entry.name).toHaveProperty((facts as { taxClass: string }).taxClass);
      if (entry.controlClass) expect(isClassKnown('IN', entry.controlClass), entry.name).toBe(true);
    }
  });

  it('has antibiotics and steroids on prescription, moxifloxacin in a register, and claims nothing it cannot', () => {
    const onPaper = [
      ...['Moxifloxacin', 'Ciprofloxacin', 'Tobramycin', 'Natamycin', 'Chloramphenicol'],
      ...['Prednisolone acetate', 'Prednisolone', 'Dexamethasone', 'Fluorometholone', 'Loteprednol'],
    ];
    for (const name of onPaper)
      expect(controlClassOf('IN', entryOf(name).controlClass)?.needsPrescription, name).toBe(true);
    expect(controlClassOf('IN', entryOf('Moxifloxacin').controlClass)?.hasRegister).toBe(true);
    // One medicine alone is said to have no class; the rest of those without are asked about.
    const free = STARTER_FORMULARY.filter(({ controlClass }) => controlClass === NO_CLASS);
    expect(free.map(({ name }) => name)).toEqual(['Carboxymethylcellulose']);
  });

  it('speaks of the law of India in India alone', () => {
    expect(starterFacts(entryOf('Timolol'), 'US')).not.toHaveProperty('controlClass');
    expect(starterFacts(entryOf('Timolol'), 'US')).not.toHaveProperty('taxClass');
    expect(medicineTaxClass('IN', 'medicine')).toBe('medicine');
  });
});

describe('what is offered', () => {
  it('is what nobody has said, and never what somebody has', () => {
    const offer = starterOffer({ ...NOTHING, controlClass: 'h1', pack: '5 ml' }, entryOf('Timolol'), 'IN');
    expect(offer.set).toEqual({ taxClass: 'medicine' });
    expect(offer.otherwise).toMatchObject([
      { field: 'controlClass', own: 'Schedule H1', value: 'Schedule H' },
    ]);
  });

  it('names the source of a class, and asks where there is none', () => {
    const { offered } = starterOffer(NOTHING, entryOf('Moxifloxacin'), 'IN');
    expect(offered[0]).toMatchObject({ value: 'Schedule H1', source: expect.stringContaining('No. 35') });
    expect(starterOffer(NOTHING, entryOf('Atropine'), 'IN')).toMatchObject({
      ...{ isClassOpen: true, set: { taxClass: 'medicine', pack: '5 ml' } },
    });
    const said = { ...NOTHING, controlClass: NO_CLASS };
    expect(starterOffer(said, entryOf('Atropine'), 'IN').isClassOpen).toBe(false);
  });
});
