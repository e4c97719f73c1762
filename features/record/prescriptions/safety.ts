import { allergiesAgainst } from '@/features/patients/allergies/substances';
import type { Site } from './dosage';
import { classesOf, ingredientsIn, type MedicineClass } from './ingredients';

/** What is known of the patient where a medicine could do harm. */
export type SafetyFacts = {
  /** As they are written down: a medicine, or a class of them. */
  allergies: readonly { substance: string; reaction?: string | null }[];
  /** What the patient has or had, in words. */
  conditions: readonly string[];
  /** The highest pressure of the last time it was measured, in mmHg; null where it never was. */
  pressure: number | null;
};
export const NOTHING_KNOWN: SafetyFacts = { allergies: [], conditions: [], pressure: null };

export type CheckedLine = {
  id: string;
  name: string;
  ingredient?: string | null | undefined;
  site?: Site | undefined;
};
export type Finding = {
  /** The same for the same danger, so that a reason that was given stays with it. */
  key: string;
  rule: string;
  lineId: string;
  /** `stop` wants a reason before it goes on; `warn` is to be read. */
  severity: 'stop' | 'warn';
  sentence: string;
  source: string;
};

type ConditionRule = {
  id: string;
  severity: Finding['severity'];
  class: MedicineClass;
  /** What in the patient's history it speaks of; or a pressure above so many mmHg. */
  condition?: RegExp;
  pressureAbove?: number;
  because: string;
  source: string;
};

/** Rules are data, each with where it is written. What no rule says is not claimed. */
const RULES: readonly ConditionRule[] = [
  {
    id: 'beta-blocker-airways',
    severity: 'stop',
    class: 'beta-blocker',
    condition: /\b(asthma|copd|chronic obstructive|bronchospasm)/i,
    because: 'is contraindicated in asthma and severe obstructive airway disease, also as drops',
    source: 'Timolol maleate ophthalmic solution, US prescribing information, Contraindications',
  },
  {
    id: 'beta-blocker-heart',
    severity: 'stop',
    class: 'beta-blocker',
    condition: /\b(heart block|av block|bradycardia|cardiogenic shock|(heart|cardiac) failure|chf\b|ccf\b)/i,
    because: 'is contraindicated in bradycardia, higher heart block and overt heart failure',
    source: 'Timolol maleate ophthalmic solution, US prescribing information, Contraindications',
  },
  {
    id: 'steroid-responder',
    severity: 'stop',
    class: 'corticosteroid',
    condition: /\bsteroid[- ](responder|response|glaucoma|induced)/i,
    because: 'raises the pressure of a steroid responder',
    source: 'Prednisolone acetate ophthalmic suspension, US prescribing information, Warnings',
  },
  {
    id: 'steroid-pressure',
    severity: 'warn',
    class: 'corticosteroid',
    pressureAbove: 21,
    because: 'can raise the pressure further',
    source: 'Prednisolone acetate ophthalmic suspension, US prescribing information, Warnings',
  },
];
const ALLERGY_SOURCE = 'Hypersensitivity to a component: Contraindications of each label';
const DUPLICATE_SOURCE = 'Joint Commission MM.05.01.01: therapeutic duplication';

/**
 * What speaks against these lines, in their order. `current` is what the patient has already.
 * Pure: shown in the browser while somebody writes, and asked again on the server before it is signed.
 */
export function checkSafety(
  lines: readonly CheckedLine[],
  facts: SafetyFacts,
  current: readonly CheckedLine[] = [],
): Finding[] {
  return lines.flatMap((line, index) => {
    const ingredients = ingredientsIn(line.name, line.ingredient);
    return [
      ...allergyFindings(line, ingredients, facts),
      ...duplicateFindings(line, ingredients, [...lines.slice(0, index), ...current]),
      ...conditionFindings(line, ingredients, facts),
    ];
  });
}

/** One medicine in the right eye and in the left, each as often as it needs, is not given twice. */
const isOfOtherEye = (one: CheckedLine, other: CheckedLine): boolean =>
  (one.site === 'right' && other.site === 'left') || (one.site === 'left' && other.site === 'right');

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function allergyFindings(line: CheckedLine, ingredients: readonly string[], facts: SafetyFacts): Finding[] {
  // Brands and beginnings of names are known here, classes where allergies are written down.
  const known = facts.allergies.map((one) => ({ ...one, names: ingredientsIn(one.substance) }));
  const named = known.filter(({ names }) => names.some((one) => ingredients.includes(one)));
  const written = [line.name, line.ingredient ?? '', ...ingredients].filter(Boolean);
  // "Sulphonamides" is written as often as "sulphonamide", and a brand is of the class of its ingredients.
  const single = known.map(({ substance, names }) => ({
    substance: [substance.replace(/s\b/gi, ''), ...names].join(' '),
  }));
  const matches = [
    ...allergiesAgainst<{ substance: string }>(known, written),
    ...allergiesAgainst<{ substance: string }>(single, written),
  ];
  return known.flatMap((allergy, index) => {
    const match = matches.find((one) => one.allergy === allergy || one.allergy === single[index]);
    const isSame = named.includes(allergy) || match?.by === 'substance';
    if (!isSame && !match) return [];
    const { substance, reaction } = allergy;
    const what = `${substance}${reaction ? ` (${reaction})` : ''}`;
    return [
      {
        key: `allergy:${line.id}:${substance.toLowerCase()}`,
        rule: 'allergy',
        lineId: line.id,
        severity: 'stop' as const,
        sentence: `The patient is allergic to ${what}${isSame ? '' : `, and ${line.name} is of the same class`}.`,
        source: ALLERGY_SOURCE,
      },
    ];
  });
}

function duplicateFindings(
  line: CheckedLine,
  ingredients: readonly string[],
  others: readonly CheckedLine[],
): Finding[] {
  return ingredients.flatMap((ingredient) => {
    const other = others.find(
      (one) => !isOfOtherEye(one, line) && ingredientsIn(one.name, one.ingredient).includes(ingredient),
    );
    if (!other) return [];
    return [
      {
        key: `duplicate:${line.id}:${ingredient}`,
        rule: 'duplicate',
        lineId: line.id,
        severity: 'warn' as const,
        sentence: `${capital(ingredient)} is twice: also in ${other.name}.`,
        source: DUPLICATE_SOURCE,
      },
    ];
  });
}

function conditionFindings(
  line: CheckedLine,
  ingredients: readonly string[],
  { conditions, pressure }: SafetyFacts,
): Finding[] {
  const classes = new Set(ingredients.flatMap(classesOf));
  return RULES.flatMap((rule): Finding[] => {
    if (!classes.has(rule.class)) return [];
    const condition = rule.condition && conditions.find((one) => rule.condition?.test(one));
    const isHigh = rule.pressureAbove !== undefined && pressure !== null && pressure > rule.pressureAbove;
    if (!condition && !isHigh) return [];
    const known = condition ? `known: ${condition}` : `last measured: ${pressure} mmHg`;
    return [
      {
        key: `${rule.id}:${line.id}`,
        rule: rule.id,
        lineId: line.id,
        severity: rule.severity,
        sentence: `${line.name} ${rule.because} (${known}).`,
        source: rule.source,
      },
    ];
  });
}
