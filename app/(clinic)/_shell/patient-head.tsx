import type { ReactNode } from 'react';
import { allergiesOf, portraitOf } from '@/app/(clinic)/_shell/read-once';
import { Badge } from '@/components/ui/badge';
import { type Breadcrumb, Breadcrumbs } from '@/components/ui/page-header';
import { listLookalikes } from '@/features/frontdesk/queue/queries';
import { PatientBanner } from '@/features/patients/allergies/ui/patient-banner';
import type { Patient } from '@/features/patients/patients/dto';
import { birthText, isSampleNumber } from '@/features/patients/patients/policy';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatInstant, today } from '@/lib/time';

/** "Neha Verma, 29 Nov 2026, 09:30", where somebody has asked. */
export const askedText = (asked: { name: string; at: string } | null, timeZone: string): string | null =>
  asked ? `by ${asked.name}, ${formatInstant(new Date(asked.at), timeZone)}` : null;

/**
 * The head of each page of a patient and of a visit: the way up, what can be done, and who it is, which stays
 * in sight.
 */
export async function PatientHead({
  ctx,
  patient,
  breadcrumbs,
  actions,
  badge,
  reason,
}: {
  ctx: TenantContext;
  patient: Patient;
  breadcrumbs: readonly Breadcrumb[];
  actions?: ReactNode;
  badge?: ReactNode;
  /** Why they came today. */
  reason?: string | null;
}) {
  // The queue shows a name and a number; what else is known of somebody is for those who may see patients.
  const canSee = ctx.can('patients:read');
  const [allergies, lookalikes, portrait] = await load(
    Promise.all([
      allergiesOf(ctx, patient.id),
      canSee ? listLookalikes(ctx, patient) : [],
      canSee ? portraitOf(ctx, patient.id) : null,
    ]),
  );
  const birth = { day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <Breadcrumbs items={breadcrumbs} />
        {actions ? <div className="no-print flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      <PatientBanner
        patient={{
          id: patient.id,
          name: patient.name,
          namePrefix: patient.namePrefix,
          number: patient.number,
          sex: patient.sex,
          birth: birthText(birth, today(ctx.timeZone)),
          flags: canSee ? patient.flags : [],
          notes: canSee ? patient.notes : null,
          deceasedOn: patient.deceasedOn,
          isActive: patient.isActive,
          portrait: portrait && paths.portrait(patient.id, portrait.id),
        }}
        allergies={{ status: allergies.status, allergies: allergies.allergies }}
        asked={askedText(allergies.asked, ctx.timeZone)}
        lookalikes={lookalikes}
        badge={
          isSampleNumber(patient.number) ? (
            <>
              <Badge tone="info">Sample</Badge>
              {badge}
            </>
          ) : (
            badge
          )
        }
        reason={reason ?? null}
      />
    </>
  );
}
