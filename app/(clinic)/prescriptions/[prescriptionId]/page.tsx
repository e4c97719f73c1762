import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PaperByMail } from '@/app/(clinic)/_shell/paper-by-mail';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { allergiesOf } from '@/app/(clinic)/_shell/read-once';
import { PaperView } from '@/components/paper/paper-view';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { Skeleton } from '@/components/ui/skeleton';
import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { listPrints, paperFrame } from '@/features/identity/papers/queries';
import { Prints } from '@/features/identity/papers/ui/prints';
import { ageText } from '@/features/patients/patients/policy';
import { getPatient } from '@/features/patients/patients/queries';
import type { Prescription } from '@/features/record/prescriptions/dto';
import { prescriptionPaper } from '@/features/record/prescriptions/paper';
import { listPrescriptionVersions, openPrescription } from '@/features/record/prescriptions/queries';
import { paperQuery } from '@/features/record/prescriptions/schema';
import { LanguageLinks } from '@/features/record/prescriptions/ui/language-links';
import {
  PrescriptionReasons,
  PrescriptionVersions,
} from '@/features/record/prescriptions/ui/prescription-versions';
import { PrescriptionBadges, PrescriptionLines } from '@/features/record/prescriptions/ui/prescription-view';
import { VoidPrescription } from '@/features/record/prescriptions/ui/void-prescription';
import { load, staffPage } from '@/lib/actions/staff';
import { paperLanguageOf } from '@/lib/paper-language';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Prescription' };

export default async function PrescriptionPage({
  params,
  searchParams,
}: PageProps<'/prescriptions/[prescriptionId]'>) {
  const ctx = await staffPage('prescriptions:read');
  const prescription = await load(openPrescription(ctx, (await params).prescriptionId));
  const patient = await load(getPatient(ctx, prescription.patientId));
  const asked = paperQuery.parse(await searchParams);
  const language = asked.language ?? paperLanguageOf(patient.spokenLanguage);
  const [frame, allergies, prints] = await load(
    Promise.all([
      branchOfVisit(ctx, prescription.visitId).then((branchId) => paperFrame(ctx, branchId)),
      allergiesOf(ctx, patient.id),
      listPrints(ctx, `prescription:${prescription.id}:v${prescription.version}`),
    ]),
  );
  const birth = { day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated };
  const paper = prescriptionPaper(prescription, frame, {
    language,
    timeZone: ctx.timeZone,
    age: ageText(birth, prescription.day),
    allergies: allergies.allergies.map(({ substance }) => substance),
  });
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
            {signed && !voided ? (
              <a
                href={paths.prescriptionPrint(id, language)}
                target="_blank"
                rel="noreferrer"
                className={buttonClass({ variant: 'primary' })}
              >
                <Icon of="printer" /> Print
              </a>
            ) : null}
            {signed && !voided && ctx.can('dispenses:read') ? (
              <Link href={paths.dispense(id)} className={buttonClass()}>
                At the pharmacy
              </Link>
            ) : null}
            {canPrescribe ? (
              <Link href={paths.prescribe(prescription.visitId)} className={buttonClass()}>
                <Icon of="pill" /> Change
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
        <Section
          title="Paper"
          description="As it is printed. The second print is marked as a copy."
          actions={<LanguageLinks href={paths.prescription(id)} language={language} />}
        >
          <PaperView paper={paper} />
          <Prints prints={prints} timeZone={ctx.timeZone} />
        </Section>
        {signed && !voided ? (
          <PaperByMail ctx={ctx} kind="prescription" paperId={id} email={patient.email} />
        ) : null}
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
