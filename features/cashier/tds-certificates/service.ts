import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { minorIn } from '../bill-settings/service';
import { getPayer } from '../payers/queries';
import { type TdsCertificate, toTdsCertificate } from './dto';
import { tdsCertificateModel } from './model';
import { quarterOf } from './policy';
import type { AddTdsCertificateInput, WithdrawTdsCertificateInput } from './schema';

const AUDITED = ['payerName', 'quarter', 'number', 'amountMinor', 'isWithdrawn'] as const;
const refuse = (sentence: string, field: string) => new AppError('INVALID_INPUT', sentence, { field });

async function findByKey(ctx: TenantContext, requestKey: string): Promise<TdsCertificate | null> {
  const row = await tdsCertificateModel(ctx).findOne({ requestKey }).lean();
  return row ? toTdsCertificate(row) : null;
}

/**
 * Enters a certificate of tax that a payer has withheld in a quarter; the same press gives the same.
 * @throws AppError NOT_FOUND; INVALID_INPUT for nothing, or a time to come; CONFLICT for one that is there.
 */
export async function addTdsCertificate(
  ctx: TenantContext,
  input: AddTdsCertificateInput,
): Promise<TdsCertificate> {
  const { requestKey, quarter, number, receivedDay } = input;
  const done = await findByKey(ctx, requestKey);
  if (done) return done;
  const [payer, { currency }] = await Promise.all([getPayer(ctx, input.payerId), getBillSettings(ctx)]);
  const amountMinor = minorIn(currency.code, input.amount, 'amount');
  if (amountMinor <= 0) throw refuse('Enter the tax that it says, more than 0.', 'amount');
  const day = today(ctx.timeZone);
  if (receivedDay > day) throw refuse('This day has not come yet.', 'receivedDay');
  if (quarter > quarterOf(day)) throw refuse('This quarter has not come yet.', 'quarter');
  const row = {
    ...{ _id: newObjectId(), payerId: objectId(payer.id), payerName: payer.name, quarter, number },
    numberKey: `${payer.id}:${number.replace(/\s+/g, '').toUpperCase()}`,
    ...{ amountMinor, currency: currency.code, receivedDay, at: new Date(), byName: ctx.actor.name },
    ...{ isWithdrawn: false, requestKey },
  };
  try {
    return await auditedWrite(ctx, async (session) => {
      // Each that was withdrawn makes room for one more of its number.
      const turn = await tdsCertificateModel(ctx)
        .countDocuments({ numberKey: row.numberKey, isWithdrawn: true })
        .session(session);
      await tdsCertificateModel(ctx).create([{ ...row, turn }], { session });
      ctx.audit?.about(`payer:${payer.id}`);
      noteChange<Record<string, unknown>>(ctx, null, row, AUDITED);
      return toTdsCertificate(
        await tdsCertificateModel(ctx).findById(row._id).session(session).orFail().lean(),
      );
    });
  } catch (error) {
    const key = duplicateKey(error);
    const twice = key ? await findByKey(ctx, requestKey) : null;
    if (twice) return twice;
    if (key && 'numberKey' in key)
      throw new AppError('CONFLICT', 'This certificate has been entered before. Check its number.', {
        field: 'number',
      });
    throw error;
  }
}

/** Takes a wrong one back; it stays in the list. @throws AppError NOT_FOUND, CONFLICT. */
export async function withdrawTdsCertificate(
  ctx: TenantContext,
  { certificateId, reason }: WithdrawTdsCertificateInput,
): Promise<TdsCertificate> {
  const _id = objectId(certificateId, 'certificate');
  return auditedWrite(ctx, async (session) => {
    const before = await tdsCertificateModel(ctx)
      .findOneAndUpdate(
        { _id, isWithdrawn: false },
        { $set: { isWithdrawn: true, reason, withdrawnByName: ctx.actor.name } },
        { session },
      )
      .lean();
    if (!before) {
      if (!(await tdsCertificateModel(ctx).exists({ _id }).session(session)))
        throw notFoundError('certificate');
      throw new AppError('CONFLICT', 'It has been withdrawn already.');
    }
    const row = await tdsCertificateModel(ctx).findById(_id).session(session).orFail().lean();
    ctx.audit?.about(`payer:${row.payerId}`);
    noteChange<Record<string, unknown>>(ctx, before, row, AUDITED);
    return toTdsCertificate(row);
  });
}
