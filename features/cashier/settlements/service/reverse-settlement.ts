import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { takeNumber } from '../../bill-settings/service';
import { actorIdOf } from '../../shifts/queries';
import { ensureMoneyDay, enterDay } from '../../shifts/service';
import { type Settlement, toSettlement } from '../dto';
import { settlementModel } from '../model';
import type { ReverseSettlementInput } from '../schema';
import { postPart } from './post-part';

/** Not minus nothing, which is another number to a test and to a reader. */
const minus = (minor: number): number => 0 - minor;

/**
 * Takes back a settlement that was entered wrongly: a row below zero on its own day. Its claims are open
 * again, and the transfer can be entered once more.
 * @throws AppError NOT_FOUND; CONFLICT where it was reversed, the patient has paid a cut, or the day is
 * closed.
 */
export async function reverseSettlement(
  ctx: TenantContext,
  { settlementId, reason }: ReverseSettlementInput,
): Promise<Settlement> {
  const settings = await getBillSettings(ctx);
  await ensureMoneyDay(ctx, today(ctx.timeZone));
  const _id = newObjectId();
  return auditedWrite(
    ctx,
    async (session) => {
      const at = new Date();
      const day = today(ctx.timeZone, at);
      await enterDay(ctx, day, session);
      const known = { _id: objectId(settlementId, 'settlement') };
      const before = await settlementModel(ctx)
        .findOneAndUpdate(
          { ...known, isReversed: false },
          { $set: { isReversed: true }, $unset: { referenceKey: '' } },
          { session },
        )
        .lean();
      if (!before || before.ofSettlementId) {
        if (!before && !(await settlementModel(ctx).exists(known).session(session)))
          throw notFoundError('settlement');
        throw new AppError('CONFLICT', 'This settlement has been reversed already, or is a reversal.');
      }
      const number = await takeNumber(ctx, settings, { kind: 'settlement', day }, session);
      for (const { claimId, receivedMinor, tdsMinor, cutMinor, bearer } of before.parts) {
        const part = {
          ...{ receivedMinor: minus(receivedMinor), tdsMinor: minus(tdsMinor), cutMinor: minus(cutMinor) },
          bearer,
        };
        const what = `${before.number} reversed by ${number}`;
        await postPart(ctx, claimId, { part, what, note: reason, at }, session);
      }
      const row = {
        ...{ _id, number, payerId: before.payerId, payerName: before.payerName, day, at },
        ...storedAt(ctx.branch),
        ...{ receivedDay: before.receivedDay, currency: before.currency, isReversed: false, reason },
        ...(before.reference ? { reference: before.reference } : {}),
        ...{ amountMinor: minus(before.amountMinor), tdsMinor: minus(before.tdsMinor) },
        cutMinor: minus(before.cutMinor),
        parts: before.parts.map((part) => ({
          ...{ claimId: part.claimId, claimNumber: part.claimNumber, billId: part.billId },
          ...{ billNumber: part.billNumber, patientName: part.patientName, bearer: part.bearer },
          ...{ receivedMinor: minus(part.receivedMinor), tdsMinor: minus(part.tdsMinor) },
          cutMinor: minus(part.cutMinor),
          ...(part.reason ? { reason: part.reason } : {}),
        })),
        ...{ ofSettlementId: before._id, ofNumber: before.number },
        ...{ byUserId: actorIdOf(ctx), byName: ctx.actor.name },
      };
      await settlementModel(ctx).create([row], { session });
      ctx.audit?.about(`settlement:${_id}`);
      noteChange<Record<string, unknown>>(ctx, null, row, ['number', 'ofNumber', 'amountMinor']);
      return toSettlement(await settlementModel(ctx).findById(_id).session(session).orFail().lean());
    },
    { inTurn: 'money' },
  );
}
