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

/** Of a logo as it is sent: the browser has drawn it smaller before. A field of a form holds it in base64. */
export const MOST_LOGO_BYTES = 140_000;
/** Of the file that is chosen. */
export const MOST_LOGO_FILE_BYTES = 10_000_000;
/** Its longer side, in pixels. */
export const LOGO_PIXELS = 480;

/** In place of a picture: the one that is stored stays. So neither a form nor a draft carries it about. */
export const KEPT_LOGO = 'kept';

/** How long glasses hold until the hospital has chosen, in months. */
export const USUAL_GLASSES_MONTHS = 12;

/** What leaves the printer at the end of a visit until the hospital has chosen. */
export const USUAL_PAPERS: readonly VisitPaper[] = ['prescription', 'glasses'];

/** The papers in a stored text, in the order of the printer. */
export function papersIn(text: string): VisitPaper[] {
  const names = new Set(text.split(','));
  return keysOf(VISIT_PAPERS).filter((one) => names.has(one));
}
