import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageHeader } from '@/components/ui/page-header';
import { wholeUnit } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { usualEnd } from '@/features/cashier/estimates/policy';
import { newEstimateQuery } from '@/features/cashier/estimates/schema';
import { EstimateForm } from '@/features/cashier/estimates/ui/estimate-form';
import { listPriced } from '@/features/cashier/price-list/queries';
import { taxComponentsOn } from '@/features/cashier/price-list/taxes';
import { listDoctors } from '@/features/identity/staff/directory';
import { getPatient } from '@/features/patients/patients/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'New estimate' };

export default async function NewEstimatePage({ searchParams }: PageProps<'/cashier/estimates/new'>) {
  const ctx = await staffPage('bills:write');
  const { patient: patientId } = newEstimateQuery.parse(await searchParams);
  if (!patientId) redirect(paths.cashier);
  const day = todayIn(ctx.timeZone);
  const [patient, settings, priced, doctors] = await load(
    Promise.all([getPatient(ctx, patientId), getBillSettings(ctx), listPriced(ctx, day), listDoctors(ctx)]),
  );
  const { currency, country, taxNumber } = settings;
  const services = priced.flatMap(({ id, code, name, taxClass, price }) =>
    price
      ? [
          {
            ...{ id, code, name },
            unitMinor: price.amountMinor,
            isInclusive: price.isInclusive,
            components: taxComponentsOn({ country, isRegistered: taxNumber !== null }, taxClass, day),
          },
        ]
      : [],
  );
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Cashier', href: paths.cashier },
          { label: 'Estimates', href: paths.estimates },
          { label: 'New estimate' },
        ]}
        title={`Estimate for ${patient.name}`}
        description={patient.number}
      />
      <EstimateForm
        patientId={patient.id}
        doctors={doctors.map(({ id, name }) => ({ id, name }))}
        services={services}
        currency={currency}
        step={settings.isRounded ? wholeUnit(currency.code) : 1}
        today={day}
        validUntil={usualEnd(day)}
        requestKey={randomUUID()}
      />
    </>
  );
}
