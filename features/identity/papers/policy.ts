import { keysOf } from '@/lib/query-words';

/** Papers of a visit, in the order in which they leave the printer. */
export const VISIT_PAPERS = {
  prescription: 'Medicine prescription',
  glasses: 'Glasses',
  'contact-lenses': 'Contact lenses',
  request: 'Request for investigations and procedures',
  letters: 'Letters and certificates',
  summary: 'Visit summary',
} as const;
export type VisitPaper = keyof typeof VISIT_PAPERS;

/** Of a logo as it is chosen; what is kept of it is smaller. */
export const MOST_LOGO_BYTES = 400_000;

/** How long glasses hold until the hospital has chosen, in months. */
export const USUAL_GLASSES_MONTHS = 12;

/** What leaves the printer at the end of a visit until the hospital has chosen. */
export const USUAL_PAPERS: readonly VisitPaper[] = ['prescription', 'glasses'];

/** The papers in a stored text, in the order of the printer. */
export function papersIn(text: string): VisitPaper[] {
  const names = new Set(text.split(','));
  return keysOf(VISIT_PAPERS).filter((one) => names.has(one));
}
