import type { Day } from '@/lib/time';

/** Who pays for patients beside themselves. */
export const PAYER_KINDS = {
  insurer: 'Insurer',
  tpa: 'TPA',
  scheme: 'Government scheme',
  employer: 'Employer',
  charity: 'Charity',
  sponsor: 'Camp sponsor',
} as const;
export type PayerKind = keyof typeof PAYER_KINDS;
export const PAYER_KIND_IDS = Object.keys(PAYER_KINDS) as [PayerKind, ...PayerKind[]];

/** What payers withhold of a payment for the hospital's own tax, by the law of the day. */
const TDS_SECTIONS = [
  { from: '2009-11-24', name: 'section 194J' },
  { from: '2026-04-01', name: 'section 393' },
] as const;

/** The section that a certificate of tax withheld on a day names. */
export const tdsSectionOn = (day: Day): string =>
  TDS_SECTIONS.filter(({ from }) => from <= day).at(-1)?.name ?? TDS_SECTIONS[0].name;
