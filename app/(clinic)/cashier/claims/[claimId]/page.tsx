import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Timeline } from '@/components/ui/timeline';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { CLAIM_STAGES } from '@/features/cashier/claims/policy';
import { getClaim, listPapers } from '@/features/cashier/claims/queries';
import { ClaimBadge } from '@/features/cashier/claims/ui/claim-list';
import { ClaimPapers } from '@/features/cashier/claims/ui/claim-papers';
import { ClaimSteps } from '@/features/cashier/claims/ui/claim-steps';
import { canDeleteFile } from '@/features/patients/files/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Claim' };

export default async function ClaimPage({ params }: PageProps<'/cashier/claims/[claimId]'>) {
  const ctx = await staffPage('bills:read');
  const { claimId } = await params;
  const [claim, settings] = await load(Promise.all([getClaim(ctx, claimId), getBillSettings(ctx)]));
  const papers = await load(listPapers(ctx, claim.id));
  const currency = { ...settings.currency, code: claim.currency };
  const amount = (minor: number | null) => (minor === null ? null : formatAmount(minor, currency));
  const canWrite = ctx.can('claims:write');
  const userId = ctx.actor.kind === 'staff' ? ctx.actor.userId : '';
  const mayDeleteAny = ctx.can('days:write');
  const isClaim = claim.stage === 'claim' && claim.mode === 'cashless';
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Cashier', href: paths.cashier },
          { label: 'Claims', href: paths.claims },
          { label: claim.number },
        ]}
        title={
          claim.mode === 'reimbursement'
            ? `Reimbursement ${claim.number}`
            : `${CLAIM_STAGES[claim.stage]} ${claim.number}`
        }
        badge={<ClaimBadge status={claim.status} />}
        description={
          <Link href={paths.patient(claim.patientId)} className="hover:underline">
            {claim.patientName}, {claim.patientNumber}
          </Link>
        }
        actions={
          <>
            {claim.billId ? (
              <a href={paths.claimPrint(claim.id)} className={buttonClass()}>
                <Icon of="printer" /> Print claim papers
              </a>
            ) : null}
            {claim.stage === 'authorization' && claim.status === 'approved' && ctx.can('bills:write') ? (
              <Link
                href={paths.billOfClaim(claim.patientId, claim.id)}
                className={buttonClass({ variant: 'primary' })}
              >
                Bill it
              </Link>
            ) : null}
            {canWrite && claim.openMinor > 0 ? (
              <Link
                href={withQuery(paths.settleClaims, { payer: claim.payerId, claim: claim.id })}
                className={buttonClass({ variant: 'primary' })}
              >
                Enter what was paid
              </Link>
            ) : null}
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-5">
          <Section title={claim.payerName}>
            <DescriptionList
              columns={2}
              items={[
                {
                  label: 'Bill',
                  value: claim.billId ? (
                    <Link href={paths.bill(claim.billId)} className="underline">
                      {claim.billNumber}
                    </Link>
                  ) : null,
                },
                { label: 'Number of the policy or card', value: claim.policyNumber },
                { label: 'Member or employee number', value: claim.memberId },
                { label: 'Number of the approval', value: claim.authorizationNumber },
                { label: 'Their number of the claim', value: claim.claimNumber },
                { label: 'Planned', value: claim.procedure },
                { label: 'Asked for', value: amount(claim.askedMinor) },
                { label: 'Approved', value: amount(claim.approvedMinor) },
                ...(claim.validUntil
                  ? [{ label: 'Approved until', value: formatDay(claim.validUntil) }]
                  : []),
                ...(claim.dueDay ? [{ label: 'To be paid by', value: formatDay(claim.dueDay) }] : []),
              ]}
            />
          </Section>
          {isClaim ? (
            <Section title="What became of it">
              <DescriptionList
                columns={3}
                items={[
                  { label: 'Claimed', value: amount(claim.claimedMinor) },
                  { label: 'Received', value: amount(claim.receivedMinor) },
                  { label: 'Tax withheld', value: amount(claim.tdsMinor) },
                  { label: 'Written off', value: amount(claim.writtenOffMinor) },
                  { label: 'Back to the patient', value: amount(claim.returnedMinor) },
                  { label: 'Open', value: amount(claim.openMinor) },
                ]}
              />
            </Section>
          ) : null}
          {canWrite ? (
            <Section title="What happened">
              <ClaimSteps claim={claim} currency={currency} />
            </Section>
          ) : null}
        </div>
        <div className="grid min-w-0 gap-5">
          <Section title="So far">
            <Timeline
              items={[...claim.history].reverse().map((event, index) => ({
                id: String(claim.history.length - index),
                title: event.amountMinor ? `${event.what}, ${amount(event.amountMinor)}` : event.what,
                time: formatInstant(new Date(event.at), ctx.timeZone),
                description: [event.note, event.byName].filter(Boolean).join(' · '),
              }))}
            />
          </Section>
          <ClaimPapers
            claimId={claim.id}
            papers={papers.map((paper) => ({
              ...{ id: paper.id, name: paper.name, contentType: paper.contentType },
              ...{ sizeBytes: paper.sizeBytes, uploadedByName: paper.uploadedByName },
              uploadedAt: paper.uploadedAt,
              canDelete: canWrite && canDeleteFile({ mayDeleteAny, userId }, paper),
            }))}
            canWrite={canWrite}
            timeZone={ctx.timeZone}
          />
        </div>
      </div>
    </>
  );
}
