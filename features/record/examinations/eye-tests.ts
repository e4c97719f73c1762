import type { Eye } from './eyes';

type Box = {
  /** Part of the name of its field. */
  key: string;
  label: string;
  /** One box for each eye, or one for both together. */
  of: 'eye' | 'both';
  unit?: string;
  /** A figure in these bounds and steps; without it words. */
  range?: { least: number; most: number; step: number };
  choices?: readonly string[];
};
type Group = { key: string; title: string; boxes: readonly Box[] };

/** What is measured when somebody wants it: opened by its title, and stored as it is written here. */
export const TEST_GROUPS: readonly Group[] = [
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
      { key: 'pupil-size', label: 'Size', of: 'eye', unit: 'mm', range: { least: 0.5, most: 10, step: 0.5 } },
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
      {
        key: 'convergence',
        label: 'Near point of convergence',
        of: 'both',
        unit: 'cm',
        range: { least: 0, most: 60, step: 0.5 },
      },
      {
        key: 'stereo',
        label: 'Stereo vision',
        of: 'both',
        unit: '″',
        range: { least: 10, most: 4000, step: 1 },
      },
    ],
  },
  {
    key: 'senses',
    title: 'Colour, contrast and field',
    boxes: [
      { key: 'colour', label: 'Colour plates', of: 'eye', choices: ['17/17', '15/15', '13/13', '0/17'] },
      {
        key: 'contrast',
        label: 'Contrast',
        of: 'eye',
        unit: 'log',
        range: { least: 0, most: 2.25, step: 0.05 },
      },
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
      { key: 'k1', label: 'K1', of: 'eye', unit: 'D', range: { least: 20, most: 90, step: 0.01 } },
      { key: 'k1-axis', label: 'K1 axis', of: 'eye', unit: '°', range: { least: 1, most: 180, step: 1 } },
      { key: 'k2', label: 'K2', of: 'eye', unit: 'D', range: { least: 20, most: 90, step: 0.01 } },
      { key: 'k2-axis', label: 'K2 axis', of: 'eye', unit: '°', range: { least: 1, most: 180, step: 1 } },
      {
        key: 'cct',
        label: 'Corneal thickness',
        of: 'eye',
        unit: 'µm',
        range: { least: 200, most: 1000, step: 1 },
      },
      { key: 'schirmer', label: 'Schirmer', of: 'eye', unit: 'mm', range: { least: 0, most: 35, step: 1 } },
      { key: 'tbut', label: 'Tear break-up', of: 'eye', unit: 's', range: { least: 0, most: 60, step: 1 } },
    ],
  },
  {
    key: 'biometry',
    title: 'Biometry',
    boxes: [
      {
        key: 'axial-length',
        label: 'Axial length',
        of: 'eye',
        unit: 'mm',
        range: { least: 15, most: 40, step: 0.01 },
      },
      {
        key: 'chamber-depth',
        label: 'Chamber depth',
        of: 'eye',
        unit: 'mm',
        range: { least: 1, most: 6, step: 0.01 },
      },
      {
        key: 'lens-thickness',
        label: 'Lens thickness',
        of: 'eye',
        unit: 'mm',
        range: { least: 1, most: 8, step: 0.01 },
      },
      {
        key: 'white-to-white',
        label: 'White to white',
        of: 'eye',
        unit: 'mm',
        range: { least: 7, most: 16, step: 0.01 },
      },
      {
        key: 'lens-power',
        label: 'Lens to implant',
        of: 'eye',
        unit: 'D',
        range: { least: -10, most: 40, step: 0.25 },
      },
    ],
  },
  {
    key: 'body',
    title: 'Blood pressure and sugar',
    boxes: [
      { key: 'blood-pressure', label: 'Blood pressure', of: 'both', unit: 'mmHg', choices: ['120/80'] },
      { key: 'pulse', label: 'Pulse', of: 'both', unit: '/min', range: { least: 20, most: 250, step: 1 } },
      {
        key: 'blood-sugar',
        label: 'Blood sugar',
        of: 'both',
        unit: 'mg/dL',
        range: { least: 10, most: 900, step: 1 },
      },
    ],
  },
];

/** As it is stored: by box, for each eye or for both. */
export type TestResults = Record<string, Partial<Record<Eye | 'both', string>>>;

export const TEST_BOXES = TEST_GROUPS.flatMap(({ boxes }) => boxes);
export type TestBox = (typeof TEST_BOXES)[number];

/** What a box takes, as it is stored; or the sentence that says what to write instead. */
export function readTest({ label, range, unit }: TestBox, typed: string): string | { problem: string } {
  const text = typed.trim();
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
