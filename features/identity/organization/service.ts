import 'server-only';
import { renameFace } from '@/features/identity/face/service';
import { hasLetterhead } from '@/features/identity/papers/queries';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { foldName } from '@/lib/organizations/fold-name';
import { isNameTaken } from '@/lib/organizations/taken-name';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { formOf } from './queries';
import type { UpdateOrganizationInput } from './schema';

/**
 * @throws AppError CONFLICT when another organization of the country has that name, or when a colleague has
 * saved something else meanwhile.
 */
export async function updateOrganization(
  ctx: TenantContext,
  { version, ...input }: UpdateOrganizationInput,
): Promise<void> {
  if (await isNameTaken(input, ctx.organizationId)) {
    const sentence = 'Another organization in this country uses that name. Add the city to yours.';
    throw new AppError('CONFLICT', sentence, { field: 'organizationName' });
  }
  // Where somebody has written a letterhead, its name is shown, whatever the organization is called.
  const isShown = input.organizationName !== ctx.organization.name && !(await hasLetterhead(ctx));
  const set = { ...input, nameKey: foldName(input.organizationName) };
  await auditedMasterWrite(ctx, async (session) => {
    const before = await organizationModel
      .findOneAndUpdate({ _id: objectId(ctx.organizationId) }, { $set: set }, { session })
      .select('organizationName phone country timeZone')
      .orFail()
      .lean();
    assertUnchanged(formOf(before), version);
    if (isShown) await renameFace(ctx, input.organizationName, session);
    const [from, to] = [before.timeZone, input.timeZone];
    if (from !== to) {
      // What is booked keeps its day and hour: people were told those, not an instant.
      const at = new Date().toISOString();
      const { organizationId } = ctx;
      const key = `${organizationId}:${at}`;
      await enqueue('appointments.time-zone', key, { organizationId, from, to, at }, { session });
    }
    noteChange<Record<string, unknown>>(ctx, before, input, [
      'organizationName',
      'phone',
      'country',
      'timeZone',
    ]);
  });
  wakeWorker();
}
