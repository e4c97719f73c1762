import { classKeys, namedKeys } from './substances';

/** How bad a reaction was, by the words of FHIR. */
export const SEVERITIES = { mild: 'Mild', moderate: 'Moderate', severe: 'Severe' } as const;
export type Severity = keyof typeof SEVERITIES;
export const SEVERITY_IDS = Object.keys(SEVERITIES) as [Severity, ...Severity[]];

/** `substance`: the patient is allergic to it. `class`: to a relative of it, which often crosses over. */
export type AllergyMatch<T> = { allergy: T; by: 'substance' | 'class' };

const isSameText = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * The allergies that speak against a medicine, by the names of its ingredients. An allergy to a class is one
 * to each of its ingredients.
 * @param ingredients such as the generic name: "Dorzolamide + Timolol"
 */
export function allergiesAgainst<T extends { substance: string }>(
  allergies: readonly T[],
  ingredients: readonly string[],
): AllergyMatch<T>[] {
  const classes = new Set(ingredients.flatMap(classKeys));
  const keys = new Set([...ingredients.flatMap(namedKeys), ...classes]);
  return allergies.flatMap((allergy): AllergyMatch<T>[] => {
    const { substance } = allergy;
    if (
      ingredients.some((one) => isSameText(one, substance)) ||
      namedKeys(substance).some((key) => keys.has(key))
    )
      return [{ allergy, by: 'substance' }];
    return classKeys(substance).some((key) => classes.has(key)) ? [{ allergy, by: 'class' }] : [];
  });
}
