import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { getPatient } from '@/features/patients/patients/queries';
import { listMadeGlasses, openSpectacles } from '@/features/record/spectacles/queries';
import { MadeForm } from '@/features/record/spectacles/ui/made-form';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Glasses as made' };

export default async function GlassesMadePage({ params }: PageProps<'/glasses/[spectaclesId]/made'>) {
  const ctx = await staffPage('made-glasses:write');
  const found = await load(openSpectacles(ctx, (await params).spectaclesId));
  const { spectacles } = found;
  if (found.voided || spectacles.advice === 'none') notFound();
  const [patient, made] = await load(
    Promise.all([getPatient(ctx, found.patientId), listMadeGlasses(ctx, found.id)]),
  );
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: `Glasses of ${formatDay(found.day)}`, href: paths.glasses(found.id) },
          { label: 'As made' },
        ]}
      />
      <div className="max-w-5xl">
        <MadeForm
          spectaclesId={found.id}
          version={made.length}
          begin={made.at(-1)?.spectacles ?? spectacles}
          prescribed={{ label: 'what was prescribed', right: spectacles.right, left: spectacles.left }}
        />
      </div>
    </>
  );
}
