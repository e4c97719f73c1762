import type { Metadata } from 'next';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { openVisit } from '@/features/frontdesk/queue/queries';
import { getPatient } from '@/features/patients/patients/queries';
import { getContactLensesVersion, listContactLensesBeside } from '@/features/record/contact-lenses/queries';
import { ContactLensForm } from '@/features/record/contact-lenses/ui/contact-lens-form';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Prescribe contact lenses' };

export default async function PrescribeContactLensesPage({
  params,
}: PageProps<'/visits/[visitId]/contact-lenses'>) {
  const ctx = await staffPage('spectacles:write');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const [patient, all, version] = await load(
    Promise.all([
      getPatient(ctx, visit.patientId),
      listContactLensesBeside(ctx, visit),
      getContactLensesVersion(ctx, visit.id),
    ]),
  );
  const own = all.find((one) => one.visitId === visit.id && !one.voided);
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: `Token ${visit.token}`, href: paths.visit(visit.id) },
          { label: 'Prescribe contact lenses' },
        ]}
      />
      <div className="max-w-5xl">
        <ContactLensForm
          visitId={visit.id}
          earlier={own?.lenses ?? null}
          isReplacing={Boolean(own)}
          version={version}
        />
      </div>
    </>
  );
}
