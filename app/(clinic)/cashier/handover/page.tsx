import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { getOffer, listOffersToMe, listReceivers } from '@/features/cashier/handovers/queries';
import { GiveDrawer, TakeDrawer } from '@/features/cashier/handovers/ui/handover-forms';
import { HandoverNotes } from '@/features/cashier/handovers/ui/handover-notes';
import { findOwnShift } from '@/features/cashier/shifts/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Handover' };

export default async function HandoverPage() {
  const ctx = await staffPage('payments:write');
  const [shift, offers, receivers, { currency }] = await load(
    Promise.all([findOwnShift(ctx), listOffersToMe(ctx), listReceivers(ctx), getBillSettings(ctx)]),
  );
  const ownOffer = shift?.handoverId ? await load(getOffer(ctx, shift.handoverId)) : null;
  const canGive = shift !== null && !ownOffer;
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Cashier', href: paths.cashier },
          { label: 'Your shift', href: paths.shift },
          { label: 'Handover' },
        ]}
        title="Handover"
        description="One counts, the other counts again. Nothing moves before both have said yes."
      />
      <HandoverNotes ownOffer={ownOffer} offers={[]} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {offers.map((offer) => (
          <Section
            key={offer.id}
            title={`Drawer of ${offer.fromName}`}
            description={`Offered ${formatInstant(new Date(offer.at), ctx.timeZone)}. Count all that is in it, with the float.`}
          >
            <TakeDrawer offer={offer} currency={currency} />
          </Section>
        ))}
        {canGive ? (
          <Section title="Hand your drawer over" description="Count all that is in it, with the float.">
            {receivers.length > 0 ? (
              <GiveDrawer shiftId={shift.id} currency={currency} receivers={receivers} />
            ) : (
              <p className="text-text-muted">Nobody else here takes payments. Count and close your shift.</p>
            )}
          </Section>
        ) : null}
      </div>
      {!canGive && !ownOffer && offers.length === 0 ? (
        <EmptyState
          title="Nothing to hand over"
          action={
            <Link href={paths.shift} className={buttonClass({ variant: 'primary' })}>
              Open shift
            </Link>
          }
        >
          You have no open shift, and nobody wants to hand theirs over to you.
        </EmptyState>
      ) : null}
    </>
  );
}
