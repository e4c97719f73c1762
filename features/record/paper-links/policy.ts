/** Papers that are sent as a link. */
export const LINKED_PAPERS = {
  prescription: 'Prescription',
  glasses: 'Glasses',
  'contact-lenses': 'Contact lenses',
  letter: 'Letter',
  summary: 'Visit summary',
} as const;
export type LinkedPaper = keyof typeof LINKED_PAPERS;

export const LINK_DAYS = 7;
/** Years of birth that may be tried; the next wrong one closes the link for good. */
export const MOST_TRIES = 5;

type Standing = { expiresAt: string; revoked: unknown; tries: number };
type LinkState = 'open' | 'expired' | 'revoked' | 'locked';

/** How a link stands at an instant. */
export function linkState({ expiresAt, revoked, tries }: Standing, now: Date): LinkState {
  if (revoked) return 'revoked';
  if (tries >= MOST_TRIES) return 'locked';
  return new Date(expiresAt) <= now ? 'expired' : 'open';
}

export const LINK_STATE: Record<LinkState, string> = {
  open: 'Open',
  expired: 'Expired',
  revoked: 'Taken back',
  locked: 'Closed after wrong years',
};

/** Who is known by age alone may have been born a year earlier or later than the hospital has written. */
export function birthYearsOf({
  dateOfBirth,
  isBirthEstimated,
}: {
  dateOfBirth: string;
  isBirthEstimated: boolean;
}) {
  const year = Number(dateOfBirth.slice(0, 4));
  return isBirthEstimated ? [year - 1, year, year + 1] : [year];
}
