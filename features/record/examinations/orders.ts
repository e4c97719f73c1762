import type { Side } from './policy';

/** What is asked for at a visit: an investigation, or a procedure. */
export const INVESTIGATIONS = [
  ...['OCT macula', 'OCT disc', 'Visual field', 'Fundus photo', 'Fluorescein angiography', 'B-scan'],
  ...['Biometry', 'Pachymetry', 'Topography', 'Specular microscopy', 'Gonioscopy', 'Syringing'],
  ...['Blood sugar', 'HbA1c', 'Blood pressure', 'Blood count', 'MRI brain and orbits', 'CT orbits'],
] as const;
export const PROCEDURES = [
  ...['Cataract surgery', 'YAG capsulotomy', 'YAG iridotomy', 'Selective laser trabeculoplasty'],
  ...['Trabeculectomy', 'Intravitreal injection', 'Panretinal laser', 'Focal laser', 'Barrage laser'],
  ...[
    'Vitrectomy',
    'Pterygium excision',
    'Chalazion incision',
    'DCR',
    'Squint surgery',
    'Corneal transplant',
  ],
] as const;

/**
 * The code that a test or a procedure has on the price list of an eye hospital. A test is charged when its
 * examination is signed, a procedure once it is done; what is done elsewhere, as blood counts are, has none.
 */
export const ORDER_CODES: Readonly<Record<string, string>> = {
  'OCT macula': 'OCT-MAC',
  'OCT disc': 'OCT-NERVE',
  'Visual field': 'FIELD',
  'Fundus photo': 'FUNDUS',
  'Fluorescein angiography': 'FFA',
  'B-scan': 'BSCAN',
  Biometry: 'BIOM',
  Pachymetry: 'PACHY',
  Topography: 'TOPO',
  'Specular microscopy': 'SPEC',
  Gonioscopy: 'GONIO',
  Syringing: 'SYR',
  'YAG capsulotomy': 'YAG-CAP',
  'YAG iridotomy': 'YAG-PI',
  'Panretinal laser': 'PRP',
  'Intravitreal injection': 'IVT',
  Trabeculectomy: 'TRAB',
  Vitrectomy: 'VIT',
  'Pterygium excision': 'PTER',
  'Chalazion incision': 'CHAL',
  DCR: 'DCR',
};

export const URGENCIES = { routine: 'Routine', soon: 'Soon', urgent: 'Urgent' } as const;
type Urgency = keyof typeof URGENCIES;
export const ORDER_KINDS = { investigation: 'Investigation', procedure: 'Procedure' } as const;
export type OrderKind = keyof typeof ORDER_KINDS;

export type Order = { kind: OrderKind; what: string; side: Side; urgency: Urgency; reason?: string };
/** Of one kind in one visit. */
export const MOST_ORDERS = 6;

/** What a doctor says most, to be picked and changed. */
export const ADVICE = [
  'Continue the same drops',
  'Lubricating drops',
  'Lid hygiene and warm compresses',
  'New glasses advised',
  'Good control of blood sugar and pressure',
  'Come at once when the eye is red, painful or sees less',
  'No rubbing of the eyes',
  'Protective glasses outdoors',
] as const;
