import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { wakeWorker } from '@/lib/work/queue';
import { mailReceived } from '../mails';
import { ticketModel } from '../model';
import { startClock, targetOf } from '../policy';
import { findAgreedTarget } from '../queries';
import type { OpenTicketInput } from '../schema';
import { addMessage } from './message';
import { clockFields } from './ticket-change';

/** The next number; two that are opened at once try again. */
async function nextNumber(): Promise<number> {
  const [last] = await ticketModel.find({}).sort({ number: -1 }).limit(1).select('number').lean();
  return (last?.number ?? 1_000) + 1;
}

/** @returns the id of the new ticket. */
export async function openTicket(
  ctx: TenantContext,
  input: OpenTicketInput,
  now = new Date(),
): Promise<string> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only staff open tickets.');
  const { plan } = ctx.organization;
  const _id = newObjectId();
  const agreed = await findAgreedTarget(ctx.organizationId);
  const target = targetOf(plan, agreed);
  const facts = {
    _id,
    organizationId: objectId(ctx.organizationId),
    openedById: objectId(actor.userId),
    subject: input.subject,
  };
  for (let attempt = 1; ; attempt++) {
    try {
      const number = await nextNumber();
      await auditedMasterWrite(ctx, async (session) => {
        ctx.audit?.about(`ticket:${_id}`);
        await ticketModel.create(
          [
            {
              ...facts,
              number,
              plan,
              ...(agreed ? { target: agreed } : {}),
              openedByName: actor.name,
              category: input.category,
              priority: input.priority,
              status: 'open',
              ...clockFields(startClock(now), target),
              lastMessageAt: now,
            },
          ],
          { session },
        );
        await addMessage(
          facts,
          {
            by: 'customer',
            userId: actor.userId,
            name: actor.name,
            text: input.message,
            attachmentIds: input.attachmentIds,
          },
          session,
          now,
        );
        await mailReceived({ ...facts, number }, target.words, session);
      });
      wakeWorker();
      return _id.toString();
    } catch (error) {
      if (!duplicateKey(error) || attempt >= 10) throw error;
    }
  }
}
