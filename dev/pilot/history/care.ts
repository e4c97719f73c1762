import type { DoseStep, FrequencyCode, Site } from '@/features/record/prescriptions/dosage';
import { between, oneOf, type Random } from './chance';
import type { Story } from './stories';

/** A medicine that a doctor asks for, by its name in the formulary. */
export type Asked = { name: string; site: Site; steps: DoseStep[]; isOngoing?: boolean };

/** What a visit leads to beside the examination. */
export type Care = {
  medicines: Asked[];
  /** Codes of the price list that are billed without being ordered. */
  services: string[];
  hasGlasses: boolean;
  /** When they are to come again; null for when something is the matter. */
  returnInDays: number | null;
  /** What they come back for before the next visit, and pay for. */
  surgery?: { codes: readonly string[]; inDays: number };
  hasReferral?: boolean;
};

const drops = (frequency: FrequencyCode, days: number | null): DoseStep => ({ quarters: 4, frequency, days });
const asked = (name: string, site: Site, ...steps: DoseStep[]): Asked => ({ name, site, steps });
const ongoing = (name: string, site: Site, frequency: FrequencyCode): Asked => ({
  ...asked(name, site, drops(frequency, null)),
  isOngoing: true,
});

/** The drops after an operation of the lens, tapered over five weeks. */
const afterSurgery = (site: Site): Asked[] => [
  asked(
    'Prednisolone acetate',
    site,
    drops('6d', 7),
    drops('qid', 7),
    drops('tid', 7),
    drops('bd', 7),
    drops('od', 7),
  ),
  asked('Moxifloxacin', site, drops('qid', 14)),
  asked('Nepafenac', site, drops('tid', 28)),
];

const NOTHING: Care = { medicines: [], services: [], hasGlasses: false, returnInDays: null };
const SURGERY = [
  ['PHACO', 'DAYCARE'],
  ['PHACO', 'DAYCARE'],
  ['SICS', 'DAYCARE'],
] as const;

/** What is done for somebody at this point of the story. */
export function careOf(story: Story, random: Random, daysSinceSurgery: number | null): Care {
  const { kind, seen, age, mmHg } = story;
  const site: Site = story.side === 'right' || story.side === 'left' ? story.side : 'both';
  switch (kind) {
    case 'lenses':
      return {
        ...{ ...NOTHING, hasGlasses: true, services: ['REFR'] },
        medicines: random() < 0.3 ? [asked('Carboxymethylcellulose', 'both', drops('tid', 30))] : [],
        returnInDays: random() < 0.4 ? between(random, 320, 400) : null,
      };
    case 'child':
      return {
        ...NOTHING,
        hasGlasses: seen % 2 === 0,
        services: ['REFR'],
        returnInDays: between(random, 165, 200),
      };
    case 'squint':
      return {
        ...NOTHING,
        hasGlasses: seen === 0,
        services: ['REFR'],
        returnInDays: between(random, 56, 92),
      };
    case 'red': {
      if (seen > 0) return NOTHING;
      const allergy = [
        asked('Olopatadine', 'both', drops('bd', 30)),
        asked('Fluorometholone', 'both', drops('qid', 7), drops('bd', 7)),
      ];
      const infection = [
        asked('Moxifloxacin', 'both', drops('qid', 7)),
        asked('Carboxymethylcellulose', 'both', drops('qid', 14)),
      ];
      return {
        ...NOTHING,
        medicines: age % 2 === 0 ? allergy : infection,
        returnInDays: random() < 0.5 ? between(random, 6, 9) : null,
      };
    }
    case 'dry':
      return {
        ...NOTHING,
        medicines: [
          asked(seen === 0 ? 'Carboxymethylcellulose' : 'Sodium hyaluronate', 'both', drops('qid', 60)),
          ...(seen === 0 ? [asked('Loteprednol', 'both', drops('bd', 14))] : []),
        ],
        returnInDays: random() < 0.6 ? between(random, 80, 100) : null,
      };
    case 'cataract':
      return daysSinceSurgery === null
        ? beforeSurgeryCare(story, random)
        : afterSurgeryCare(daysSinceSurgery, site, random);
    case 'after-cataract':
      if (seen > 0) return { ...NOTHING, hasGlasses: seen === 1 };
      return {
        ...{ ...NOTHING, services: ['YAG-CAP'] },
        medicines: [asked('Fluorometholone', site, drops('qid', 7))],
        returnInDays: between(random, 12, 16),
      };
    case 'glaucoma': {
      const isHigh = Math.max(mmHg.right, mmHg.left) > 18;
      return {
        ...NOTHING,
        medicines: [
          ongoing('Timolol', 'both', 'bd'),
          ...(seen > 0 ? [ongoing('Latanoprost', 'both', 'night')] : []),
          ...(seen > 1 && isHigh ? [ongoing('Brimonidine', 'both', 'bd')] : []),
        ],
        services: ['IOP'],
        returnInDays: seen === 0 ? between(random, 26, 32) : between(random, 88, 118),
      };
    }
    case 'diabetic': {
      const isInjected = seen < 3 || story.macula[story.side === 'left' ? 'left' : 'right'] > 330;
      return {
        ...NOTHING,
        medicines: isInjected
          ? [asked('Moxifloxacin', site, drops('qid', 5)), asked('Nepafenac', site, drops('tid', 28))]
          : [],
        services: isInjected ? ['IVT'] : [],
        returnInDays: isInjected ? between(random, 28, 35) : between(random, 110, 150),
        hasReferral: seen === 0 && random() < 0.6,
      };
    }
    case 'pterygium':
      return {
        ...NOTHING,
        medicines: [
          asked('Fluorometholone', site, drops('tid', 14)),
          asked('Carboxymethylcellulose', site, drops('qid', 30)),
        ],
        returnInDays: random() < 0.5 ? between(random, 170, 200) : null,
      };
    case 'macula':
      return { ...NOTHING, returnInDays: between(random, 90, 125) };
    case 'foreign-body':
      return {
        ...{ ...NOTHING, services: seen === 0 ? ['FB'] : [] },
        medicines:
          seen === 0
            ? [asked('Moxifloxacin', site, drops('qid', 5)), asked('Homatropine', site, drops('bd', 3))]
            : [],
        returnInDays: seen === 0 && random() < 0.7 ? 2 : null,
      };
    case 'ulcer':
      return {
        ...NOTHING,
        medicines:
          seen > 3
            ? [asked('Carboxymethylcellulose', site, drops('qid', 30))]
            : [
                asked('Natamycin', site, drops(seen === 0 ? 'q1h' : 'q2h', 7)),
                asked('Moxifloxacin', site, drops(seen === 0 ? 'q1h' : '6d', 7)),
                asked('Homatropine', site, drops('bd', 7)),
              ],
        returnInDays: seen > 4 ? null : ([2, 4, 7, 14, 30][seen] ?? 30),
      };
    case 'lid':
      return {
        ...{ ...NOTHING, services: seen === 1 ? ['CHAL'] : [] },
        medicines: [asked('Chloramphenicol', site, drops('bd', 10))],
        returnInDays: seen === 0 && random() < 0.35 ? 14 : null,
      };
    case 'normal':
      return { ...NOTHING, services: ['REFR'] };
  }
}

/** Two of three agree to the operation at once. */
function beforeSurgeryCare({ seen }: Story, random: Random): Care {
  if (random() > 0.68) return { ...NOTHING, returnInDays: random() < 0.6 ? between(random, 120, 200) : null };
  const inDays = between(random, 7, 20);
  return {
    ...NOTHING,
    surgery: { codes: oneOf(random, SURGERY), inDays },
    returnInDays: inDays + 1,
    services: seen === 0 ? ['IOP'] : [],
  };
}

/** What somebody goes home with after the operation, by how many days ago it was. */
function afterSurgeryCare(daysAgo: number, site: Site, random: Random): Care {
  if (daysAgo < 4)
    return { ...NOTHING, medicines: afterSurgery(site), returnInDays: 7 - Math.max(1, daysAgo) };
  if (daysAgo < 15) return { ...NOTHING, returnInDays: between(random, 20, 24) };
  if (daysAgo < 100)
    return {
      ...{ ...NOTHING, hasGlasses: true, services: ['REFR'] },
      medicines: [asked('Carboxymethylcellulose', site, drops('qid', 30))],
      returnInDays: between(random, 320, 380),
    };
  return { ...NOTHING, returnInDays: random() < 0.4 ? 365 : null };
}
