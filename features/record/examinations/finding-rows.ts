import type { Eye } from './eyes';

type Row = {
  key: string;
  label: string;
  /** What "n" writes. */
  normal: string;
  picks: readonly string[];
  /** A figure in tenths, or in twentieths, instead of words. */
  range?: { least: number; most: number; perUnit?: 20 };
};

/** What could not be looked at; a value of its own, not an empty row. */
export const NOT_SEEN = 'Could not be seen';

/** The eye from front to back, a row each: what is normal, and the words that are picked most. */
export const FINDING_ROWS: readonly Row[] = [
  {
    key: 'lids',
    label: 'Lids',
    normal: 'Normal',
    picks: ['Blepharitis', 'MGD', 'Ptosis', 'Entropion', 'Ectropion', 'Chalazion', 'Stye', 'Trichiasis'],
  },
  {
    key: 'lacrimal',
    label: 'Lacrimal system',
    normal: 'Normal',
    picks: ['Regurgitation', 'Sac swelling', 'Patent on syringing', 'Blocked on syringing'],
  },
  {
    key: 'conjunctiva',
    label: 'Conjunctiva',
    normal: 'Quiet',
    picks: [
      'Congestion',
      'Circumciliary congestion',
      'Papillae',
      'Follicles',
      'Pterygium',
      'Pinguecula',
      'Subconjunctival haemorrhage',
      'Bleb',
    ],
  },
  {
    key: 'cornea',
    label: 'Cornea',
    normal: 'Clear',
    picks: [
      'Punctate staining',
      'Epithelial defect',
      'Ulcer',
      'Infiltrate',
      'Scar',
      'Oedema',
      'Keratic precipitates',
      'Arcus',
      'Guttae',
      'Foreign body',
    ],
  },
  {
    key: 'chamber',
    label: 'Anterior chamber',
    normal: 'Deep and quiet',
    picks: ['Shallow', 'Cells 1+', 'Cells 2+', 'Flare 1+', 'Flare 2+', 'Hypopyon', 'Hyphaema'],
  },
  {
    key: 'van-herick',
    label: 'Van Herick',
    normal: 'Grade 4',
    picks: ['Grade 0', 'Grade 1', 'Grade 2', 'Grade 3', 'Grade 4'],
  },
  {
    key: 'angle',
    label: 'Gonioscopy',
    normal: 'Open in all quadrants',
    picks: [
      'Superior closed',
      'Nasal closed',
      'Inferior closed',
      'Temporal closed',
      'PAS',
      'Pigment 2+',
      'Pigment 3+',
      'Neovascularisation',
    ],
  },
  {
    key: 'iris',
    label: 'Iris',
    normal: 'Normal',
    picks: ['Iridotomy, patent', 'Rubeosis', 'Posterior synechiae', 'Pseudoexfoliation', 'Atrophy'],
  },
  {
    key: 'lens',
    label: 'Lens',
    normal: 'Clear',
    picks: [
      'Nuclear sclerosis 1+',
      'Nuclear sclerosis 2+',
      'Nuclear sclerosis 3+',
      'Cortical cataract',
      'Posterior subcapsular cataract',
      'Mature cataract',
      'PCIOL',
      'PCIOL with PCO',
      'Aphakia',
    ],
  },
  { key: 'locs-nuclear', label: 'LOCS III nuclear', normal: '', picks: [], range: { least: 1, most: 69 } },
  { key: 'locs-cortical', label: 'LOCS III cortical', normal: '', picks: [], range: { least: 1, most: 59 } },
  {
    key: 'locs-posterior',
    label: 'LOCS III posterior',
    normal: '',
    picks: [],
    range: { least: 1, most: 59 },
  },
  {
    key: 'vitreous',
    label: 'Vitreous',
    normal: 'Clear',
    picks: ['PVD', 'Syneresis', 'Floaters', 'Haemorrhage', 'Cells', 'Asteroid hyalosis'],
  },
  {
    key: 'disc',
    label: 'Disc',
    normal: 'Healthy, pink',
    picks: [
      'Pale',
      'Oedema',
      'Inferior notch',
      'Superior notch',
      'Bipolar notch',
      'Disc haemorrhage',
      'Peripapillary atrophy',
      'Glaucomatous cupping',
      'NVD',
    ],
  },
  {
    key: 'cup',
    label: 'Cup/disc, vertical',
    normal: '',
    picks: [],
    range: { least: 0, most: 20, perUnit: 20 },
  },
  {
    key: 'cup-lens',
    label: 'Cup/disc seen with',
    // Two lenses show two sizes of the same disc: which one it was is said or left open, and never assumed.
    normal: '',
    picks: ['90 D', '78 D', '66 D', '60 D', 'Superfield', '20 D, indirect', 'Direct ophthalmoscope', 'OCT'],
  },
  {
    key: 'macula',
    label: 'Macula',
    normal: 'Foveal reflex present',
    picks: [
      'Dull reflex',
      'Drusen',
      'Early AMD',
      'Intermediate AMD',
      'Neovascular AMD',
      'Geographic atrophy',
      'Oedema',
      'CSME',
      'Haemorrhage',
      'Exudates',
      'Epiretinal membrane',
      'Hole',
      'Scar',
      'RPE changes',
    ],
  },
  {
    key: 'retinopathy',
    label: 'Diabetic retinopathy',
    normal: 'None',
    // By the international scale; and by the grades of screening, retinopathy and maculopathy.
    picks: [
      ...['Mild NPDR', 'Moderate NPDR', 'Severe NPDR', 'PDR', 'High-risk PDR', 'PRP done'],
      ...['R0 M0', 'R1 M0', 'R1 M1', 'R2 M0', 'R2 M1', 'R3A', 'R3S'],
    ],
  },
  {
    key: 'vessels',
    label: 'Vessels',
    normal: 'Normal',
    picks: ['Attenuated', 'AV nicking', 'Tortuous', 'CRVO', 'BRVO', 'CRAO', 'NVE'],
  },
  {
    key: 'periphery',
    label: 'Periphery',
    normal: 'Attached, no breaks',
    picks: [
      ...['Lattice', 'Hole', 'Horseshoe tear', 'Detachment', 'Laser scars', 'PRP scars'],
      ...['ROP zone I', 'ROP zone II', 'ROP zone III', 'ROP stage 1', 'ROP stage 2', 'ROP stage 3'],
      ...['ROP stage 4', 'ROP stage 5', 'Plus disease'],
    ],
  },
];
export type FindingRow = (typeof FINDING_ROWS)[number];
export type Findings = Record<string, Partial<Record<Eye, string>>>;

/** What people write before a grade, and after the cup: "NO3", "0.7:1". */
const AROUND: Readonly<Record<string, RegExp>> = {
  'locs-nuclear': /^n[oc] ?/i,
  'locs-cortical': /^c ?/i,
  'locs-posterior': /^p ?/i,
  cup: / ?[:/] ?1(?:\.0)?$/,
};

/** What the short hand of a row means: "n" is its normal, "x" that it could not be seen. */
export function findingAsUnderstood({ key, normal, range }: FindingRow, typed: string): string {
  const text = typed.trim();
  if (/^n$/i.test(text) && normal) return normal;
  if (/^(x|nv|no view)$/i.test(text)) return NOT_SEEN;
  if (!range) return text;
  // "0.7:1" and ".7" are "0.7"; a whole number is itself, as a grade of a lens is.
  const figure = text.replace(AROUND[key] ?? '', '');
  return /^\.\d\d?$/.test(figure) ? `0${figure}` : figure;
}

/** A finding as it is stored, or the sentence that says what to write instead. */
export function readFinding(row: FindingRow, typed: string): string | { problem: string } {
  const text = findingAsUnderstood(row, typed);
  if (!row.range || text === NOT_SEEN) return text;
  const { least, most, perUnit = 10 } = row.range;
  const value = /^\d(?:\.\d\d?)?$/.test(text) ? Number(text) : Number.NaN;
  const steps = Math.round(value * perUnit);
  const isInSteps = Math.abs(value * perUnit - steps) < 1e-6;
  if (isInSteps && steps >= least && steps <= most)
    return value.toFixed(steps % (perUnit / 10) === 0 ? 1 : 2);
  const [from, to] = [least, most].map((one) => (one / perUnit).toFixed(1));
  const inWords = perUnit === 10 ? 'in tenths' : 'in steps of 0.05';
  return { problem: `Write ${from} to ${to} ${inWords}, or x when it could not be seen.` };
}
