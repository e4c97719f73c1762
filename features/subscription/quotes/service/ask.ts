import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { env } from '@/lib/env';
import { AppError, notFoundError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { wakeWorker } from '@/lib/work/queue';
import type { AskForOfferInput } from '../schema';

/**
 * A customer asks to be moved up to Enterprise: kept with what it uses now, and acknowledged at once. Asking
 * again replaces what was asked.
 * @throws AppError CONFLICT where it is on Enterprise already.
 */
export async function askForOffer(
  ctx: TenantContext,
  input: AskForOfferInput,
  now = new Date(),
): Promise<void> {
  const _id = objectId(ctx.organizationId);
  const organization = await organizationModel.findById(_id).select('organizationName plan usage').lean();
  if (!organization) throw notFoundError('organization');
  if (organization.plan === 'enterprise')
    throw new AppError('CONFLICT', 'You are on Enterprise already. Write to our support to change it.');
  const userId = 'userId' in ctx.actor ? ctx.actor.userId : null;
  const asker = userId ? await userModel.findById(objectId(userId)).select('name email').lean() : null;
  const mail = asker
    ? composeMail({
        to: asker.email,
        name: asker.name,
        subject: `We have your request for ${organization.organizationName}`,
        paragraphs: [
          `You asked for an Enterprise offer for ${input.expectedUsers} people. Our sales team answers within one working day.`,
          'Until you take an offer everything stays as it is, and nothing is charged.',
        ],
        button: { label: 'Open billing', url: `${env().NEXTAUTH_URL}${paths.billing}` },
      })
    : null;
  await auditedMasterWrite(ctx, async (session) => {
    await organizationModel.updateOne(
      { _id },
      {
        $set: {
          offerRequest: {
            at: now,
            byName: ctx.actor.name,
            expectedUsers: input.expectedUsers,
            ...(input.note ? { note: input.note } : {}),
            seats: organization.usage?.seats ?? 0,
            storageBytes: organization.usage?.storageBytes ?? 0,
          },
        },
      },
      { session },
    );
    if (mail)
      await enqueueMail(`request:${ctx.organizationId}:${now.getTime()}`, mail, {
        session,
        organizationId: ctx.organizationId,
      });
  });
  wakeWorker();
}
