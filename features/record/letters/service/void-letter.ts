import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type SignedLetter, toSignedLetter } from '../dto';
import { letterModel } from '../model';
import type { VoidLetterInput } from '../schema';

/** Takes a letter back; it stays readable. @throws AppError CONFLICT, NOT_FOUND. */
export async function voidLetter(
  ctx: TenantContext,
  { letterId, reason }: VoidLetterInput,
  now = new Date(),
): Promise<SignedLetter> {
  const _id = objectId(letterId, 'letter');
  return auditedWrite(ctx, async (session) => {
    const model = letterModel(ctx);
    const row = await model.findById(_id).session(session).lean();
    if (!row) throw notFoundError('letter');
    if (row.isVoid) throw new AppError('CONFLICT', `${row.voidedByName} has voided it already.`);
    const voided = { isVoid: true, voidedAt: now, voidedByName: ctx.actor.name, voidReason: reason };
    await model.updateOne({ _id }, { $set: voided }, { session });
    return toSignedLetter(await model.findById(_id).session(session).orFail().lean());
  });
}
