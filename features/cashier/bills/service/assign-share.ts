import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { claimModel } from '../../claims/model';
import { askToFollowLink } from '../../online-accounts/follow';
import { type Bill, toBill } from '../dto';
import { billModel } from '../model';
import type { AssignShareInput } from '../schema';
import { claimShare, readChosen, shareOf } from './payer-share';

/**
 * Lets a payer take over what a patient still owes of a bill, or a part of it; of a reimbursement only the
 * papers are followed, and the patient pays. The bill itself stays as it was issued. The same press twice is
 * one claim.
 * @throws AppError NOT_FOUND; INVALID_INPUT; CONFLICT where nothing is due, or where the hospital's own
 * charity is chosen by somebody who may not give that much.
 */
export async function assignShare(ctx: TenantContext, input: AssignShareInput): Promise<Bill> {
  const billId = objectId(input.billId, 'bill');
  const settings = await getBillSettings(ctx);
  let linkId: string | undefined;
  const bill = await auditedWrite(
    ctx,
    async (session) => {
      const at = new Date();
      const day = today(ctx.timeZone, at);
      const bill = await billModel(ctx).findOne({ _id: billId, kind: 'bill' }).session(session).lean();
      if (!bill) throw notFoundError('bill');
      const choice = { payerChoice: input.payerChoice, patientId: bill.patientId.toString() };
      const chosen = await readChosen(ctx, choice, day, session);
      if (!chosen) throw new AppError('INVALID_INPUT', 'Choose who pays.', { field: 'payerChoice' });
      const { payer } = chosen;
      const isPaidBack = input.mode === 'reimbursement';
      const wholeMinor = isPaidBack ? bill.totalMinor - bill.creditedMinor : bill.dueMinor;
      if (wholeMinor <= 0) throw new AppError('CONFLICT', 'Nothing is due on this bill.');
      const shareMinor = shareOf(settings, input, chosen, { totalMinor: wholeMinor });
      if (payer.isOwnFund && !ctx.can('discounts:write'))
        throw new AppError(
          'CONFLICT',
          `${payer.name} is the hospital itself. Ask who may approve discounts.`,
        );
      const papers = { billId, payerId: objectId(payer.id), mode: 'reimbursement' as const };
      if (isPaidBack && (await claimModel(ctx).exists(papers).session(session)))
        throw new AppError('CONFLICT', `The papers for ${payer.name} are on the list already.`);
      if (!isPaidBack) {
        const row = await billModel(ctx)
          .findOneAndUpdate(
            { _id: billId, dueMinor: op({ $gte: shareMinor }) },
            { $inc: { payerMinor: shareMinor, dueMinor: -shareMinor } },
            { session, returnDocument: 'after' },
          )
          .lean();
        if (!row) throw new AppError('CONFLICT', 'This bill has been paid meanwhile. Open it again.');
        linkId = row.linkId?.toString();
        if (row.dueMinor === 0)
          await billModel(ctx).updateOne({ _id: billId }, { $set: { isDue: false } }, { session });
      }
      const scope = { session, settings, at, day };
      await claimShare(ctx, chosen, { bill, shareMinor, mode: input.mode }, scope);
      ctx.audit?.about(`bill:${billId}`);
      noteChange<Record<string, unknown>>(
        ctx,
        null,
        { payerName: payer.name, shareMinor, mode: input.mode },
        [...(['payerName', 'shareMinor', 'mode'] as const)],
      );
      return toBill(await billModel(ctx).findById(billId).session(session).orFail().lean());
    },
    { inTurn: 'money' },
  );
  if (linkId) await askToFollowLink(ctx.organizationId, linkId);
  return bill;
}
