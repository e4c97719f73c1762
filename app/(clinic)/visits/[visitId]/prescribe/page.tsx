import type { Metadata } from 'next';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { openVisit } from '@/features/frontdesk/queue/queries';
import { getPatient } from '@/features/patients/patients/queries';
import { medicinesNow } from '@/features/record/prescriptions/policy';
import {
  listPrescriptionSets,
  listPrescriptionsOfPatient,
  safetyFactsOf,
} from '@/features/record/prescriptions/queries';
import { PrescriptionSheet } from '@/features/record/prescriptions/ui/prescription-sheet';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Prescribe medicines' };

export default async function PrescribePage({ params }: PageProps<'/visits/[visitId]/prescribe'>) {
  const ctx = await staffPage('prescriptions:write');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const [patient, all, sets, facts] = await load(
    Promise.all([
      getPatient(ctx, visit.patientId),
      listPrescriptionsOfPatient(ctx, visit.patientId),
      listPrescriptionSets(ctx),
      safetyFactsOf(ctx, visit.patientId),
    ]),
  );
  const day = today(ctx.timeZone);
  const own = all.find(({ visitId, status }) => visitId === visit.id && status !== 'cancelled') ?? null;
  const latest = all.find(({ visitId }) => visitId === visit.id);
  const others = all.filter(({ id }) => id !== own?.id);
  const last = others.find(({ status, lines }) => status === 'active' && lines.length > 0);
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: `Token ${visit.token}`, href: paths.visit(visit.id) },
          { label: 'Prescribe medicines' },
        ]}
        actions={
          <Link href={paths.prescriptionSets} className={buttonClass({ size: 'sm' })}>
            Prescription sets
          </Link>
        }
      />
      <div className="grid max-w-4xl gap-5">
        <PrescriptionSheet
          visitId={visit.id}
          version={latest?.version ?? 0}
          today={day}
          prescription={own}
          last={last ? { day: last.day, lines: last.lines } : null}
          now={medicinesNow(others, day)}
          sets={sets}
          facts={facts}
        />
      </div>
    </>
  );
}
