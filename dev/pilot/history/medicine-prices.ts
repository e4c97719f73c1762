/** What a bottle, tube or strip costs: rupees in India, elsewhere the units of the country. */
const PRICES: Readonly<Record<string, readonly [india: number, elsewhere: number]>> = {
  Tropicamide: [48, 9],
  'Tropicamide and phenylephrine': [72, 12],
  Phenylephrine: [88, 14],
  Cyclopentolate: [76, 13],
  Atropine: [42, 11],
  Homatropine: [46, 11],
  Proparacaine: [64, 12],
  Moxifloxacin: [118, 28],
  Ciprofloxacin: [34, 15],
  Tobramycin: [62, 19],
  Natamycin: [146, 58],
  'Prednisolone acetate': [58, 24],
  Dexamethasone: [32, 16],
  Fluorometholone: [74, 27],
  Loteprednol: [156, 64],
  Ketorolac: [86, 22],
  Nepafenac: [188, 72],
  Olopatadine: [142, 29],
  Timolol: [56, 14],
  Latanoprost: [328, 31],
  Travoprost: [412, 68],
  Brimonidine: [214, 26],
  Dorzolamide: [246, 34],
  Carboxymethylcellulose: [134, 16],
  'Sodium hyaluronate': [212, 24],
  'Sodium chloride': [98, 18],
  Acyclovir: [68, 32],
  Chloramphenicol: [44, 17],
  Acetazolamide: [52, 21],
  Prednisolone: [28, 12],
};

/** As it is typed into the form. */
export const medicinePrice = (name: string, country: string): string =>
  String((PRICES[name] ?? [60, 15])[country === 'IN' ? 0 : 1]);
