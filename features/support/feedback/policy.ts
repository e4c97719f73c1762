/** How it goes, from 1 to 5. */
export const MOODS = {
  '1': 'Very hard',
  '2': 'Hard',
  '3': 'All right',
  '4': 'Good',
  '5': 'Very good',
} as const;
export type Mood = keyof typeof MOODS;

/** The page without what names a record: `/patients/65f…/visits` is `/patients/…/visits`. */
export const pageOf = (pathname: string): string =>
  pathname
    .split(/[?#]/, 1)[0]
    ?.split('/')
    .map((part) => (/^[a-z][a-z-]{0,40}$/.test(part) || part === '' ? part : '…'))
    .join('/')
    .slice(0, 150) || '/';
