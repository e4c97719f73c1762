import type { Metadata } from 'next';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { listDangers, listDispenses, listShelves } from '@/features/dispensary/dispenses/queries';
import { DispenseForm } from '@/features/dispensary/dispenses/ui/dispense-form';
import { DispenseList } from '@/features/dispensary/dispenses/ui/dispense-list';
import { getPatient } from '@/features/patients/patients/queries';
import { storesAndCounter } from '@/features/pharmacy/stores/queries';
import { CounterChoice } from '@/features/pharmacy/stores/ui/counter-choice';
import { openPrescription } from '@/features/record/prescriptions/queries';
import { PrescriptionBadges } from '@/features/record/prescriptions/ui/prescription-view';
import { load, staffPage } from '@/lib/actions/staff';
import { paperLanguageOf } from '@/lib/paper-language';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Dispense' };

export default async function DispensePage({ params }: PageProps<'/pharmacy/[prescriptionId]'>) {
  const ctx = await staffPage('dispenses:read');
  const prescription = await load(openPrescription(ctx, (await params).prescriptionId));
  const { offered, counter: store } = await load(storesAndCounter(ctx));
  const [patient, shelves, dispenses, dangers] = await load(
    Promise.all([
      getPatient(ctx, prescription.patientId),
      listShelves(ctx, prescription.lines, store.id),
      listDispenses(ctx, prescription.id),
      listDangers(ctx, prescription),
    ]),
  );
  const isOpen = prescription.dispenseStatus === 'waiting' || prescription.dispenseStatus === 'partial';
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        badge={<PrescriptionBadges {...prescription} />}
        breadcrumbs={[{ label: 'Pharmacy', href: paths.pharmacy }, { label: `Token ${prescription.token}` }]}
        actions={
          <>
            <Link href={paths.prescription(prescription.id)} className={buttonClass()}>
              Open the prescription
            </Link>
            <Link
              href={paths.pharmacy}
              className={buttonClass({ variant: dispenses.length > 0 ? 'primary' : 'secondary' })}
            >
              Back to the counter
            </Link>
          </>
        }
      />
      <div className="grid max-w-4xl gap-5">
        {prescription.voided ? (
          <Alert tone="danger" title="This prescription is void">
            {prescription.voided.reason}
          </Alert>
        ) : null}
        {isOpen && ctx.can('dispenses:write') ? (
          <>
            <CounterChoice stores={offered} chosen={store} />
            <DispenseForm
              key={`${prescription.version}-${dispenses.length}-${store.id}`}
              storeId={store.id}
              prescriptionId={prescription.id}
              version={prescription.version}
              lines={prescription.lines}
              dispensed={prescription.dispensed}
              shelves={shelves}
              dangers={dangers}
              today={today(ctx.timeZone)}
            />
          </>
        ) : isOpen ? null : (
          <p className="text-sm text-text-muted">There is nothing to give of it.</p>
        )}
        <DispenseList
          dispenses={dispenses}
          prescribed={prescription.lines}
          timeZone={ctx.timeZone}
          language={paperLanguageOf(patient.spokenLanguage)}
          canWrite={ctx.can('dispenses:write')}
        />
      </div>
    </>
  );
}
