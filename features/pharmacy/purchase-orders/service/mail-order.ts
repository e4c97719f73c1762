import 'server-only';
import { getSupplier } from '@/features/pharmacy/suppliers/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { composeMail } from '@/lib/mail/compose';
import { sendMail } from '@/lib/mail/send';
import { objectId } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PurchaseOrder, toPurchaseOrder } from '../dto';
import { purchaseOrderModel } from '../model';
import { renderOrder } from '../print-order';
import { getOrder } from '../queries';
import type { ApproveOrderInput } from '../schema';

/**
 * Mails an approved order to its supplier, as the paper that is printed. It is noted before it goes, so that
 * two presses at the same moment are one mail; where the mail server refuses, the note is taken back.
 * @throws AppError NOT_FOUND; CONFLICT where it is not approved, the supplier has no address, or a colleague
 * was first; UNAVAILABLE where the mail server does not take it; TOO_MANY_REQUESTS.
 */
export async function mailOrder(
  ctx: TenantContext,
  { orderId, version }: ApproveOrderInput,
  now = new Date(),
): Promise<PurchaseOrder> {
  const order = await getOrder(ctx, orderId);
  if (order.status !== 'approved')
    throw new AppError('CONFLICT', `${order.number} is not approved, or it is over. It is not mailed.`);
  const { email, name } = await getSupplier(ctx, order.supplierId);
  if (!email) throw new AppError('CONFLICT', `${name} has no e-mail address. Write it among the suppliers.`);
  await takePoint('mail.organization', ctx.organizationId, ctx.organization.plan);
  await takePoint('mail.recipient', `${ctx.organizationId} ${email.toLowerCase()}`);
  const _id = objectId(orderId, 'order');
  const noted = await auditedWrite(ctx, async (session) => {
    const before = await purchaseOrderModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('order');
    if (before.version !== version)
      throw new AppError('CONFLICT', `${before.number} has changed meanwhile. Open it again.`);
    const row = await purchaseOrderModel(ctx)
      .findOneAndUpdate(
        { _id, version },
        { $set: { mailedAt: now, mailedTo: email, mailedByName: ctx.actor.name }, $inc: { version: 1 } },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    noteChange<Record<string, unknown>>(ctx, before, row, ['mailedAt']);
    return { before, order: toPurchaseOrder(row) };
  });
  try {
    const content = await renderOrder(ctx, order);
    await sendMail({
      ...composeMail({
        to: email,
        name,
        subject: `Purchase order ${order.number} of ${ctx.organization.name}`,
        paragraphs: [
          `Attached is our purchase order ${order.number}. Please confirm it, and say when it will come.`,
        ],
        closing: `You receive this because ${ctx.organization.name} buys from you.`,
      }),
      attachments: [{ filename: `${order.number}.pdf`, content, contentType: 'application/pdf' }],
    });
  } catch (error) {
    // What a mail server says may repeat the address.
    const { code } = error as { code?: unknown };
    logger.error({ code, orderId }, 'an order could not be mailed');
    // As it was: an earlier mail has gone out, and the page that is open may try again.
    const { mailedAt, mailedTo, mailedByName } = noted.before;
    await purchaseOrderModel(ctx).updateOne(
      { _id, version: noted.order.version },
      {
        ...(mailedAt
          ? { $set: { mailedAt, mailedTo, mailedByName } }
          : { $unset: { mailedAt: '', mailedTo: '', mailedByName: '' } }),
        $inc: { version: -1 },
      },
    );
    throw new AppError('UNAVAILABLE', 'The mail could not be sent. Please try again, or print the order.');
  }
  return noted.order;
}
