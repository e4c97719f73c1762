import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { INDIAN_STATES } from '@/features/cashier/bill-settings/states';
import type { Bill } from '@/features/cashier/bills/dto';
import { DISCOUNT_REASONS } from '@/features/cashier/bills/policy';
import { getBill, listCreditNotes } from '@/features/cashier/bills/queries';
import { AssignShare } from '@/features/cashier/bills/ui/assign-share';
import { BillLines } from '@/features/cashier/bills/ui/bill-lines';
import { BillList, StateBadge } from '@/features/cashier/bills/ui/bill-list';
import { offerPayers } from '@/features/cashier/claims/offer';
import { listClaimsOfBill } from '@/features/cashier/claims/queries';
import { ClaimsOfBill } from '@/features/cashier/claims/ui/claim-list';
import { findOnlineAccount } from '@/features/cashier/online-accounts/queries';
import { refundsOfReceipts } from '@/features/cashier/online-refunds/queries';
import { OnlineRefundList } from '@/features/cashier/online-refunds/ui/refund-list';
import { listPackagesOfBill } from '@/features/cashier/packages/queries';
import { PackageList } from '@/features/cashier/packages/ui/package-list';
import { findLinkOfBill } from '@/features/cashier/payment-links/queries';
import { LinkSection } from '@/features/cashier/payment-links/ui/link-section';
import type { Receipt } from '@/features/cashier/payments/dto';
import { listAdvances, listReceiptsOfBill } from '@/features/cashier/payments/queries';
import { PaymentForm } from '@/features/cashier/payments/ui/payment-form';
import { ReceiptList } from '@/features/cashier/payments/ui/receipt-list';
import { RefundDialog } from '@/features/cashier/payments/ui/refund-dialog';
import { findOwnShift } from '@/features/cashier/shifts/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatInstant, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Bill' };

async function readBill(ctx: TenantContext, billId: string) {
  const bill = await getBill(ctx, billId);
  const settings = await getBillSettings(ctx);
  const day = today(ctx.timeZone);
  const canClaim = bill.kind === 'bill' && ctx.can('bills:write');
  const [payers, claims, receipts, notes, advances, shift, packages] = await Promise.all([
    canClaim
      ? offerPayers(ctx, { patientId: bill.patientId, day, currency: settings.currency })
      : ([] as Awaited<ReturnType<typeof offerPayers>>),
    listClaimsOfBill(ctx, billId),
    listReceiptsOfBill(ctx, billId),
    listCreditNotes(ctx, billId),
    listAdvances(ctx, bill.patientId),
    findOwnShift(ctx),
    listPackagesOfBill(ctx, billId),
  ]);
  return {
    bill,
    settings,
    receipts,
    notes,
    advances,
    shift,
    payers,
    claims,
    packages,
    ...(await readOnline(ctx, bill, receipts)),
  };
}

/** What is paid by a link, and goes back by the provider; asked for where there may be something. */
async function readOnline(ctx: TenantContext, bill: Bill, receipts: readonly Receipt[]) {
  const isAsked = bill.kind === 'bill' && bill.dueMinor > 0 && !bill.isWalkIn && ctx.can('payments:write');
  const back = receipts.filter(
    ({ kind, tenders }) => kind === 'refund' && tenders.some(({ method }) => method === 'online'),
  );
  const [account, refunds] = await Promise.all([
    isAsked ? findOnlineAccount(ctx) : null,
    refundsOfReceipts(
      ctx,
      back.map(({ id }) => id),
    ),
  ]);
  return { account, link: account ? await findLinkOfBill(ctx, bill.id) : null, refunds };
}

export default async function BillPage({ params }: PageProps<'/cashier/bills/[billId]'>) {
  const ctx = await staffPage('bills:read');
  const { bill, settings, receipts, notes, advances, shift, payers, claims, packages, ...online } =
    await load(readBill(ctx, (await params).billId));
  const currency = { ...settings.currency, code: bill.currency };
  const isNote = bill.kind === 'credit-note';
  const canRefund =
    !isNote && ctx.can('refunds:write') && bill.lines.some((line) => line.creditedQuantity < line.quantity);
  const when = (iso: string) => formatInstant(new Date(iso), ctx.timeZone);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: bill.number }]}
        title={`${isNote ? 'Credit note' : 'Bill'} ${bill.number}`}
        badge={<StateBadge bill={bill} />}
        description={
          bill.isWalkIn ? (
            `${bill.patientName}, no patient of the hospital`
          ) : (
            <Link href={paths.patient(bill.patientId)} className="hover:underline">
              {bill.patientName}, {bill.patientNumber}
            </Link>
          )
        }
        actions={
          <>
            {payers.length > 0 && bill.state !== 'credited' ? (
              <AssignShare
                bill={{
                  ...{ id: bill.id, number: bill.number, dueMinor: Math.max(bill.dueMinor, 0) },
                  wholeMinor: bill.totalMinor - bill.creditedMinor,
                }}
                options={payers}
                currency={currency}
              />
            ) : null}
            {canRefund ? <RefundDialog bill={bill} currency={currency} requestKey={randomUUID()} /> : null}
            <a href={paths.billPrint(bill.id, 'roll')} className={buttonClass()}>
              <Icon of="printer" /> Print on roll
            </a>
            <a href={paths.billPrint(bill.id)} className={buttonClass()}>
              <Icon of="printer" /> Print bill
            </a>
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-5">
          <Section title="Services" flush>
            <BillLines bill={bill} currency={currency} />
          </Section>
          <Section title={isNote ? 'About this credit note' : 'About this bill'}>
            <DescriptionList
              columns={2}
              items={[
                { label: 'Issued', value: `${when(bill.at)} by ${bill.byName}` },
                { label: 'Doctor', value: bill.doctorName },
                ...(bill.placeOfSupply
                  ? [{ label: 'State of supply', value: INDIAN_STATES[bill.placeOfSupply] ?? null }]
                  : []),
                ...(bill.discountReason
                  ? [
                      {
                        label: 'Discount',
                        value: `${DISCOUNT_REASONS[bill.discountReason]}${bill.approvedByName ? `, approved by ${bill.approvedByName}` : ''}`,
                      },
                    ]
                  : []),
                ...(bill.ofBillId
                  ? [
                      {
                        label: 'Takes back from',
                        value: (
                          <Link href={paths.bill(bill.ofBillId)} className="underline">
                            {bill.ofBillNumber}
                          </Link>
                        ),
                      },
                      { label: 'Reason', value: bill.reason },
                    ]
                  : []),
              ]}
            />
          </Section>
          {packages.length > 0 ? (
            <Section title="What the package includes" flush>
              <PackageList packages={packages} today={today(ctx.timeZone)} />
            </Section>
          ) : null}
          {notes.length > 0 ? (
            <Section title="Credit notes" flush>
              <BillList bills={notes} currency={currency} showPatient={false} empty="" />
            </Section>
          ) : null}
        </div>
        {isNote ? null : (
          <div className="grid min-w-0 gap-5">
            {bill.dueMinor > 0 && ctx.can('payments:write') ? (
              <Section title="Payment">
                {shift ? (
                  <PaymentForm
                    bill={{ id: bill.id, number: bill.number, dueMinor: bill.dueMinor }}
                    receipts={receipts.length}
                    currency={currency}
                    advances={advances.map(({ id, number, leftMinor }) => ({
                      id,
                      number,
                      leftMinor: leftMinor ?? 0,
                    }))}
                    payee={{ upiAddress: settings.upiAddress, legalName: settings.legalName }}
                    requestKey={randomUUID()}
                  />
                ) : (
                  <Alert
                    tone="info"
                    title="Open your shift first"
                    action={
                      <Link href={paths.shift} className={buttonClass({ size: 'sm', variant: 'primary' })}>
                        Open shift
                      </Link>
                    }
                  >
                    Payments go into a drawer that is counted.
                  </Alert>
                )}
              </Section>
            ) : null}
            {online.account ? (
              <Section title="Payment link">
                <LinkSection
                  billId={bill.id}
                  dueMinor={bill.dueMinor}
                  isLive={online.account.isLive}
                  link={online.link && { ...online.link, until: when(online.link.expiresAt) }}
                  currency={currency}
                />
              </Section>
            ) : null}
            {claims.length > 0 ? (
              <Section title="Payers" flush>
                <ClaimsOfBill claims={claims} currency={currency} />
              </Section>
            ) : null}
            <Section title="Receipts" flush>
              <ReceiptList
                receipts={receipts.map((receipt) => ({ ...receipt, when: when(receipt.at) }))}
                currency={currency}
                empty="Nothing has been paid yet."
              />
            </Section>
            {online.refunds.length > 0 ? (
              <Section title="Refunds online" flush>
                <OnlineRefundList
                  refunds={online.refunds.map((refund) => ({ ...refund, when: when(refund.at) }))}
                  currency={currency}
                  canAsk={ctx.can('refunds:write')}
                  empty=""
                />
              </Section>
            ) : null}
          </div>
        )}
      </div>
    </>
  );
}
