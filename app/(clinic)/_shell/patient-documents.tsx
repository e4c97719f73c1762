import { documentsOf, examinationsOf } from '@/app/(clinic)/_shell/read-once';
import { canDeleteFile } from '@/features/patients/files/policy';
import { Documents } from '@/features/patients/files/ui/documents';
import { latestOrders } from '@/features/record/examinations/shown';
import { load } from '@/lib/actions/staff';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, today } from '@/lib/time';

/** The documents of a patient, on the patient's own page and on each visit's, where they are added to it. */
export async function PatientDocuments({
  ctx,
  patientId,
  visitId,
}: {
  ctx: TenantContext;
  patientId: string;
  visitId?: string;
}) {
  const [files, examinations] = await load(
    Promise.all([documentsOf(ctx, patientId), ctx.can('visits:read') ? examinationsOf(ctx, patientId) : []]),
  );
  const { actor, timeZone } = ctx;
  const canWrite = ctx.can('files:write');
  const mayDeleteAny = ctx.can('files:delete');
  const listed = files.map((file) => ({
    ...file,
    day: file.takenOn ?? dayOf(new Date(file.uploadedAt), timeZone),
    canDelete:
      canWrite && actor.kind === 'staff' && canDeleteFile({ mayDeleteAny, userId: actor.userId }, file),
  }));
  return (
    <Documents
      patientId={patientId}
      canUpload={canWrite}
      timeZone={timeZone}
      today={today(timeZone)}
      orders={latestOrders(examinations)}
      files={listed.sort((a, b) => b.day.localeCompare(a.day))}
      {...(visitId ? { visitId } : {})}
    />
  );
}
