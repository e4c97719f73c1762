/** The parts of a history, in the order in which it is asked, with the words that are chosen most. */
export const HISTORY_PARTS = {
  ocular: {
    label: 'Eyes',
    hasEye: true,
    note: 'Details',
    choices: [
      ...['Glasses', 'Contact lenses', 'Injury', 'Lazy eye', 'Squint', 'Glaucoma', 'Uveitis', 'Keratoconus'],
      ...['Retinal detachment', 'Recurrent red eye', 'Dry eyes'],
    ],
  },
  surgical: {
    label: 'Operations',
    hasEye: true,
    note: 'Which kind, where',
    choices: [
      ...['Cataract surgery', 'Glaucoma surgery', 'Retinal surgery', 'Injection into the eye', 'Laser'],
      ...['Corneal transplant', 'Refractive surgery', 'Squint surgery', 'Pterygium excision', 'DCR'],
    ],
  },
  medical: {
    label: 'Illnesses',
    hasEye: false,
    note: 'Control, treatment',
    choices: [
      ...['Diabetes', 'Hypertension', 'Coronary disease', 'Kidney disease', 'Asthma', 'Thyroid disease'],
      ...['Stroke', 'Epilepsy', 'Arthritis', 'Tuberculosis', 'Hepatitis', 'HIV', 'Cancer', 'Migraine'],
    ],
  },
  medicines: {
    label: 'Medicines from elsewhere',
    hasEye: false,
    note: 'Dose, why, stopped when',
    choices: [
      'Metformin',
      'Insulin',
      'Amlodipine',
      'Telmisartan',
      'Aspirin',
      'Clopidogrel',
      'Tamsulosin',
      'Steroids',
    ],
  },
  family: {
    label: 'Family',
    hasEye: false,
    note: 'Who',
    choices: [
      ...['Glaucoma', 'Diabetes', 'High myopia', 'Keratoconus', 'Squint', 'Night blindness'],
      ...['Retinoblastoma', 'Parents are related'],
    ],
  },
  social: {
    label: 'Life',
    hasEye: false,
    note: 'How much',
    choices: ['Smoking', 'Tobacco', 'Alcohol', 'Exercise', 'Screen work', 'Driving', 'Outdoor work'],
  },
} as const;
export type HistoryPart = keyof typeof HISTORY_PARTS;
export const HISTORY_PART_IDS = Object.keys(HISTORY_PARTS) as [HistoryPart, ...HistoryPart[]];

export const HISTORY_SIDES = { right: 'Right eye', left: 'Left eye', both: 'Both eyes' } as const;
export type HistorySide = keyof typeof HISTORY_SIDES;

/** One thing of a history. `since` is as people say it: a year, "10 years", "childhood". */
export type HistoryEntry = { what: string; side?: HistorySide; since?: string; note?: string };
/** A part that was asked about and where there is nothing is the empty list; one that was not is absent. */
export type HistoryParts = Partial<Record<HistoryPart, HistoryEntry[]>>;

/** Of one part. */
export const MOST_ITEMS = 8;

/** "Diabetes, since 2012, controlled". */
const historyEntryText = ({ what, side, since, note }: HistoryEntry): string =>
  [
    what,
    side ? HISTORY_SIDES[side].toLowerCase() : null,
    since ? `since ${since.replace(/^since /i, '')}` : null,
    note,
  ]
    .filter(Boolean)
    .join(', ');

/** Each part that was asked about, in words. */
export const historyLines = (parts: HistoryParts): { part: HistoryPart; label: string; text: string }[] =>
  HISTORY_PART_IDS.flatMap((part) => {
    const items = parts[part];
    if (!items) return [];
    const text = items.length > 0 ? items.map(historyEntryText).join('; ') : 'Nothing';
    return [{ part, label: HISTORY_PARTS[part].label, text }];
  });

/** What the patient themselves has or had, in words: not the family, and nothing that is only a habit. */
export const illnessesOf = ({ medical = [], ocular = [], surgical = [] }: HistoryParts): string[] =>
  [...medical, ...ocular, ...surgical].map(({ what, note }) => [what, note].filter(Boolean).join(', '));
