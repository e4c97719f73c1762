import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { feedbackModel } from './model';
import { pageOf } from './policy';
import type { FeedbackInput } from './schema';

/**
 * @throws AppError TOO_MANY_REQUESTS after ten in an hour; FORBIDDEN in a support session: it would not be
 * the hospital's.
 */
export async function sendFeedback(ctx: TenantContext, input: FeedbackInput): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'staff' || actor.onBehalfOf)
    throw new AppError('FORBIDDEN', 'Feedback comes from the people of the hospital.');
  await takePoint('feedback.user', actor.userId);
  const row = {
    organizationId: objectId(ctx.organizationId),
    userId: objectId(actor.userId),
    userName: actor.name,
    role: actor.customRole?.name ?? actor.role,
    mood: Number(input.mood),
    text: input.text,
    mayContact: input.mayContact,
    page: pageOf(input.page),
  };
  await auditedMasterWrite(ctx, (session) => feedbackModel.create([row], { session }));
}

/** @throws AppError NOT_FOUND. */
export async function markFeedbackRead(
  ctx: PlatformContext,
  feedbackId: string,
  now = new Date(),
): Promise<void> {
  const _id = objectId(feedbackId, 'feedback');
  await auditedMasterWrite(ctx, async (session) => {
    const { matchedCount } = await feedbackModel.updateOne({ _id }, { $set: { readAt: now } }, { session });
    if (matchedCount === 0) throw notFoundError('feedback');
  });
}
