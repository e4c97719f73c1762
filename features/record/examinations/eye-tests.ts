import type { Eye } from './eyes';

type Box = {
  /** Part of the name of its field. */
  key: string;
  label: string;
  /** On the sheet, where the name has one line; elsewhere it is written out. */
  short?: string;
  /** One box for each eye, or one for both together. */
  of: 'eye' | 'both';
  unit?: string;
  /** A figure in these bounds and steps; without it words. */
  range?: { least: number; most: number; step: number };
  choices?: readonly string[];
};
export type TestGroup = { key: string; title: string; boxes: readonly Box[] };

/** A box for a figure: from the least to the most, in steps. */
const figure = (
  key: string,
  label: string,
  of: Box['of'],
  unit: string,
  least: number,
  most: number,
  step = 1,
): Box => ({ key, label, of, unit, range: { least, most, step } });

/** What is measured when somebody wants it: opened by its title, and stored as it is written here. */
export const TEST_GROUPS: readonly TestGroup[] = [
  {
    key: 'pupils',
    title: 'Pupils',
    boxes: [
      {
        key: 'pupil',
        label: 'Reaction',
        of: 'eye',
        choices: ['Normal', 'RAPD', 'Sluggish', 'Fixed', 'Adie', 'Argyll Robertson'],
      },
      figure('pupil-size', 'Size', 'eye', 'mm', 0.5, 10, 0.5),
    ],
  },
  {
    key: 'motility',
    title: 'Movements and cover test',
    boxes: [
      { key: 'movements', label: 'Movements', of: 'eye', choices: ['Full', 'Restricted'] },
      {
        key: 'cover-far',
        label: 'Cover test, far',
        of: 'both',
        choices: [
          'Orthophoria',
          'Exophoria',
          'Esophoria',
          'Right exotropia',
          'Left exotropia',
          'Right esotropia',
          'Left esotropia',
        ],
      },
      {
        key: 'cover-near',
        label: 'Cover test, near',
        of: 'both',
        choices: ['Orthophoria', 'Exophoria', 'Esophoria'],
      },
      figure('convergence', 'Near point of convergence', 'both', 'cm', 0, 60, 0.5),
      figure('stereo', 'Stereo vision', 'both', '″', 10, 4000),
    ],
  },
  {
    key: 'senses',
    title: 'Colour, contrast and field',
    boxes: [
      { key: 'colour', label: 'Colour plates', of: 'eye', choices: ['17/17', '15/15', '13/13', '0/17'] },
      figure('contrast', 'Contrast', 'eye', 'log', 0, 2.25, 0.05),
      {
        key: 'confrontation',
        label: 'Confrontation field',
        of: 'eye',
        choices: ['Full', 'Superior loss', 'Inferior loss', 'Nasal loss', 'Temporal loss'],
      },
    ],
  },
  {
    key: 'cornea',
    title: 'Keratometry, corneal thickness and tears',
    boxes: [
      figure('k1', 'K1', 'eye', 'D', 20, 90, 0.01),
      figure('k1-axis', 'K1 axis', 'eye', '°', 1, 180),
      figure('k2', 'K2', 'eye', 'D', 20, 90, 0.01),
      figure('k2-axis', 'K2 axis', 'eye', '°', 1, 180),
      figure('k1-radius', 'K1 radius', 'eye', 'mm', 4, 12, 0.01),
      figure('k2-radius', 'K2 radius', 'eye', 'mm', 4, 12, 0.01),
      { ...figure('cct', 'Corneal thickness', 'eye', 'µm', 200, 1000), short: 'Thickness' },
      figure('schirmer', 'Schirmer', 'eye', 'mm', 0, 35),
      figure('tbut', 'Tear break-up', 'eye', 's', 0, 60),
    ],
  },
  {
    key: 'oct',
    title: 'OCT',
    boxes: [
      { ...figure('cmt', 'Central macular thickness', 'eye', 'µm', 50, 1500), short: 'CMT' },
      { ...figure('rnfl', 'RNFL, average', 'eye', 'µm', 20, 200), short: 'RNFL average' },
      { ...figure('rnfl-superior', 'RNFL, superior', 'eye', 'µm', 10, 300), short: 'RNFL superior' },
      { ...figure('rnfl-nasal', 'RNFL, nasal', 'eye', 'µm', 10, 300), short: 'RNFL nasal' },
      { ...figure('rnfl-inferior', 'RNFL, inferior', 'eye', 'µm', 10, 300), short: 'RNFL inferior' },
      { ...figure('rnfl-temporal', 'RNFL, temporal', 'eye', 'µm', 10, 300), short: 'RNFL temporal' },
      { ...figure('gcl', 'Ganglion cells', 'eye', 'µm', 10, 150), short: 'GCL' },
      {
        key: 'oct-findings',
        label: 'OCT findings',
        of: 'eye',
        choices: ['Normal', 'Intraretinal fluid', 'Subretinal fluid', 'Epiretinal membrane', 'Macular hole'],
      },
    ],
  },
  {
    key: 'field',
    title: 'Visual field',
    boxes: [
      // A loss is below zero, and is written so: no sign is put in front of what was typed.
      { ...figure('field-md', 'Mean deviation', 'eye', 'dB', -35, 5, 0.01), short: 'MD' },
      { ...figure('field-psd', 'Pattern deviation', 'eye', 'dB', 0, 25, 0.01), short: 'PSD' },
      { ...figure('field-vfi', 'Field index', 'eye', '%', 0, 100), short: 'VFI' },
      {
        key: 'field-reliability',
        label: 'Reliability',
        of: 'eye',
        choices: ['Reliable', 'Fixation losses', 'False positives', 'False negatives'],
      },
      {
        key: 'field-findings',
        label: 'Field findings',
        of: 'eye',
        choices: [
          'Normal',
          'Arcuate defect',
          'Nasal step',
          'Paracentral defect',
          'Tunnel field',
          'Hemianopia',
        ],
      },
    ],
  },
  {
    key: 'specular',
    title: 'Specular microscopy',
    boxes: [
      { ...figure('cells', 'Endothelial cells', 'eye', '/mm²', 200, 5000), short: 'Cells' },
      { ...figure('cells-variation', 'Variation of size', 'eye', '%', 5, 100), short: 'Variation' },
      { ...figure('cells-hexagonal', 'Hexagonal cells', 'eye', '%', 0, 100), short: 'Hexagonal' },
    ],
  },
  {
    key: 'biometry',
    title: 'Biometry',
    boxes: [
      figure('axial-length', 'Axial length', 'eye', 'mm', 15, 40, 0.01),
      figure('chamber-depth', 'Chamber depth', 'eye', 'mm', 1, 6, 0.01),
      figure('lens-thickness', 'Lens thickness', 'eye', 'mm', 1, 8, 0.01),
      figure('white-to-white', 'White to white', 'eye', 'mm', 7, 16, 0.01),
      { key: 'lens-name', label: 'Lens model', of: 'eye' },
      figure('lens-constant', 'A-constant', 'eye', '', 110, 125, 0.01),
      figure('lens-power', 'Lens to implant', 'eye', 'D', -10, 40, 0.25),
      { key: 'second-lens-name', label: 'Second lens model', of: 'eye' },
      figure('second-lens-constant', 'Second A-constant', 'eye', '', 110, 125, 0.01),
      {
        ...figure('second-lens-power', 'Second lens power', 'eye', 'D', -10, 40, 0.25),
        short: 'Second power',
      },
    ],
  },
  {
    key: 'orbit',
    title: 'Orbit',
    boxes: [
      { ...figure('exophthalmometry', 'Exophthalmometry', 'eye', 'mm', 5, 40, 0.5), short: 'Exophthalmos' },
    ],
  },
  {
    key: 'body',
    title: 'Blood pressure and sugar',
    boxes: [
      { key: 'blood-pressure', label: 'Blood pressure', of: 'both', unit: 'mmHg', choices: ['120/80'] },
      figure('pulse', 'Pulse', 'both', '/min', 20, 250),
      figure('blood-sugar', 'Blood sugar', 'both', 'mg/dL', 10, 900),
    ],
  },
];

/** As it is stored: by box, for each eye or for both. */
export type TestResults = Record<string, Partial<Record<Eye | 'both', string>>>;

export const TEST_BOXES = TEST_GROUPS.flatMap(({ boxes }) => boxes);
export type TestBox = (typeof TEST_BOXES)[number];

/** The unit stands beside its box, and is typed all the same. */
function withoutUnit(text: string, unit: string | undefined): string {
  const written = [unit, unit?.replace('µ', 'u'), ...(UNITS_TOO[unit ?? ''] ?? [])];
  const found = written.find((one) => one && text.toLowerCase().endsWith(one.toLowerCase()));
  return found ? text.slice(0, -found.length).trim() : text;
}
const UNITS_TOO: Readonly<Record<string, readonly string[]>> = {
  ...{ µm: ['microns', 'micron', 'μm', 'µ', 'μ'], '″': ['"', 'sec'], '/min': ['bpm'] },
  ...{ 'mg/dL': ['mg%', 'mg'], '/mm²': ['/mm2'], '°': ['deg'], s: ['sec'] },
};

const [SYSTOLIC, DIASTOLIC] = [
  { least: 50, most: 300 },
  { least: 20, most: 200 },
] as const;
/** "120/80", the upper one first. */
function readBloodPressure(typed: string): string | { problem: string } {
  if (/^(could not|unable|x)$/i.test(typed)) return 'Could not';
  const [, upper, lower] = /^(\d{2,3}) ?\/ ?(\d{2,3})(?: ?mm ?(?:of )?hg)?$/i.exec(typed) ?? [];
  const [systolic, diastolic] = [Number(upper), Number(lower)];
  const isWithin = (value: number, { least, most }: { least: number; most: number }) =>
    value >= least && value <= most;
  if (isWithin(systolic, SYSTOLIC) && isWithin(diastolic, DIASTOLIC) && systolic > diastolic)
    return `${systolic}/${diastolic}`;
  return { problem: 'Blood pressure: write it as 120/80, or “could not”.' };
}

/** What a box takes, as it is stored; or the sentence that says what to write instead. */
export function readTest({ key, label, range, unit }: TestBox, typed: string): string | { problem: string } {
  const written = typed.trim().replace(/^[\u2010-\u2015\u2212]/, '-');
  const text = range ? withoutUnit(written, unit) : written;
  if (key === 'blood-pressure') return readBloodPressure(text);
  if (!range) return text;
  if (/^(could not|unable|x)$/i.test(text)) return 'Could not';
  const value = /^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  const { least, most, step } = range;
  const isInSteps = Math.abs(value / step - Math.round(value / step)) < 1e-6;
  if (value >= least && value <= most && isInSteps) return String(value);
  const steps = step === 1 ? 'whole numbers' : `steps of ${step}`;
  return {
    problem: `${label}: write ${least} to ${most}${unit ? ` ${unit}` : ''} in ${steps}, or “could not”.`,
  };
}

/** A result with its unit. */
export const testShown = ({ unit }: TestBox, value: string): string =>
  unit && /\d$/.test(value) ? `${value} ${unit}` : value;
