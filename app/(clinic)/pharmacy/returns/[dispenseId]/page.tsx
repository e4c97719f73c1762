import type { Metadata } from 'next';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getDispense } from '@/features/dispensary/dispenses/queries';
import { listReturnable, listReturns } from '@/features/dispensary/returns/queries';
import { ReturnForm } from '@/features/dispensary/returns/ui/return-form';
import { ReturnList } from '@/features/dispensary/returns/ui/return-list';
import { getPatient } from '@/features/patients/patients/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Take back' };

export default async function ReturnPage({ params }: PageProps<'/pharmacy/returns/[dispenseId]'>) {
  const ctx = await staffPage('dispenses:read');
  const dispense = await load(getDispense(ctx, (await params).dispenseId));
  const [patient, { lots, until, isTooLate, isOpenedTaken }, returns] = await load(
    Promise.all([
      dispense.patientId ? getPatient(ctx, dispense.patientId) : null,
      listReturnable(ctx, dispense),
      listReturns(ctx, dispense.id),
    ]),
  );
  const given = dispense.prescriptionId ? paths.dispense(dispense.prescriptionId) : paths.sale(dispense.id);
  const breadcrumbs = [
    { label: 'Pharmacy', href: paths.pharmacy },
    { label: dispense.sale ? 'Sale' : 'What was given', href: given },
    { label: 'Take back' },
  ];
  const actions = (
    <>
      {returns.length > 0 && ctx.can('bills:read') ? (
        <Link href={withQuery(paths.charges, { show: 'credit' })} className={buttonClass()}>
          To be credited
        </Link>
      ) : null}
      <Link href={given} className={buttonClass()}>
        {dispense.sale ? 'Back to the sale' : 'Back to what was given'}
      </Link>
    </>
  );
  const canReturn = lots.some(({ left, isExpired }) => left > 0 && !isExpired);
  return (
    <>
      {patient ? (
        <PatientHead ctx={ctx} patient={patient} breadcrumbs={breadcrumbs} actions={actions} />
      ) : (
        <PageHeader
          breadcrumbs={breadcrumbs}
          title={`Take back from ${dispense.sale?.buyer.name ?? 'a customer'}`}
          actions={actions}
        />
      )}
      <div className="grid max-w-4xl gap-5">
        {isTooLate && until ? (
          <Alert tone="warning" title={`This was taken back until ${formatDay(until)}`}>
            It was given on {formatDay(dispense.day)}. The days are in the settings of the pharmacy.
          </Alert>
        ) : null}
        {!isTooLate && canReturn && ctx.can('dispenses:write') ? (
          <ReturnForm
            key={returns.length}
            dispenseId={dispense.id}
            lots={lots}
            isOpenedTaken={isOpenedTaken}
          />
        ) : null}
        {canReturn ? null : (
          <p className="text-sm text-text-muted">Nothing of this dispense can come back.</p>
        )}
        <ReturnList returns={returns} timeZone={ctx.timeZone} />
      </div>
    </>
  );
}
