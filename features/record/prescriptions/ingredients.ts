import { lookup } from '@/lib/lookup';

/**
 * Which class each ingredient belongs to, as far as a rule of safety speaks of it. Classes by the names of
 * the WHO's ATC groups; brands stand with their ingredient. What is not here is not judged.
 */
export type MedicineClass =
  | 'fluoroquinolone'
  | 'aminoglycoside'
  | 'sulfonamide'
  | 'macrolide'
  | 'chloramphenicol'
  | 'penicillin'
  | 'cephalosporin'
  | 'corticosteroid'
  | 'nsaid'
  | 'beta-blocker'
  | 'carbonic-anhydrase-inhibitor'
  | 'prostaglandin'
  | 'alpha-agonist'
  | 'anticholinergic';

/** Each class in words, for a report. */
export const CLASS_LABEL: Record<MedicineClass, string> = {
  fluoroquinolone: 'Fluoroquinolones',
  aminoglycoside: 'Aminoglycosides',
  sulfonamide: 'Sulfonamides',
  macrolide: 'Macrolides',
  chloramphenicol: 'Chloramphenicol',
  penicillin: 'Penicillins',
  cephalosporin: 'Cephalosporins',
  corticosteroid: 'Corticosteroids',
  nsaid: 'Anti-inflammatory, not steroids',
  'beta-blocker': 'Beta blockers',
  'carbonic-anhydrase-inhibitor': 'Carbonic anhydrase inhibitors',
  prostaglandin: 'Prostaglandins',
  'alpha-agonist': 'Alpha agonists',
  anticholinergic: 'Anticholinergics, dilating',
};

type Ingredient = { classes: readonly MedicineClass[]; brands?: readonly string[] };
const of = (classes: readonly MedicineClass[], ...brands: string[]): Ingredient => ({ classes, brands });

const INGREDIENTS: Readonly<Record<string, Ingredient>> = {
  moxifloxacin: of(['fluoroquinolone'], 'vigamox', 'moxicip'),
  ciprofloxacin: of(['fluoroquinolone'], 'ciplox'),
  ofloxacin: of(['fluoroquinolone']),
  levofloxacin: of(['fluoroquinolone']),
  gatifloxacin: of(['fluoroquinolone'], 'zymar', 'gatiquin'),
  besifloxacin: of(['fluoroquinolone']),
  tobramycin: of(['aminoglycoside'], 'tobrex'),
  gentamicin: of(['aminoglycoside']),
  neomycin: of(['aminoglycoside']),
  amikacin: of(['aminoglycoside']),
  sulfacetamide: of(['sulfonamide']),
  azithromycin: of(['macrolide'], 'azasite'),
  erythromycin: of(['macrolide']),
  chloramphenicol: of(['chloramphenicol'], 'chloromycetin'),
  amoxicillin: of(['penicillin'], 'augmentin'),
  ampicillin: of(['penicillin']),
  cefazolin: of(['cephalosporin']),
  cefuroxime: of(['cephalosporin']),
  cefixime: of(['cephalosporin']),
  prednisolone: of(['corticosteroid'], 'pred forte', 'predforte'),
  dexamethasone: of(['corticosteroid']),
  betamethasone: of(['corticosteroid']),
  difluprednate: of(['corticosteroid'], 'durezol'),
  fluorometholone: of(['corticosteroid'], 'fml'),
  loteprednol: of(['corticosteroid'], 'lotemax'),
  triamcinolone: of(['corticosteroid']),
  methylprednisolone: of(['corticosteroid']),
  ketorolac: of(['nsaid'], 'acular'),
  nepafenac: of(['nsaid'], 'nevanac'),
  bromfenac: of(['nsaid']),
  diclofenac: of(['nsaid']),
  flurbiprofen: of(['nsaid']),
  ibuprofen: of(['nsaid'], 'brufen'),
  aspirin: of(['nsaid']),
  timolol: of(['beta-blocker'], 'combigan', 'cosopt', 'ganfort'),
  betaxolol: of(['beta-blocker']),
  levobunolol: of(['beta-blocker']),
  carteolol: of(['beta-blocker']),
  acetazolamide: of(['carbonic-anhydrase-inhibitor', 'sulfonamide'], 'diamox'),
  methazolamide: of(['carbonic-anhydrase-inhibitor', 'sulfonamide']),
  dorzolamide: of(['carbonic-anhydrase-inhibitor', 'sulfonamide'], 'trusopt', 'cosopt'),
  brinzolamide: of(['carbonic-anhydrase-inhibitor', 'sulfonamide'], 'azopt'),
  latanoprost: of(['prostaglandin'], 'xalatan'),
  travoprost: of(['prostaglandin'], 'travatan'),
  bimatoprost: of(['prostaglandin'], 'lumigan', 'ganfort'),
  tafluprost: of(['prostaglandin']),
  brimonidine: of(['alpha-agonist'], 'alphagan', 'combigan'),
  apraclonidine: of(['alpha-agonist']),
  atropine: of(['anticholinergic']),
  homatropine: of(['anticholinergic']),
  cyclopentolate: of(['anticholinergic']),
  tropicamide: of(['anticholinergic']),
  phenylephrine: of([]),
  carboxymethylcellulose: of([]),
  olopatadine: of([]),
  natamycin: of([]),
  proparacaine: of([]),
  acyclovir: of([]),
  hyaluronate: of([]),
};
export const INGREDIENT_NAMES = Object.keys(INGREDIENTS);
/** "moxi" is moxifloxacin; fewer letters could be anything. */
const SHORTEST_BEGINNING = 4;

/** The known ingredients that a text names: in full, by a brand, or by a beginning that only one has. */
export function ingredientsIn(...texts: (string | null | undefined)[]): string[] {
  const text = texts.filter(Boolean).join(' ').toLowerCase();
  const words = text.split(/[^a-z]+/).filter(Boolean);
  const found = new Set<string>();
  for (const [name, { brands = [] }] of Object.entries(INGREDIENTS))
    if (words.includes(name) || brands.some((brand) => ` ${words.join(' ')} `.includes(` ${brand} `)))
      found.add(name);
  for (const word of words) {
    if (word.length < SHORTEST_BEGINNING) continue;
    const [only, ...others] = INGREDIENT_NAMES.filter((name) => name.startsWith(word));
    if (only && others.length === 0) found.add(only);
  }
  return [...found];
}

export const classesOf = (ingredient: string): readonly MedicineClass[] =>
  lookup(INGREDIENTS, ingredient)?.classes ?? [];
