import type { Metadata } from 'next';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { openVisit } from '@/features/frontdesk/queue/queries';
import { getLetterhead } from '@/features/identity/papers/queries';
import { getPatient } from '@/features/patients/patients/queries';
import { findExamination } from '@/features/record/examinations/queries';
import { type EyeLens, slotLabel, slotsOf } from '@/features/record/examinations/refraction-sets';
import type { SpectaclesPrescription } from '@/features/record/spectacles/dto';
import { spectaclesText } from '@/features/record/spectacles/paper';
import { type Lens, measuredPupils } from '@/features/record/spectacles/policy';
import { getGlassesVersion, listSpectaclesBeside } from '@/features/record/spectacles/queries';
import { GlassesForm } from '@/features/record/spectacles/ui/glasses-form';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Prescribe glasses' };

export default async function PrescribeGlassesPage({ params }: PageProps<'/visits/[visitId]/glasses'>) {
  const ctx = await staffPage('spectacles:write');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const [patient, examination, all, version, { glassesMonths }] = await load(
    Promise.all([
      getPatient(ctx, visit.patientId),
      findExamination(ctx, visit.id),
      listSpectaclesBeside(ctx, visit),
      getGlassesVersion(ctx, visit.id),
      getLetterhead(ctx),
    ]),
  );
  const own = all.find((one) => one.visitId === visit.id && !one.voided);
  const before = all.filter((one) => one !== own && !one.voided).slice(0, 3);
  const last = before.find(({ spectacles }) => spectacles.advice === 'glasses');
  const sets = examination?.measurements.refractions ?? [];
  const slots = slotsOf(sets);
  const measured = sets.map((set, index) => ({
    label: slotLabel(slots[index] ?? set.kind),
    right: lensOf(set.right),
    left: lensOf(set.left),
    far: measuredPupils(set, 'pdFar'),
    near: measuredPupils(set, 'pdNear'),
    vertexMm: set.vertex,
  }));
  const ownGlasses = measured.find((_set, index) => sets[index]?.kind === 'own');
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: `Token ${visit.token}`, href: paths.visit(visit.id) },
          { label: 'Prescribe glasses' },
        ]}
      />
      <div className="max-w-5xl">
        <GlassesForm
          visitId={visit.id}
          measured={measured}
          worn={ownGlasses ?? (last ? lensesOf(last) : null)}
          before={before.map((one) => ({
            id: one.id,
            label: formatDay(one.day),
            text: spectaclesText(one.spectacles),
          }))}
          earlier={own?.spectacles ?? null}
          isReplacing={Boolean(own)}
          validMonths={glassesMonths}
          version={version}
        />
      </div>
    </>
  );
}

/** What was prescribed last, where nobody measured what is worn. */
function lensesOf({ day, spectacles }: SpectaclesPrescription) {
  if (spectacles.advice === 'none') return null;
  return { label: `the glasses of ${formatDay(day)}`, right: spectacles.right, left: spectacles.left };
}

/** What a lens of the examination is as glasses. */
function lensOf(found: EyeLens | undefined): Lens | undefined {
  if (!found) return undefined;
  const { sphere, cylinder, axis, add, middleAdd, prism, base, secondPrism, secondBase } = found;
  return {
    ...{ sphere, cylinder, middleAdd },
    ...(add === undefined ? {} : { add }),
    ...(axis === undefined ? {} : { axis }),
    ...(prism && base ? { prism: { quarters: prism, base } } : {}),
    ...(secondPrism && secondBase ? { secondPrism: { quarters: secondPrism, base: secondBase } } : {}),
  };
}
