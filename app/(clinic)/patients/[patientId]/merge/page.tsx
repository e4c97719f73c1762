import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { openInUse } from '@/app/(clinic)/_shell/open-in-use';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { ListRow, RowList } from '@/components/ui/list-row';
import { SearchInput } from '@/components/ui/search-input';
import type { Patient } from '@/features/patients/patients/dto';
import { birthText, numberText, SEXES } from '@/features/patients/patients/policy';
import { findDuplicates, listPatients, openPatient } from '@/features/patients/patients/queries';
import { patientListQuery } from '@/features/patients/patients/schema';
import { choicesOf, doubtsOf, mergeProblem, movedText } from '@/features/record/merges/policy';
import { countMovable } from '@/features/record/merges/queries';
import { mergePageQuery } from '@/features/record/merges/schema';
import { MergeForm } from '@/features/record/merges/ui/merge-form';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, formatDay, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Merge two records' };

/** Somebody was registered twice: finds the other record, then shows both side by side. */
export default async function MergePage({ params, searchParams }: PageProps<'/patients/[patientId]/merge'>) {
  const ctx = await staffPage('merges:write');
  const { with: otherId, q } = mergePageQuery.parse(await searchParams);
  const patient = await openInUse(ctx, (await params).patientId);
  const other = otherId && otherId !== patient.id ? await load(openPatient(ctx, otherId)) : null;
  // The form is read again before it leads away.
  if (other?.mergedInto?.id === patient.id) redirect(paths.patient(patient.id));
  return (
    <div className="mx-auto max-w-3xl">
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: 'Patients', href: paths.patients },
          { label: patient.name, href: paths.patient(patient.id) },
          { label: 'Merge' },
        ]}
      />
      {other ? (
        <BothRecords ctx={ctx} kept={patient} merged={other} />
      ) : (
        <OtherRecord ctx={ctx} patient={patient} words={q} />
      )}
    </div>
  );
}

async function OtherRecord({ ctx, patient, words }: { ctx: TenantContext; patient: Patient; words: string }) {
  const [duplicates, alike] = await load(
    Promise.all([
      words ? [] : findDuplicates(ctx, patient, patient.id),
      listPatients(ctx, patientListQuery.parse({ q: words || patient.name })),
    ]),
  );
  const reasons = new Map(duplicates.map(({ id, reason }) => [id, reason]));
  const found = [
    ...duplicates.map((one) => ({ ...one, formerNumber: null })),
    ...alike.patients.filter(({ id }) => id !== patient.id && !reasons.has(id)),
  ];
  const day = today(ctx.timeZone);
  return (
    <Section
      title={`Which record is ${patient.name} as well?`}
      description="Look for the other one by name, phone or number. Nothing changes before you have seen both."
      flush
    >
      <div className="border-border border-b p-4 sm:px-5">
        <SearchInput label="Search the other record" placeholder="Name, phone or number" autoFocus />
      </div>
      <RowList
        label="Other records"
        empty={
          words
            ? `Nobody else is found for “${words}”. Try the phone or the number on the other card.`
            : 'Nobody is called alike. Search for the other record by phone or number.'
        }
      >
        {found.map((one) => (
          <ListRow
            key={one.id}
            title={
              <>
                {one.name} <span className="font-normal text-text-muted tabular-nums">{numberText(one)}</span>
              </>
            }
            about={[
              [
                SEXES[one.sex],
                birthText({ day: one.dateOfBirth, isEstimated: one.isBirthEstimated }, day),
                one.phone,
              ]
                .filter(Boolean)
                .join(', '),
              reasons.get(one.id) ?? null,
            ].filter(Boolean)}
          >
            <Link
              href={paths.patientMerge(patient.id, one.id)}
              aria-label={`Compare with ${one.name}, ${one.number}`}
              className={buttonClass({ size: 'sm' })}
            >
              Compare
            </Link>
          </ListRow>
        ))}
      </RowList>
    </Section>
  );
}

async function BothRecords({ ctx, kept, merged }: { ctx: TenantContext; kept: Patient; merged: Patient }) {
  const problem = mergeProblem(kept, merged);
  if (problem)
    return (
      <Alert
        tone="warning"
        title={problem}
        action={
          <Link href={paths.patientMerge(kept.id)} className={buttonClass({ size: 'sm' })}>
            Another record
          </Link>
        }
      />
    );
  const [ofKept, ofMerged] = await load(
    Promise.all([countMovable(ctx, kept.id), countMovable(ctx, merged.id)]),
  );
  const day = today(ctx.timeZone);
  const said = (patient: Patient, counts: typeof ofKept) => ({
    id: patient.id,
    version: patient.version,
    name: patient.name,
    number: patient.number,
    about: `${SEXES[patient.sex]}, ${birthText({ day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated }, day)}`,
    registered: `Registered ${formatDay(dayOf(new Date(patient.registeredAt), ctx.timeZone))} by ${patient.registeredByName}`,
    has: movedText(counts) || 'nothing yet',
  });
  return (
    <MergeForm
      kept={said(kept, ofKept)}
      merged={said(merged, ofMerged)}
      choices={choicesOf(kept, merged, day)}
      doubts={doubtsOf(kept, merged)}
    />
  );
}
