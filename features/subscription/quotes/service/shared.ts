import 'server-only';
import { recipientsOf } from '@/features/subscription/billing/mails';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { objectId } from '@/lib/mongo';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { isSharedOrWaiting, PLACE_LABEL } from '../policy';

/**
 * A person of the company says yes to a shared cluster where a dedicated one was promised. Those who pay are
 * told, both sides see it from then on, and the set-up goes on.
 * @throws AppError CONFLICT where nothing else was promised, or it has a cluster of its own.
 */
export async function agreeShared(
  ctx: PlatformContext,
  { organizationId }: { organizationId: string },
): Promise<void> {
  const id = objectId(organizationId, 'organization');
  const people = await recipientsOf(id);
  await auditedMasterWrite(ctx, async (session) => {
    const organization = await organizationModel
      .findById(id)
      .select('status placement.provider')
      .session(session)
      .lean();
    if (!organization || !isSharedOrWaiting(organization))
      throw new AppError('CONFLICT', 'This organization is not waiting for a place on a shared cluster.');
    const quote = await quoteModel
      .findOneAndUpdate(
        { organizationId: id, state: 'paid', place: 'dedicated' },
        { $set: { place: 'shared', sharedBy: ctx.actor.name } },
        { session, sort: { createdAt: -1 } },
      )
      .lean();
    if (!quote) throw new AppError('CONFLICT', 'No cluster of its own was promised to this organization.');
    noteChange(ctx, { place: 'dedicated' }, { place: 'shared' }, ['place']);
    for (const { name, email } of people) {
      const mail = composeMail({
        to: email,
        name,
        subject: 'Where your database will live',
        paragraphs: [
          `For now: ${PLACE_LABEL.shared.toLowerCase()}. Your offer promised a cluster of your own; write to us if this is not what we talked about.`,
        ],
      });
      await enqueueMail(`quote:${quote._id.toString()}:shared:${email}`, mail, { session, organizationId });
    }
    if (!organization.placement) await enqueue('organization.provision', organizationId, {}, { session });
  });
  wakeWorker();
}
