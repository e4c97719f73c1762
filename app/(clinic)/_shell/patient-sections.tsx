import { askedText } from '@/app/(clinic)/_shell/patient-head';
import { portraitOf } from '@/app/(clinic)/_shell/read-once';
import { canDeleteFile } from '@/features/patients/files/policy';
import { PortraitControl } from '@/features/patients/files/ui/portrait-control';
import { findHistory } from '@/features/patients/histories/queries';
import { HistorySection } from '@/features/patients/histories/ui/history-section';
import { load } from '@/lib/actions/staff';
import type { TenantContext } from '@/lib/tenancy/context';

type Props = { ctx: TenantContext; patientId: string };

/** What the patient has had, on the patient's own page and on each visit's. */
export async function PatientHistory({ ctx, patientId }: Props) {
  const history = await load(findHistory(ctx, patientId));
  return (
    <HistorySection
      history={history}
      asked={askedText(history.asked, ctx.timeZone)}
      canWrite={ctx.can('visits:write')}
    />
  );
}

/** The acts around the photo; the photo itself stands in the banner. */
export async function PatientPortrait({ ctx, patientId }: Props) {
  const portrait = await load(portraitOf(ctx, patientId));
  const { actor } = ctx;
  const who = { mayDeleteAny: ctx.can('files:delete'), userId: actor.kind === 'staff' ? actor.userId : '' };
  return (
    <PortraitControl
      patientId={patientId}
      portrait={portrait && { id: portrait.id, canDelete: canDeleteFile(who, portrait) }}
    />
  );
}
