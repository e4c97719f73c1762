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
  moxifloxacin: of(['fluoroquinolone'], 'vigamox', 'moxicip', 'milflox', 'mahaflox', 'apdrops'),
  ciprofloxacin: of(['fluoroquinolone'], 'ciplox', 'cifran', 'ciprobid', 'zoxan'),
  ofloxacin: of(['fluoroquinolone'], 'exocin', 'oflox', 'zenflox', 'zanocin'),
  levofloxacin: of(['fluoroquinolone']),
  gatifloxacin: of(['fluoroquinolone'], 'zymar', 'gatiquin', 'zigat'),
  besifloxacin: of(['fluoroquinolone']),
  tobramycin: of(['aminoglycoside'], 'tobrex', 'tobradex', 'zylet'),
  gentamicin: of(['aminoglycoside'], 'garamycin', 'genticyn'),
  neomycin: of(['aminoglycoside'], 'neosporin', 'maxitrol'),
  amikacin: of(['aminoglycoside']),
  sulfacetamide: of(['sulfonamide'], 'albucid', 'locula'),
  azithromycin: of(['macrolide'], 'azasite', 'azithral', 'azee', 'zithromax'),
  erythromycin: of(['macrolide']),
  chloramphenicol: of(['chloramphenicol'], 'chloromycetin', 'paraxin', 'vanmycetin', 'ocupol', 'pyrimon'),
  amoxicillin: of(['penicillin'], 'augmentin', 'novamox', 'clavam'),
  ampicillin: of(['penicillin']),
  cefazolin: of(['cephalosporin']),
  cefuroxime: of(['cephalosporin'], 'ceftum', 'zinnat'),
  cefixime: of(['cephalosporin'], 'taxim', 'zifi'),
  prednisolone: of(['corticosteroid'], 'pred forte', 'predforte', 'predmet', 'omnacortil', 'wysolone'),
  dexamethasone: of(['corticosteroid'], 'decadron', 'maxidex', 'tobradex', 'maxitrol', 'pyrimon'),
  betamethasone: of(['corticosteroid'], 'betnesol', 'betnelan'),
  difluprednate: of(['corticosteroid'], 'durezol'),
  fluorometholone: of(['corticosteroid'], 'fml', 'flarex'),
  loteprednol: of(['corticosteroid'], 'lotemax', 'lotepred', 'loteflam', 'zylet'),
  triamcinolone: of(['corticosteroid'], 'kenalog', 'aurocort', 'tricort'),
  methylprednisolone: of(['corticosteroid'], 'medrol', 'solumedrol'),
  ketorolac: of(['nsaid'], 'acular', 'acuvail', 'ketlur', 'toradol'),
  nepafenac: of(['nsaid'], 'nevanac', 'nepalact', 'nepaflam'),
  bromfenac: of(['nsaid'], 'bromday', 'megabrom', 'xibrom'),
  diclofenac: of(['nsaid'], 'voveran', 'voltaren'),
  flurbiprofen: of(['nsaid'], 'ocufen', 'ocuflur', 'froben'),
  ibuprofen: of(['nsaid'], 'brufen', 'combiflam', 'ibugesic', 'advil'),
  aspirin: of(['nsaid'], 'ecosprin', 'disprin'),
  timolol: of(
    ['beta-blocker'],
    'combigan',
    'cosopt',
    'ganfort',
    'glucomol',
    'timolet',
    'iotim',
    'timoptic',
    'xalacom',
    'duotrav',
    'azarga',
  ),
  betaxolol: of(['beta-blocker'], 'betoptic', 'optipres'),
  levobunolol: of(['beta-blocker'], 'betagan'),
  carteolol: of(['beta-blocker']),
  acetazolamide: of(['carbonic-anhydrase-inhibitor', 'sulfonamide'], 'diamox', 'iopar'),
  methazolamide: of(['carbonic-anhydrase-inhibitor', 'sulfonamide']),
  dorzolamide: of(['carbonic-anhydrase-inhibitor', 'sulfonamide'], 'trusopt', 'dorzox', 'cosopt'),
  brinzolamide: of(['carbonic-anhydrase-inhibitor', 'sulfonamide'], 'azopt', 'azarga', 'simbrinza'),
  latanoprost: of(['prostaglandin'], 'xalatan', 'xalacom', 'latoprost'),
  travoprost: of(['prostaglandin'], 'travatan', 'duotrav'),
  bimatoprost: of(['prostaglandin'], 'lumigan', 'ganfort', 'careprost'),
  tafluprost: of(['prostaglandin'], 'taflotan', 'saflutan', 'zioptan'),
  brimonidine: of(['alpha-agonist'], 'alphagan', 'combigan', 'brimosun', 'iobrim', 'simbrinza'),
  apraclonidine: of(['alpha-agonist']),
  atropine: of(['anticholinergic']),
  homatropine: of(['anticholinergic'], 'homide'),
  cyclopentolate: of(['anticholinergic'], 'cyclogyl', 'pentolate'),
  tropicamide: of(['anticholinergic'], 'mydriacyl', 'tropicacyl'),
  phenylephrine: of([], 'tropicacyl plus', 'drosyn'),
  carboxymethylcellulose: of([], 'refresh tears'),
  olopatadine: of([], 'patanol', 'pataday', 'winolap'),
  natamycin: of([], 'natacyn', 'natamet'),
  proparacaine: of([], 'alcaine', 'paracain', 'paracaine'),
  acyclovir: of([], 'zovirax', 'acivir'),
  hyaluronate: of([]),
  paracetamol: of([], 'dolo', 'crocin', 'calpol'),
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
