import { Pill } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { getPatient } from '@/features/patients/patients/queries';
import type { Prescription } from '@/features/record/prescriptions/dto';
import { listPrescriptionVersions, openPrescription } from '@/features/record/prescriptions/queries';
import {
  PrescriptionReasons,
  PrescriptionVersions,
} from '@/features/record/prescriptions/ui/prescription-versions';
import { PrescriptionBadges, PrescriptionLines } from '@/features/record/prescriptions/ui/prescription-view';
import { VoidPrescription } from '@/features/record/prescriptions/ui/void-prescription';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Prescription' };

export default async function PrescriptionPage({ params }: PageProps<'/prescriptions/[prescriptionId]'>) {
  const ctx = await staffPage('prescriptions:read');
  const prescription = await load(openPrescription(ctx, (await params).prescriptionId));
  const patient = await load(getPatient(ctx, prescription.patientId));
  const { id, signed, voided, status } = prescription;
  const when = (at: string) => formatInstant(new Date(at), ctx.timeZone);
  const canPrescribe = ctx.can('prescriptions:write') && status !== 'cancelled';
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        badge={<PrescriptionBadges {...prescription} />}
        breadcrumbs={[
          { label: prescription.patientName, href: paths.patient(prescription.patientId) },
          ...(ctx.can('queue:read')
            ? [{ label: formatDay(prescription.day), href: paths.visit(prescription.visitId) }]
            : []),
          { label: 'Prescription' },
        ]}
        actions={
          <>
            {canPrescribe ? (
              <Link href={paths.prescribe(prescription.visitId)} className={buttonClass()}>
                <Pill aria-hidden="true" /> Change
              </Link>
            ) : null}
            {canPrescribe && signed ? <VoidPrescription id={id} version={prescription.version} /> : null}
          </>
        }
      />
      <div className="grid max-w-4xl gap-5">
        {voided ? (
          <Alert tone="danger" title={`Voided by ${voided.name}, ${when(voided.at)}`}>
            {voided.reason}
          </Alert>
        ) : null}
        <Section
          title="Prescribed"
          description={
            signed
              ? `Signed by ${signed.name}${signed.registrationNumber ? `, registration ${signed.registrationNumber}` : ''}, ${when(signed.at)}`
              : `Written by ${prescription.savedByName}, not signed`
          }
          flush
        >
          <PrescriptionLines
            lines={prescription.lines}
            day={prescription.day}
            dispensed={prescription.dispensed}
          />
        </Section>
        <PrescriptionReasons stops={prescription.stops} overrides={prescription.overrides} />
        <Suspense fallback={<Skeleton className="h-24" />}>
          <Versions ctx={ctx} prescription={prescription} />
        </Suspense>
      </div>
    </>
  );
}

async function Versions({ ctx, prescription }: { ctx: TenantContext; prescription: Prescription }) {
  const versions = await load(listPrescriptionVersions(ctx, prescription.id));
  return <PrescriptionVersions versions={versions} day={prescription.day} timeZone={ctx.timeZone} />;
}
