import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { getOffer, listOffersToMe } from '@/features/cashier/handovers/queries';
import { HandoverNotes } from '@/features/cashier/handovers/ui/handover-notes';
import { listReceiptsOfShift } from '@/features/cashier/payments/queries';
import { ReceiptList } from '@/features/cashier/payments/ui/receipt-list';
import { findOwnShift, listOwnShifts } from '@/features/cashier/shifts/queries';
import { CloseShift, OpenShift } from '@/features/cashier/shifts/ui/shift-forms';
import { ShiftList } from '@/features/cashier/shifts/ui/shift-list';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Your shift' };

export default async function ShiftPage() {
  const ctx = await staffPage('payments:write');
  const [shift, settings, shifts] = await load(
    Promise.all([findOwnShift(ctx), getBillSettings(ctx), listOwnShifts(ctx)]),
  );
  const [offers, ownOffer] = await load(
    Promise.all([listOffersToMe(ctx), shift?.handoverId ? getOffer(ctx, shift.handoverId) : null]),
  );
  const receipts = shift ? await load(listReceiptsOfShift(ctx, shift.id)) : [];
  const { currency } = settings;
  const when = (iso: string) => formatInstant(new Date(iso), ctx.timeZone);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Your shift' }]}
        title="Your shift"
        description={shift ? `Open since ${when(shift.openedAt)}` : 'Not open'}
        actions={
          shift && !shift.handoverId ? (
            <Link href={paths.handover} className={buttonClass()}>
              Hand over
            </Link>
          ) : null
        }
      />
      <HandoverNotes ownOffer={ownOffer} offers={offers} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {shift ? (
          <>
            <Section title="Close shift" description="Count what is in the drawer, with the float.">
              <CloseShift shiftId={shift.id} currency={currency} />
            </Section>
            <div className="grid min-w-0 gap-5">
              <Section title="So far">
                <DescriptionList
                  columns={2}
                  items={[
                    { label: 'Float', value: formatAmount(shift.floatMinor, currency) },
                    ...(shift.receivedMinor > 0
                      ? [{ label: 'Taken over', value: formatAmount(shift.receivedMinor, currency) }]
                      : []),
                    { label: 'Receipts', value: shift.receipts },
                  ]}
                />
              </Section>
              <Section title="Receipts" flush>
                <ReceiptList
                  receipts={receipts.map((receipt) => ({ ...receipt, when: when(receipt.at) }))}
                  currency={currency}
                  empty="Nothing yet."
                />
              </Section>
            </div>
          </>
        ) : (
          <Section title="Open shift" description="Payments go into your drawer until you close it.">
            <OpenShift />
          </Section>
        )}
      </div>
      <Section title="Earlier" flush className="mt-5">
        <ShiftList
          shifts={shifts.filter(({ closed }) => closed !== null)}
          currency={currency}
          empty="You have closed no shift yet."
        />
      </Section>
    </>
  );
}
