import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { getOffer } from '@/features/cashier/handovers/queries';
import { HandoverNotes } from '@/features/cashier/handovers/ui/handover-notes';
import { getShift } from '@/features/cashier/shifts/queries';
import { CloseOtherShift } from '@/features/cashier/shifts/ui/shift-forms';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Shift' };

/** A drawer that somebody went home without counting: who closes the day counts it for them. */
export default async function OtherShiftPage({ params }: PageProps<'/cashier/shift/[shiftId]'>) {
  const ctx = await staffPage('days:write');
  const { shiftId } = await params;
  const [shift, { currency }] = await load(Promise.all([getShift(ctx, shiftId), getBillSettings(ctx)]));
  const offer = shift.handoverId ? await load(getOffer(ctx, shift.handoverId)) : null;
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Cashier', href: paths.cashier },
          { label: 'Day book', href: paths.dayBook(shift.day) },
          { label: shift.cashierName },
        ]}
        title={`Shift of ${shift.cashierName}`}
        description={`${formatDay(shift.day)}, open since ${formatInstant(new Date(shift.openedAt), ctx.timeZone)}`}
      />
      <HandoverNotes ownOffer={offer} offers={[]} isOther />
      {shift.closed ? (
        <Alert
          tone="info"
          title={`Closed by ${shift.closed.byName}`}
          action={
            <Link href={paths.dayBook(shift.day)} className={buttonClass({ size: 'sm' })}>
              Open the day book
            </Link>
          }
        />
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Section title="Close shift" description="Count what is in the drawer, with the float.">
            <CloseOtherShift shiftId={shift.id} currency={currency} />
          </Section>
          <Section title="So far">
            <DescriptionList
              columns={2}
              items={[
                { label: 'Float', value: formatAmount(shift.floatMinor, currency) },
                { label: 'Receipts', value: shift.receipts },
                { label: 'Closed by', value: `${ctx.actor.name}, for ${shift.cashierName}` },
              ]}
            />
          </Section>
        </div>
      )}
    </>
  );
}
