// What a lens is made of and used for, as optical shops order it. Browsers load it.

export const MATERIALS = {
  'cr-39': 'CR-39 plastic',
  polycarbonate: 'Polycarbonate',
  trivex: 'Trivex',
  'high-index': 'High index',
  glass: 'Glass',
} as const;
export type LensMaterial = keyof typeof MATERIALS;

/** Refractive index: the higher, the thinner. */
export const INDEXES = {
  '1.50': '1.50',
  '1.53': '1.53',
  '1.56': '1.56',
  '1.59': '1.59',
  '1.60': '1.60',
  '1.67': '1.67',
  '1.74': '1.74',
  '1.80': '1.80',
  '1.90': '1.90',
} as const;
export type LensIndex = keyof typeof INDEXES;

export const COATINGS = {
  'anti-reflection': 'Anti-reflection',
  scratch: 'Scratch resistant',
  uv: 'UV protection',
  blue: 'Blue light filter',
  water: 'Water and dirt repellent',
  mirror: 'Mirror',
} as const;
export type LensCoating = keyof typeof COATINGS;

export const TINTS = {
  'photochromic-grey': 'Photochromic, grey',
  'photochromic-brown': 'Photochromic, brown',
  'light-grey': 'Grey, light',
  'dark-grey': 'Grey, dark',
  'light-brown': 'Brown, light',
  'dark-brown': 'Brown, dark',
  green: 'Green',
  yellow: 'Yellow',
  polarised: 'Polarised',
} as const;
export type LensTint = keyof typeof TINTS;

export const USES = {
  constant: 'All the time',
  far: 'For far: driving, television',
  near: 'For reading and near work',
  screen: 'For the screen',
  needed: 'When needed',
  safety: 'Safety at work',
} as const;
export type LensUse = keyof typeof USES;
