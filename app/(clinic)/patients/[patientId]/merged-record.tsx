import { ConfirmAction } from '@/components/forms/confirm-action';
import { Alert } from '@/components/ui/alert';
import { Button, buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { textLinkClass } from '@/components/ui/text-link';
import type { Patient } from '@/features/patients/patients/dto';
import { getPatient } from '@/features/patients/patients/queries';
import { undoMergeAction } from '@/features/record/merges/actions';
import { movedText } from '@/features/record/merges/policy';
import { findMerge } from '@/features/record/merges/queries';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatInstant } from '@/lib/time';

/** What is left of a record that was merged into another: the way there, and the way back. */
export async function MergedRecord({ ctx, patient }: { ctx: TenantContext; patient: Patient }) {
  if (!patient.mergedInto) return null;
  const { id, number } = patient.mergedInto;
  const [kept, merge] = await load(Promise.all([getPatient(ctx, id), findMerge(ctx, patient.id)]));
  const moved = merge ? movedText(merge.moved) : '';
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={patient.name}
        breadcrumbs={[{ label: 'Patients', href: paths.patients }, { label: patient.number }]}
      />
      <Alert tone="info" title={`${patient.number} is part of ${number} now`}>
        <p>
          {patient.name} was registered twice. All that was under {patient.number} is with{' '}
          <strong className="text-text">
            {kept.name}, {number}
          </strong>
          {moved ? `: ${moved}` : null}.
        </p>
        {merge ? (
          <p>
            Merged by {merge.byName}, {formatInstant(new Date(merge.at), ctx.timeZone)}.
          </p>
        ) : null}
      </Alert>
      <div className="mt-5 flex flex-wrap gap-2">
        <Link href={paths.patient(id)} className={buttonClass({ variant: 'primary' })}>
          Open {number}
        </Link>
        {merge && ctx.can('merges:write') ? (
          <ConfirmAction
            trigger={<Button>Undo the merge</Button>}
            title={`Make ${patient.number} and ${number} two records again?`}
            description={`What was moved goes back to ${patient.number}. What was written since stays with ${number}: look through it, and write again what belongs to the other person.`}
            confirm="Undo the merge"
            action={undoMergeAction}
            fields={{ mergedId: patient.id }}
          />
        ) : null}
      </div>
    </div>
  );
}

/** The numbers under which somebody was registered as well. */
export function MergedNumbers({ merged }: { merged: Patient['merged'] }) {
  return (
    <ul className="flex flex-wrap gap-x-3">
      {merged.map(({ id, number }) => (
        <li key={id}>
          <Link href={paths.patient(id)} className={textLinkClass}>
            {number}
          </Link>
        </li>
      ))}
    </ul>
  );
}
