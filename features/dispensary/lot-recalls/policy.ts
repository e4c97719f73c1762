/** Who says that a lot is not to be used. */
export const RECALL_SOURCES = {
  maker: 'The maker',
  authority: 'The authority',
  supplier: 'The supplier',
  own: 'We ourselves',
} as const;
type RecallSource = keyof typeof RECALL_SOURCES;
export const RECALL_SOURCE_IDS = Object.keys(RECALL_SOURCES) as [RecallSource, ...RecallSource[]];

/** What became of somebody who got the lot. */
export const CONTACTS = {
  told: 'Told',
  written: 'Letter sent',
  'not-reached': 'Not reached',
} as const;
export type Contact = keyof typeof CONTACTS;
export const CONTACT_IDS = Object.keys(CONTACTS) as [Contact, ...Contact[]];

/** Whom the list of a recall shows: those to tell, all who have some of it, or who brought all of it back. */
export const RECALL_VIEW = { open: 'To tell', all: 'All', back: 'Brought back' } as const;
export type RecallView = keyof typeof RECALL_VIEW;

type GivenPieces = { patientId: string; day: string; quantity: number; returned: number };
type Recipient = {
  patientId: string;
  /** Pieces that are still with them. */
  kept: number;
  lastDay: string;
};

/** Who got pieces of a lot, the latest first; what has come back is not with them any more. */
export function recipientsOf(given: readonly GivenPieces[]): Recipient[] {
  const byPatient = new Map<string, Recipient>();
  for (const { patientId, day, quantity, returned } of given) {
    const known = byPatient.get(patientId);
    byPatient.set(patientId, {
      patientId,
      kept: (known?.kept ?? 0) + quantity - returned,
      lastDay: known && known.lastDay > day ? known.lastDay : day,
    });
  }
  return [...byPatient.values()].sort(
    (a, b) => b.lastDay.localeCompare(a.lastDay) || a.patientId.localeCompare(b.patientId),
  );
}

/** As many letters as one printing has. */
export const MOST_LETTERS = 300;

/**
 * To whom the next letters go: those who have brought all of it back have nothing to be warned of, and who
 * has no letter yet comes before who has one, so that printing again goes on where the last printing stopped.
 */
export const lettersTo = <R extends { kept: number }>(
  recipients: readonly R[],
  isPrinted: (recipient: R) => boolean,
): R[] =>
  recipients
    .filter(({ kept }) => kept > 0)
    .sort((a, b) => Number(isPrinted(a)) - Number(isPrinted(b)))
    .slice(0, MOST_LETTERS);
