import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { wholeUnit } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { stateOfName, stateOfTaxNumber } from '@/features/cashier/bill-settings/states';
import { issueBillAction } from '@/features/cashier/bills/actions';
import { listApprovers } from '@/features/cashier/bills/approval';
import { duesOfPatient, proposeFee } from '@/features/cashier/bills/queries';
import { newBillQuery } from '@/features/cashier/bills/schema';
import { BillForm } from '@/features/cashier/bills/ui/bill-form';
import type { Billable, Charged } from '@/features/cashier/bills/ui/typed-lines';
import { listOpenCharges } from '@/features/cashier/charges/queries';
import { offerPayers } from '@/features/cashier/claims/offer';
import { issueBillOfEstimateAction } from '@/features/cashier/estimates/actions';
import { getEstimate } from '@/features/cashier/estimates/queries';
import { listOpenPackages } from '@/features/cashier/packages/queries';
import { PackageList } from '@/features/cashier/packages/ui/package-list';
import { listPriced, payerPrices } from '@/features/cashier/price-list/queries';
import { taxComponentsOn } from '@/features/cashier/price-list/taxes';
import { listVisitsOfPatient } from '@/features/frontdesk/queue/queries';
import { listDoctors } from '@/features/identity/staff/directory';
import { getPatient } from '@/features/patients/patients/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'New bill' };

/** All that a bill is made of, with the fee of the visit that it is for. */
async function readBill(
  ctx: TenantContext,
  patientId: string,
  { visit: wantedVisit, payer: wantedPayer }: { visit?: string | undefined; payer?: string | undefined },
) {
  const day = todayIn(ctx.timeZone);
  const settings = await getBillSettings(ctx);
  const payers = await offerPayers(ctx, { patientId, day, currency: settings.currency });
  const payer = payers.find(({ value }) => value === wantedPayer) ?? null;
  const [patient, priced, doctors, visits, approvers, dueMinor, open, packages] = await Promise.all([
    getPatient(ctx, patientId),
    listPriced(ctx, day, payer ? { payer: payer.payerId } : {}),
    listDoctors(ctx),
    listVisitsOfPatient(ctx, patientId),
    listApprovers(ctx),
    duesOfPatient(ctx, patientId),
    listOpenCharges(ctx, patientId),
    listOpenPackages(ctx, patientId),
  ]);
  const priceOf = payer ? await payerPrices(ctx, payer.payerId, open) : () => null;
  const charges = open.map((charge) => {
    const price = charge.isFree ? null : priceOf(charge);
    return price ? { ...charge, unitMinor: price.amountMinor, isInclusive: price.isInclusive } : charge;
  });
  const visit = visits.find(({ id }) => id === wantedVisit) ?? visits.find((one) => one.day === day) ?? null;
  const isCharged = charges.some(({ consultation, visitId }) => consultation && visitId === visit?.id);
  const fee =
    visit && !isCharged
      ? await proposeFee(
          ctx,
          { services: priced, reviewDays: settings.reviewDays },
          {
            patientId,
            day,
            doctorId: visit.doctorId,
            visitId: visit.id,
            hasComeBefore: visits.some((one) => one.day < visit.day),
          },
        )
      : null;
  return {
    ...{ patient, settings, priced, doctors, visit, approvers, dueMinor, charges, fee, day, payers, payer },
    packages,
  };
}

export default async function NewBillPage({ searchParams }: PageProps<'/cashier/bills/new'>) {
  const ctx = await staffPage('bills:write');
  const query = newBillQuery.parse(await searchParams);
  const { patient: patientId, estimate: estimateId } = query;
  // A bill is somebody's: the counter is where one finds whose.
  if (!patientId) redirect(paths.cashier);
  const read = await load(readBill(ctx, patientId, query));
  const found = estimateId ? await load(getEstimate(ctx, estimateId)) : null;
  const estimate = found?.patientId === patientId && found.state === 'open' ? found : null;
  const { patient, settings, priced, doctors, visit, approvers, dueMinor, charges, fee, day } = read;
  const { currency, country, taxNumber } = settings;
  const own = stateOfTaxNumber(country, taxNumber);
  const place = query.place ?? own;
  const taxesOf = (taxClass: string, on: string) =>
    taxComponentsOn(
      { country, isRegistered: taxNumber !== null, isInterState: own !== null && place !== own },
      taxClass,
      on,
    );
  const services = priced.flatMap(({ id, code, name, taxClass, price, includes }): Billable[] =>
    price
      ? [
          {
            ...{ id, code, name },
            unitMinor: price.amountMinor,
            isInclusive: price.isInclusive,
            components: taxesOf(taxClass, day),
            includes,
          },
        ]
      : [],
  );
  const onList = new Map(services.map(({ id, unitMinor }) => [id, unitMinor]));
  const changed = (estimate?.lines ?? []).filter(
    ({ serviceId, unitMinor }) => onList.get(serviceId) !== unitMinor,
  );
  const unpriced = charges.filter(({ unitMinor }) => unitMinor === null);
  const charged = charges.flatMap(({ unitMinor, taxClass, ...charge }): Charged[] =>
    unitMinor === null
      ? []
      : [
          {
            ...{ id: charge.id, name: charge.name, quantity: charge.quantity, isFree: charge.isFree },
            ...{ unitMinor, isInclusive: charge.isInclusive, components: taxesOf(taxClass, charge.day) },
            note: charge.day === day ? '' : formatDay(charge.day),
            ofService: charge.day === day ? charge.serviceId : null,
          },
        ],
  );
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'New bill' }]}
        title={`Bill for ${patient.name}`}
        description={[patient.number, visit ? `token ${visit.token}` : null].filter(Boolean).join(', ')}
      />
      {dueMinor > 0 ? (
        <Alert
          tone="warning"
          className="mb-5"
          title={`${formatAmount(dueMinor, currency)} is due from earlier bills`}
          action={
            <Link href={paths.patient(patient.id)} className={buttonClass({ size: 'sm' })}>
              Open the patient
            </Link>
          }
        />
      ) : null}
      {read.packages.length > 0 ? (
        <Section title="Paid for with a package, and not to be billed again" flush className="mb-5">
          <PackageList packages={read.packages} today={day} />
        </Section>
      ) : null}
      {estimate && changed.length > 0 ? (
        <Alert
          tone="warning"
          className="mb-5"
          title={`Estimate ${estimate.number} came to ${formatAmount(estimate.totalMinor, currency)}: prices have changed since`}
        >
          {changed
            .map(({ name, serviceId, unitMinor }) => {
              const now = onList.get(serviceId);
              const today = now === undefined ? 'no longer on the list' : formatAmount(now, currency);
              return `${name}: ${formatAmount(unitMinor, currency)} then, ${today} now`;
            })
            .join('; ')}
          . The bill has the prices of today.
        </Alert>
      ) : null}
      {unpriced.length > 0 ? (
        <Alert tone="warning" className="mb-5" title="Without a price, and so not on this bill">
          {unpriced.map(({ name }) => name).join(', ')}. Set the price among the medicines, then open the bill
          again.
        </Alert>
      ) : null}
      {services.length === 0 && charged.length === 0 ? (
        <EmptyState
          title="No prices yet"
          action={
            <Link href={paths.priceList} className={buttonClass({ variant: 'primary' })}>
              Open the price list
            </Link>
          }
        >
          A bill is made of services with a price. Set the first ones in the price list.
        </EmptyState>
      ) : (
        <BillForm
          action={estimate ? issueBillOfEstimateAction : issueBillAction}
          estimate={
            estimate
              ? {
                  ...{ id: estimate.id, number: estimate.number },
                  lines: estimate.lines.filter(({ serviceId }) => onList.has(serviceId)),
                }
              : null
          }
          patientId={patient.id}
          visitId={visit?.id ?? null}
          doctors={doctors.map(({ id, name }) => ({ id, name }))}
          doctorId={visit?.doctorId ?? ''}
          services={services}
          charges={charged}
          proposed={
            fee
              ? {
                  serviceId: fee.serviceId,
                  isFree: fee.isFree,
                  note: fee.freeUntil ? `Review is free until ${formatDay(fee.freeUntil)}` : '',
                }
              : null
          }
          currency={currency}
          step={settings.isRounded ? wholeUnit(currency.code) : 1}
          discountLimitBp={settings.discountLimitBp}
          canDiscountAlone={ctx.can('discounts:write')}
          approvers={approvers}
          requestKey={randomUUID()}
          payers={read.payers}
          payer={read.payer?.value ?? ''}
          place={
            own === null || place === null
              ? null
              : { own, chosen: place, ofPatient: stateOfName(patient.region) }
          }
        />
      )}
    </>
  );
}
