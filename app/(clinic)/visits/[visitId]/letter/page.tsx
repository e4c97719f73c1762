import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { openVisit, type VisitDetails } from '@/features/frontdesk/queue/queries';
import { findAllergies } from '@/features/patients/allergies/queries';
import { ageText } from '@/features/patients/patients/policy';
import { getPatient } from '@/features/patients/patients/queries';
import { listAddressees } from '@/features/record/addressees/queries';
import { notationOf } from '@/features/record/examinations/acuity';
import { acuityShown } from '@/features/record/examinations/acuity-reading';
import { EYES } from '@/features/record/examinations/eyes';
import { listExaminationsOfPatient } from '@/features/record/examinations/queries';
import { acuityLine, acuityWordsOf } from '@/features/record/letters/acuity-words';
import { composeReferral } from '@/features/record/letters/compose';
import { bestCorrected } from '@/features/record/letters/disability';
import { isWrittenIn, KINDS, type LetterKind } from '@/features/record/letters/policy';
import { getLetter } from '@/features/record/letters/queries';
import { letterQuery } from '@/features/record/letters/schema';
import { LetterForm } from '@/features/record/letters/ui/letter-form';
import { listMedicinesNow } from '@/features/record/prescriptions/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Letter' };

export default async function WriteLetterPage({
  params,
  searchParams,
}: PageProps<'/visits/[visitId]/letter'>) {
  const ctx = await staffPage('letters:write');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const query = letterQuery.parse(await searchParams);
  const [patient, earlier] = await load(
    Promise.all([getPatient(ctx, visit.patientId), query.of ? getLetter(ctx, query.of) : null]),
  );
  if (earlier && earlier.visitId !== visit.id) notFound();
  const kind = earlier?.letter.kind ?? query.kind;
  if (!isWrittenIn(kind, ctx.organization.country)) notFound();
  const birth = { day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated };
  const facts = await load(factsOf(ctx, visit, kind, `${ageText(birth, visit.day)}, ${visit.sex}`));
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: `Token ${visit.token}`, href: paths.visit(visit.id) },
          { label: earlier ? `Change ${earlier.number}` : KINDS[kind] },
        ]}
      />
      <div className="max-w-4xl">
        <LetterForm
          key={kind}
          visitId={visit.id}
          kind={kind}
          day={visit.day}
          earlier={earlier ? { id: earlier.id, version: earlier.version, letter: earlier.letter } : null}
          {...facts}
        />
      </div>
    </>
  );
}

const NOTHING = { examinations: [], graded: [], composed: '', addressees: [] };

/** What a letter of a kind is made from; the others read nothing. */
async function factsOf(ctx: TenantContext, visit: VisitDetails, kind: LetterKind, age: string) {
  const notation = notationOf(ctx.organization.country);
  if (kind === 'acuity') {
    const all = await listExaminationsOfPatient(ctx, visit.patientId);
    const examinations = all.flatMap(({ visitId, day, measurements }) => {
      const words = acuityWordsOf(measurements, notation);
      return words ? [{ visitId, label: `${formatDay(day)}. ${acuityLine(words)}` }] : [];
    });
    return { ...NOTHING, examinations };
  }
  if (kind === 'disability') {
    const all = await listExaminationsOfPatient(ctx, visit.patientId);
    const graded = all.flatMap(({ visitId, day, measurements, assessment }) => {
      const best = bestCorrected(measurements);
      const read = EYES.flatMap((eye) => (best[eye] ? [`${eye} ${acuityShown(best[eye], notation)}`] : []));
      const hasCause = assessment.diagnoses.length > 0;
      const label = `${formatDay(day)}. Best corrected: ${read.join(', ')}`;
      return read.length > 0 ? [{ visitId, label, best, hasCause }] : [];
    });
    return { ...NOTHING, graded };
  }
  if (kind !== 'referral') return NOTHING;
  const [examinations, medicines, { allergies }, addressees] = await Promise.all([
    listExaminationsOfPatient(ctx, visit.patientId),
    ctx.can('prescriptions:read') ? listMedicinesNow(ctx, visit.patientId, visit.day) : [],
    findAllergies(ctx, visit.patientId),
    listAddressees(ctx),
  ]);
  const composed = composeReferral({
    ...{ patientName: visit.patientName, age, medicines, notation },
    examination: examinations.find(({ visitId }) => visitId === visit.id) ?? null,
    allergies: allergies.map(({ substance }) => substance),
  });
  return { ...NOTHING, composed, addressees };
}
