import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { announcementDismissalModel, announcementModel } from './model';
import { canDismiss } from './policy';
import { forgetAnnouncements, formOf } from './queries';
import type { AnnouncementInput } from './schema';

/**
 * @throws AppError INVALID_INPUT for an organization that there is not, CONFLICT when a colleague has changed
 * it meanwhile.
 */
export async function saveAnnouncement(ctx: PlatformContext, input: AnnouncementInput): Promise<void> {
  const { announcementId, plan, organizations, version, ...facts } = input;
  const organizationIds = [...new Set(organizations.map((id) => id.toLowerCase()))].map((id) => objectId(id));
  const known = await organizationModel.countDocuments({ _id: op({ $in: organizationIds }) });
  if (known < organizationIds.length)
    throw new AppError(
      'INVALID_INPUT',
      'One of these organizations is not there any more. Take it out of the list.',
      {
        field: 'organizations',
      },
    );
  const set = { ...facts, plans: plan ? [plan] : [], organizationIds };
  await auditedMasterWrite(ctx, async (session) => {
    if (!announcementId) {
      await announcementModel.create([{ ...set, createdByName: ctx.actor.name }], { session });
      return;
    }
    const _id = objectId(announcementId);
    const before = await announcementModel.findOneAndUpdate({ _id }, { $set: set }, { session }).lean();
    if (!before) throw notFoundError('announcement');
    assertUnchanged(formOf(before), version);
    // Who has put the earlier words away reads the new ones.
    await announcementDismissalModel.deleteMany({ announcementId: _id }, { session });
  });
  forgetAnnouncements();
}

/** Takes it down now; what has not begun is gone. */
export async function endAnnouncement(
  ctx: PlatformContext,
  announcementId: string,
  now = new Date(),
): Promise<void> {
  const _id = objectId(announcementId, 'announcement');
  await auditedMasterWrite(ctx, async (session) => {
    const { deletedCount } = await announcementModel.deleteOne(
      { _id, startsAt: op({ $gt: now }) },
      { session },
    );
    if (deletedCount > 0) return;
    const { matchedCount } = await announcementModel.updateOne(
      { _id },
      { $min: { endsAt: now } },
      { session },
    );
    if (matchedCount === 0) throw notFoundError('announcement');
  });
  forgetAnnouncements();
}

/** Puts it away for this person. @throws AppError CONFLICT for maintenance. */
export async function dismissAnnouncement(ctx: TenantContext, announcementId: string): Promise<void> {
  const row = await announcementModel
    .findById(objectId(announcementId, 'announcement'))
    .select('kind')
    .lean();
  if (!row || ctx.actor.kind !== 'staff') throw notFoundError('announcement');
  if (!canDismiss(row.kind))
    throw new AppError('CONFLICT', 'This stays until the work is over: it concerns what you are doing.');
  const mine = { announcementId: row._id, userId: objectId(ctx.actor.userId) };
  try {
    await auditedMasterWrite(ctx, (session) =>
      announcementDismissalModel.updateOne(mine, { $setOnInsert: mine }, { upsert: true, session }),
    );
  } catch (error) {
    // Pressed twice at once.
    if (!duplicateKey(error)) throw error;
  }
}
