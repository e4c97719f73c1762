import type { ReactNode } from 'react';
import { prescriptionsOf } from '@/app/(clinic)/_shell/read-once';
import { AllYears } from '@/app/(clinic)/patients/[patientId]/patient-history';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import type { ContactLensPrescription } from '@/features/record/contact-lenses/dto';
import { contactText } from '@/features/record/contact-lenses/policy';
import {
  listContactLensesOfPatient,
  listContactLensesOfVisits,
} from '@/features/record/contact-lenses/queries';
import type { SignedLetter } from '@/features/record/letters/dto';
import { KINDS, letterAbout } from '@/features/record/letters/policy';
import { listLettersOfPatient, listLettersOfVisits } from '@/features/record/letters/queries';
import type { Prescription } from '@/features/record/prescriptions/dto';
import { lineTitle, medicinesNow } from '@/features/record/prescriptions/policy';
import { listPrescriptionsOfVisits } from '@/features/record/prescriptions/queries';
import { MedicinesNow } from '@/features/record/prescriptions/ui/prescription-view';
import type { SpectaclesPrescription } from '@/features/record/spectacles/dto';
import { spectaclesText } from '@/features/record/spectacles/paper';
import { listSpectaclesOfPatient, listSpectaclesOfVisits } from '@/features/record/spectacles/queries';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';

const SHOWN = 12;

type Paper = { id: string; href: string; what: string; about: string; day: string; isVoid: boolean };

type Written = {
  letters: readonly SignedLetter[];
  prescriptions: readonly Prescription[];
  glasses: readonly SpectaclesPrescription[];
  lenses: readonly ContactLensPrescription[];
};

/** What was given on paper, the newest first. */
function papersOf({ letters, prescriptions, glasses, lenses }: Written): Paper[] {
  const papers = [
    ...letters.map(({ id, day, letter, number, voided }) => ({
      ...{ id, day, href: paths.letter(id), what: KINDS[letter.kind], isVoid: Boolean(voided) },
      about: [letterAbout(letter), number].filter(Boolean).join(', '),
    })),
    ...prescriptions
      .filter(({ signed }) => signed)
      .map(({ id, day, lines, voided }) => ({
        ...{ id, day, href: paths.prescription(id), what: 'Medicines', isVoid: Boolean(voided) },
        about: lines.map(lineTitle).join(', '),
      })),
    ...glasses.map(({ id, day, spectacles, voided }) => ({
      ...{ id, day, href: paths.glasses(id), what: 'Glasses', isVoid: Boolean(voided) },
      about: spectaclesText(spectacles),
    })),
    ...lenses.map(({ id, day, lenses: given, voided }) => ({
      ...{ id, day, href: paths.contactLenses(id), what: 'Contact lenses', isVoid: Boolean(voided) },
      about: contactText(given),
    })),
  ];
  // Ids grow with time: of one day the last one comes first.
  return papers.sort((a, b) => b.day.localeCompare(a.day) || b.id.localeCompare(a.id));
}

async function listPapers(
  ctx: TenantContext,
  patientId: string,
  prescriptions: readonly Prescription[],
): Promise<Paper[]> {
  const canSee = ctx.can('prescriptions:read');
  const [letters, glasses, lenses] = await Promise.all([
    ctx.can('letters:read') ? listLettersOfPatient(ctx, patientId) : [],
    canSee ? listSpectaclesOfPatient(ctx, patientId) : [],
    canSee ? listContactLensesOfPatient(ctx, patientId) : [],
  ]);
  return papersOf({ letters, prescriptions, glasses, lenses });
}

/** The papers of some visits, however long ago they were; for those who may see them. */
export async function listPapersOfVisits(ctx: TenantContext, visitIds: readonly string[]): Promise<Paper[]> {
  const canSee = ctx.can('prescriptions:read');
  const [letters, prescriptions, glasses, lenses] = await Promise.all([
    ctx.can('letters:read') ? listLettersOfVisits(ctx, visitIds) : [],
    canSee ? listPrescriptionsOfVisits(ctx, visitIds) : [],
    canSee ? listSpectaclesOfVisits(ctx, visitIds) : [],
    canSee ? listContactLensesOfVisits(ctx, visitIds) : [],
  ]);
  return papersOf({ letters, prescriptions, glasses, lenses });
}

/** What a patient takes now, and what was given on paper, to be opened and printed again. */
export async function MedicinesAndPapers({ ctx, patientId }: { ctx: TenantContext; patientId: string }) {
  const canSee = ctx.can('prescriptions:read');
  const prescriptions = canSee ? await load(prescriptionsOf(ctx, patientId)) : [];
  const papers = await load(listPapers(ctx, patientId, prescriptions));
  return (
    <>
      {canSee ? (
        <Section title="Medicines now">
          <MedicinesNow now={medicinesNow(prescriptions, today(ctx.timeZone))} />
        </Section>
      ) : null}
      {papers.length > 0 ? (
        <Papers
          papers={papers.slice(0, SHOWN)}
          description="The last ones, to be opened and printed again."
          actions={papers.length > SHOWN ? <AllYears patientId={patientId} /> : null}
        />
      ) : null}
    </>
  );
}

export function Papers({
  papers,
  title = 'Papers',
  description,
  actions,
}: {
  papers: readonly Paper[];
  title?: string;
  description?: string;
  actions?: ReactNode;
}) {
  return (
    <Section title={title} description={description} actions={actions} flush>
      <ul aria-label={title}>
        {papers.map(({ id, href, what, about, day, isVoid }) => (
          <li
            key={id}
            className="flex flex-wrap items-baseline gap-x-2 border-border border-t px-5 py-2.5 text-sm text-text first:border-t-0"
          >
            <Link href={href} className="font-medium underline underline-offset-4">
              {what}
            </Link>
            <span className="min-w-0 break-words text-text-muted">{about}</span>
            <span className="text-[0.8125rem] text-text-subtle">{formatDay(day)}</span>
            {isVoid ? <Badge tone="danger">Void</Badge> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
