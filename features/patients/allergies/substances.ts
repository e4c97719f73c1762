/** A substance that people are allergic to: one ingredient, or a class of them. */
type Substance = {
  key: string;
  label: string;
  /** The classes that it is of, by their keys. */
  of?: readonly string[];
  /** Other words for it, as people write them. */
  also?: readonly string[];
};

/**
 * What eye clinics give and ask about. A class is written so that one allergy against it is found in each of
 * its ingredients; whatever is not here may be written freely and is compared by its words.
 */
export const SUBSTANCES: readonly Substance[] = [
  { key: 'penicillin', label: 'Penicillins', also: ['penicillin', 'penicilin', 'pencillin'] },
  { key: 'amoxicillin', label: 'Amoxicillin', of: ['penicillin'], also: ['amoxycillin', 'augmentin'] },
  { key: 'ampicillin', label: 'Ampicillin', of: ['penicillin'] },
  { key: 'cloxacillin', label: 'Cloxacillin', of: ['penicillin'] },
  { key: 'cephalosporin', label: 'Cephalosporins', also: ['cephalosporin'] },
  { key: 'cefuroxime', label: 'Cefuroxime', of: ['cephalosporin'] },
  { key: 'cefixime', label: 'Cefixime', of: ['cephalosporin'] },
  { key: 'ceftazidime', label: 'Ceftazidime', of: ['cephalosporin'] },
  { key: 'cefazolin', label: 'Cefazolin', of: ['cephalosporin'] },
  { key: 'ceftriaxone', label: 'Ceftriaxone', of: ['cephalosporin'] },
  { key: 'sulfonamide', label: 'Sulfonamides', also: ['sulfa', 'sulpha', 'sulphonamide', 'sulfonamide'] },
  { key: 'sulfacetamide', label: 'Sulfacetamide', of: ['sulfonamide'], also: ['sulphacetamide'] },
  {
    key: 'sulfamethoxazole',
    label: 'Co-trimoxazole',
    of: ['sulfonamide'],
    also: ['cotrimoxazole', 'septran', 'bactrim'],
  },
  { key: 'methazolamide', label: 'Methazolamide', of: ['sulfonamide'] },
  { key: 'acetazolamide', label: 'Acetazolamide', of: ['sulfonamide'], also: ['diamox'] },
  { key: 'dorzolamide', label: 'Dorzolamide', of: ['sulfonamide'] },
  { key: 'brinzolamide', label: 'Brinzolamide', of: ['sulfonamide'] },
  { key: 'fluoroquinolone', label: 'Fluoroquinolones', also: ['quinolone', 'fluoroquinolone'] },
  { key: 'moxifloxacin', label: 'Moxifloxacin', of: ['fluoroquinolone'] },
  { key: 'ofloxacin', label: 'Ofloxacin', of: ['fluoroquinolone'] },
  { key: 'ciprofloxacin', label: 'Ciprofloxacin', of: ['fluoroquinolone'] },
  { key: 'gatifloxacin', label: 'Gatifloxacin', of: ['fluoroquinolone'] },
  { key: 'levofloxacin', label: 'Levofloxacin', of: ['fluoroquinolone'] },
  { key: 'besifloxacin', label: 'Besifloxacin', of: ['fluoroquinolone'] },
  { key: 'aminoglycoside', label: 'Aminoglycosides', also: ['aminoglycoside'] },
  { key: 'tobramycin', label: 'Tobramycin', of: ['aminoglycoside'] },
  { key: 'gentamicin', label: 'Gentamicin', of: ['aminoglycoside'], also: ['gentamycin'] },
  { key: 'neomycin', label: 'Neomycin', of: ['aminoglycoside'] },
  { key: 'amikacin', label: 'Amikacin', of: ['aminoglycoside'] },
  { key: 'macrolide', label: 'Macrolides', also: ['macrolide'] },
  { key: 'azithromycin', label: 'Azithromycin', of: ['macrolide'] },
  { key: 'erythromycin', label: 'Erythromycin', of: ['macrolide'] },
  { key: 'chloramphenicol', label: 'Chloramphenicol' },
  { key: 'olopatadine', label: 'Olopatadine' },
  { key: 'carboxymethylcellulose', label: 'Carboxymethylcellulose', also: ['carmellose', 'cmc'] },
  { key: 'hyaluronate', label: 'Sodium hyaluronate', also: ['hyaluronic acid', 'hyaluronate'] },
  { key: 'polymyxin', label: 'Polymyxin B', also: ['polymyxin b'] },
  { key: 'bacitracin', label: 'Bacitracin' },
  { key: 'vancomycin', label: 'Vancomycin' },
  { key: 'aciclovir', label: 'Aciclovir', also: ['acyclovir'] },
  { key: 'ganciclovir', label: 'Ganciclovir' },
  { key: 'natamycin', label: 'Natamycin' },
  {
    key: 'nsaid',
    label: 'Anti-inflammatory painkillers (NSAID)',
    also: ['nsaid', 'nsaids', 'painkiller', 'painkillers', 'pain killer', 'pain killers'],
  },
  { key: 'aspirin', label: 'Aspirin', of: ['nsaid'], also: ['acetylsalicylic acid'] },
  { key: 'diclofenac', label: 'Diclofenac', of: ['nsaid'] },
  { key: 'ketorolac', label: 'Ketorolac', of: ['nsaid'] },
  { key: 'nepafenac', label: 'Nepafenac', of: ['nsaid'] },
  { key: 'bromfenac', label: 'Bromfenac', of: ['nsaid'] },
  { key: 'flurbiprofen', label: 'Flurbiprofen', of: ['nsaid'] },
  { key: 'ibuprofen', label: 'Ibuprofen', of: ['nsaid'] },
  { key: 'paracetamol', label: 'Paracetamol', also: ['acetaminophen'] },
  { key: 'beta-blocker', label: 'Beta blockers', also: ['beta blocker', 'betablocker'] },
  { key: 'timolol', label: 'Timolol', of: ['beta-blocker'] },
  { key: 'betaxolol', label: 'Betaxolol', of: ['beta-blocker'] },
  { key: 'levobunolol', label: 'Levobunolol', of: ['beta-blocker'] },
  { key: 'carteolol', label: 'Carteolol', of: ['beta-blocker'] },
  { key: 'alpha-agonist', label: 'Alpha agonists', also: ['alpha agonist'] },
  { key: 'brimonidine', label: 'Brimonidine', of: ['alpha-agonist'] },
  { key: 'apraclonidine', label: 'Apraclonidine', of: ['alpha-agonist'] },
  { key: 'prostaglandin', label: 'Prostaglandin drops', also: ['prostaglandin', 'prostaglandin analogue'] },
  { key: 'latanoprost', label: 'Latanoprost', of: ['prostaglandin'] },
  { key: 'bimatoprost', label: 'Bimatoprost', of: ['prostaglandin'] },
  { key: 'travoprost', label: 'Travoprost', of: ['prostaglandin'] },
  { key: 'tafluprost', label: 'Tafluprost', of: ['prostaglandin'] },
  { key: 'pilocarpine', label: 'Pilocarpine' },
  { key: 'netarsudil', label: 'Netarsudil' },
  { key: 'mannitol', label: 'Mannitol' },
  {
    key: 'anticholinergic',
    label: 'Dilating drops (anticholinergic)',
    also: ['dilating drops', 'anticholinergic'],
  },
  { key: 'atropine', label: 'Atropine', of: ['anticholinergic'] },
  { key: 'homatropine', label: 'Homatropine', of: ['anticholinergic'] },
  { key: 'cyclopentolate', label: 'Cyclopentolate', of: ['anticholinergic'] },
  { key: 'tropicamide', label: 'Tropicamide', of: ['anticholinergic'] },
  { key: 'phenylephrine', label: 'Phenylephrine' },
  { key: 'local-anaesthetic', label: 'Local anaesthetics', also: ['local anaesthetic', 'local anesthetic'] },
  { key: 'lidocaine', label: 'Lidocaine', of: ['local-anaesthetic'], also: ['lignocaine', 'xylocaine'] },
  { key: 'bupivacaine', label: 'Bupivacaine', of: ['local-anaesthetic'] },
  {
    key: 'proparacaine',
    label: 'Proparacaine',
    of: ['local-anaesthetic'],
    also: ['proxymetacaine', 'paracain'],
  },
  { key: 'steroid', label: 'Steroids', also: ['steroid', 'corticosteroid'] },
  { key: 'dexamethasone', label: 'Dexamethasone', of: ['steroid'] },
  { key: 'prednisolone', label: 'Prednisolone', of: ['steroid'] },
  { key: 'fluorometholone', label: 'Fluorometholone', of: ['steroid'] },
  { key: 'loteprednol', label: 'Loteprednol', of: ['steroid'] },
  { key: 'difluprednate', label: 'Difluprednate', of: ['steroid'] },
  { key: 'betamethasone', label: 'Betamethasone', of: ['steroid'] },
  { key: 'methylprednisolone', label: 'Methylprednisolone', of: ['steroid'] },
  { key: 'triamcinolone', label: 'Triamcinolone', of: ['steroid'] },
  { key: 'benzalkonium', label: 'Benzalkonium chloride', also: ['benzalkonium', 'bak', 'preservative'] },
  { key: 'povidone-iodine', label: 'Povidone iodine', also: ['povidone iodine', 'betadine', 'iodine'] },
  { key: 'fluorescein', label: 'Fluorescein dye', also: ['fluorescein'] },
  { key: 'indocyanine', label: 'Indocyanine green', also: ['indocyanine green', 'icg'] },
  { key: 'contrast', label: 'Contrast medium', also: ['contrast'] },
  { key: 'latex', label: 'Latex' },
  { key: 'tape', label: 'Adhesive tape', also: ['tape', 'plaster'] },
  { key: 'egg', label: 'Egg', also: ['eggs'] },
  { key: 'dust', label: 'House dust', also: ['dust'] },
  { key: 'pollen', label: 'Pollen' },
];

const fold = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
const wordsFor = ({ key, label, also = [] }: Substance): string[] => [key, label, ...also].map(fold);

const namedIn = (text: string): Substance[] => {
  const folded = fold(text);
  return SUBSTANCES.filter((one) => wordsFor(one).some((word) => folded.includes(word)));
};

/** The keys of what a text names itself: "Moxifloxacin 0.5 %" is moxifloxacin. Empty where none. */
export const namedKeys = (text: string): string[] => namedIn(text).map(({ key }) => key);

/** The classes of what a text names: "Dorzolamide + Timolol" is a sulfonamide and a beta blocker. */
export const classKeys = (text: string): string[] => [...new Set(namedIn(text).flatMap(({ of = [] }) => of))];

/** Substances that begin with what was typed, for a box that proposes. */
export const findSubstances = (typed: string): Substance[] => {
  const words = fold(typed).trim();
  return SUBSTANCES.filter((one) => wordsFor(one).some((word) => word.includes(` ${words}`)));
};

/** `substance`: the patient is allergic to it. `class`: to a relative of it, which often crosses over. */
export type AllergyMatch<T> = { allergy: T; by: 'substance' | 'class' };

const isSameText = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * The allergies that speak against a medicine, by the names of its ingredients. An allergy to a class is one
 * to each of its ingredients.
 * @param ingredients such as the generic name: "Dorzolamide + Timolol"
 */
export function allergiesAgainst<T extends { substance: string }>(
  allergies: readonly T[],
  ingredients: readonly string[],
): AllergyMatch<T>[] {
  const classes = new Set(ingredients.flatMap(classKeys));
  const keys = new Set([...ingredients.flatMap(namedKeys), ...classes]);
  return allergies.flatMap((allergy): AllergyMatch<T>[] => {
    const { substance } = allergy;
    if (
      ingredients.some((one) => isSameText(one, substance)) ||
      namedKeys(substance).some((key) => keys.has(key))
    )
      return [{ allergy, by: 'substance' }];
    return classKeys(substance).some((key) => classes.has(key)) ? [{ allergy, by: 'class' }] : [];
  });
}
