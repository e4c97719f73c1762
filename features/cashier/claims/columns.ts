import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import type { ClaimSummary } from './dto';
import { CLAIM_AGES, CLAIM_STATES } from './policy';
import type { Outstanding } from './queries';

/** What each payer owes by age; amounts with the decimals of the currency. */
export const outstandingColumns = (currency: string): Columns<Outstanding> => [
  ['Payer', 'payerName'],
  ['Claims', 'claims'],
  ...CLAIM_AGES.map(
    ({ key, label }) => [label, ({ ages }: Outstanding) => decimalOf(ages[key], currency)] as const,
  ),
  [`Open in ${currency}`, ({ openMinor }) => decimalOf(openMinor, currency)],
];

/** Open claims, one a line. */
export const claimColumns = (currency: string): Columns<ClaimSummary> => [
  ['Claim', 'number'],
  ['Payer', 'payerName'],
  ['Patient', 'patientName'],
  ['Patient number', 'patientNumber'],
  ['Bill', 'billNumber'],
  ['Billed on', 'day'],
  ['To be paid by', 'dueDay'],
  ['State', ({ status }) => CLAIM_STATES[status]],
  ['Their number', 'claimNumber'],
  ['Claimed', ({ claimedMinor }) => decimalOf(claimedMinor, currency)],
  ['Received', ({ receivedMinor }) => decimalOf(receivedMinor, currency)],
  ['Tax withheld', ({ tdsMinor }) => decimalOf(tdsMinor, currency)],
  ['Written off', ({ writtenOffMinor }) => decimalOf(writtenOffMinor, currency)],
  ['Back to the patient', ({ returnedMinor }) => decimalOf(returnedMinor, currency)],
  [`Open in ${currency}`, ({ openMinor }) => decimalOf(openMinor, currency)],
];
