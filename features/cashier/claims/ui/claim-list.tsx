import { Badge, type BadgeTone } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { panelLinkClass, panelRowClass } from '@/components/ui/list-panel';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { type Day, formatDay } from '@/lib/time';
import type { ClaimSummary } from '../dto';
import { CLAIM_STAGES, CLAIM_STATES, type ClaimState } from '../policy';

const TONE: Record<ClaimState, BadgeTone> = {
  draft: 'warning',
  sent: 'info',
  queried: 'warning',
  approved: 'success',
  rejected: 'danger',
  withdrawn: 'neutral',
  settled: 'success',
};

export function ClaimBadge({ status }: { status: ClaimState }) {
  return <Badge tone={TONE[status]}>{CLAIM_STATES[status]}</Badge>;
}

const stageText = ({ stage, mode }: ClaimSummary): string =>
  mode === 'reimbursement' ? 'Reimbursement' : CLAIM_STAGES[stage];

/** What is asked, or what is open of what was claimed. */
const amountOf = ({ stage, mode, askedMinor, openMinor, status, claimedMinor }: ClaimSummary): number =>
  stage === 'authorization' || mode === 'reimbursement'
    ? (askedMinor ?? 0)
    : status === 'settled'
      ? claimedMinor
      : openMinor;

type ClaimListProps = {
  claims: readonly ClaimSummary[];
  currency: Currency;
  today: Day;
  empty: string;
  label: string;
};

/** Claims of a worklist, each leading to itself. */
export function ClaimList({ claims, currency, today, empty, label }: ClaimListProps) {
  if (claims.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  return (
    <ul aria-label={label} className="divide-y divide-border">
      {claims.map((claim) => (
        <li key={claim.id} className={panelRowClass}>
          <div className="min-w-0 flex-1">
            <Link href={paths.claim(claim.id)} className={panelLinkClass}>
              {claim.patientName}
            </Link>
            <p className="break-words text-[0.8125rem] text-text-muted">
              {[claim.payerName, claim.number, stageText(claim), claim.billNumber, formatDay(claim.day)]
                .filter(Boolean)
                .join(', ')}
            </p>
            {claim.dueDay && claim.dueDay < today && claim.openMinor > 0 ? (
              <p className="text-[0.8125rem] text-warning">Overdue since {formatDay(claim.dueDay)}</p>
            ) : null}
          </div>
          <ClaimBadge status={claim.status} />
          <p className="w-28 text-right font-medium text-text tabular-nums">
            {formatAmount(amountOf(claim), currency)}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What the payers of a bill have taken over, and what of it is open. */
export function ClaimsOfBill({ claims, currency }: { claims: readonly ClaimSummary[]; currency: Currency }) {
  return (
    <ul aria-label="Payers of the bill" className="divide-y divide-border">
      {claims.map((claim) => (
        <li key={claim.id} className={panelRowClass}>
          <div className="min-w-0 flex-1">
            <Link href={paths.claim(claim.id)} className={panelLinkClass}>
              {claim.payerName}
            </Link>
            <p className="text-[0.8125rem] text-text-muted">
              {claim.mode === 'reimbursement'
                ? `${claim.number}, papers for the patient`
                : claim.openMinor > 0
                  ? `${claim.number}, ${formatAmount(claim.openMinor, currency)} open`
                  : `${claim.number}, nothing open`}
            </p>
          </div>
          <ClaimBadge status={claim.status} />
          <p className="w-28 text-right font-medium text-text tabular-nums">
            {formatAmount(
              claim.mode === 'reimbursement' ? (claim.askedMinor ?? 0) : claim.claimedMinor,
              currency,
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
