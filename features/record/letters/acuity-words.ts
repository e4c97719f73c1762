import { type AcuityMethod, METHOD_LABEL, type Notation } from '@/features/record/examinations/acuity';
import { acuityShown } from '@/features/record/examinations/acuity-reading';
import { EYES, type Eye } from '@/features/record/examinations/eyes';
import type { Measurements } from '@/features/record/examinations/policy';

/** A row of a certificate: how it was read, and what, by eye; `both` with both eyes open. */
type AcuityWordsRow = { label: string } & Partial<Record<Eye | 'both', string>>;
/** What an examination has read, in the words of the day of the signature. */
export type AcuityWords = { rows: AcuityWordsRow[]; colour: Partial<Record<Eye, string>> };

/** Nobody drives with a pinhole: it is left out. */
const METHODS: readonly AcuityMethod[] = ['unaided', 'glasses', 'contact', 'refraction'];

/** The acuity of an examination in words; null where it has read none of an eye. */
export function acuityWordsOf(measurements: Measurements, notation: Notation): AcuityWords | null {
  const rows = METHODS.flatMap((method): AcuityWordsRow[] => {
    const cells = ([...EYES, 'both'] as const).flatMap((eye) => {
      const value = measurements[eye]?.acuity[method];
      return value ? [[eye, acuityShown(value, notation)] as const] : [];
    });
    return cells.length > 0 ? [{ label: METHOD_LABEL[method], ...Object.fromEntries(cells) }] : [];
  });
  const best = EYES.flatMap((eye) => {
    const set = measurements.refractions.findLast((one) => one[eye]?.acuity);
    const value = set?.[eye]?.acuity;
    return value ? [[eye, acuityShown(value, notation)] as const] : [];
  });
  if (best.length > 0 && !rows.some(({ label }) => label === METHOD_LABEL.refraction))
    rows.push({ label: METHOD_LABEL.refraction, ...Object.fromEntries(best) });
  if (!rows.some(({ right, left }) => right ?? left)) return null;
  const plates = measurements.tests?.colour ?? {};
  const colour = Object.fromEntries(EYES.flatMap((eye) => (plates[eye] ? [[eye, plates[eye]]] : [])));
  return { rows, colour };
}

/** "Unaided: right 6/9, left 6/6" for a choice of examinations. */
export const acuityLine = ({ rows: [first] }: AcuityWords): string =>
  first
    ? `${first.label}: ${EYES.flatMap((eye) => (first[eye] ? [`${eye} ${first[eye]}`] : [])).join(', ')}`
    : '';
