import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { listDoctors } from '@/features/identity/staff/directory';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { fixCurrency } from '../bill-settings/service';
import type { Bill } from '../bills/dto';
import { issueBillInput } from '../bills/schema';
import { issueBill } from '../bills/service';
import { takeNumber } from '../bills/service/number';
import { priceLines } from '../bills/service/price-lines';
import { actorIdOf } from '../shifts/queries';
import { type Estimate, toEstimate } from './dto';
import { estimateModel } from './model';
import { ESTIMATE_LABEL, estimateState } from './policy';
import type { BillEstimateInput, IssueEstimateInput, WithdrawEstimateInput } from './schema';

const AUDITED = ['number', 'totalMinor', 'validUntil', 'isWithdrawn'] as const;

/**
 * Says what services would cost, under the next number of its series and with a copy of today's prices.
 * Nothing is billed by it. The same request key gives the same estimate.
 * @throws AppError CONFLICT for "no price" and one that has changed; INVALID_INPUT for a day that has passed.
 */
export async function issueEstimate(ctx: TenantContext, input: IssueEstimateInput): Promise<Estimate> {
  const { requestKey, validUntil, note } = input;
  const findByKey = async () => {
    const row = await estimateModel(ctx).findOne({ requestKey }).lean();
    return row ? toEstimate(row, today(ctx.timeZone)) : null;
  };
  const known = await findByKey();
  if (known) return known;
  if (validUntil < today(ctx.timeZone))
    throw new AppError('INVALID_INPUT', 'It holds until today or later.', { field: 'validUntil' });
  await fixCurrency(ctx, ctx.organization.country);
  const [settings, patient, doctors] = await Promise.all([
    getBillSettings(ctx),
    getPatientInUse(ctx, input.patientId),
    listDoctors(ctx),
  ]);
  const doctor = doctors.find(({ id }) => id === input.doctorId);
  if (input.doctorId && !doctor) throw notFoundError('doctor');
  // What a bill of it would be, without a discount: priced by the same rules.
  const asked = issueBillInput.parse({
    ...{ patientId: input.patientId, doctorId: input.doctorId, requestKey },
    lines: JSON.stringify(input.lines),
  });
  try {
    return await auditedWrite(
      ctx,
      async (session) => {
        const at = new Date();
        const day = today(ctx.timeZone, at);
        const { lines, amounts } = await priceLines(ctx, settings, asked, { day, session });
        const _id = newObjectId();
        const row = {
          ...{ _id, day, at, validUntil, requestKey },
          patientId: objectId(patient.id, 'patient'),
          patient: { name: patient.name, number: patient.number },
          ...(doctor ? { doctorId: objectId(doctor.id, 'doctor'), doctorName: doctor.name } : {}),
          lines: lines.map(({ code, name, hsn, quantity, unitMinor }, index) => ({
            ...{ code, name, hsn, quantity, unitMinor },
            serviceId: objectId(input.lines[index]?.serviceId ?? '', 'service'),
            taxMinor: amounts.lines[index]?.taxMinor ?? 0,
            totalMinor: amounts.lines[index]?.totalMinor ?? 0,
          })),
          currency: settings.currency.code,
          taxMinor: amounts.taxMinor,
          roundOffMinor: amounts.roundOffMinor,
          totalMinor: amounts.totalMinor,
          ...(note ? { note } : {}),
          isWithdrawn: false,
          prints: 0,
          byUserId: actorIdOf(ctx),
          byName: ctx.actor.name,
          number: await takeNumber(ctx, settings, { kind: 'estimate', day }, session),
        };
        await estimateModel(ctx).create([row], { session });
        ctx.audit?.about(`estimate:${_id}`);
        noteChange<Record<string, unknown>>(ctx, null, row, AUDITED);
        return toEstimate(await estimateModel(ctx).findById(_id).session(session).orFail().lean(), day);
      },
      { inTurn: 'money' },
    );
  } catch (error) {
    const twice = duplicateKey(error) ? await findByKey() : null;
    if (twice) return twice;
    throw error;
  }
}

/**
 * Issues a bill of an estimate, at the prices of this day, and names it there, in one transaction.
 * @throws AppError as issueBill; CONFLICT for an estimate that is billed, has lapsed or was withdrawn.
 */
export const billEstimate = (
  ctx: TenantContext,
  { estimateId, ...input }: BillEstimateInput,
): Promise<Bill> =>
  issueBill(ctx, input, (bill, session) => nameBill(ctx, estimateId, { ...bill, ...input }, session));

async function nameBill(
  ctx: TenantContext,
  estimateId: string,
  { id, number, patientId }: { id: Types.ObjectId; number: string; patientId: string },
  session: ClientSession,
): Promise<void> {
  const _id = objectId(estimateId, 'estimate');
  const row = await estimateModel(ctx)
    .findOneAndUpdate(
      { _id, patientId: objectId(patientId, 'patient') },
      { $set: { updatedAt: new Date() } },
      { session },
    )
    .lean();
  if (!row) throw notFoundError('estimate');
  const state = estimateState(row, today(ctx.timeZone));
  if (state === 'lapsed')
    throw new AppError(
      'CONFLICT',
      `Estimate ${row.number} held until ${formatDay(row.validUntil)}. Make a new one, or bill without it.`,
    );
  if (state !== 'open')
    throw new AppError('CONFLICT', `Estimate ${row.number} is ${ESTIMATE_LABEL[state].toLowerCase()}.`);
  await estimateModel(ctx).updateOne({ _id }, { $set: { billId: id, billNumber: number } }, { session });
}

/** Takes an estimate back, with the reason. @throws AppError NOT_FOUND, CONFLICT when it is not open. */
export async function withdrawEstimate(
  ctx: TenantContext,
  { estimateId, reason }: WithdrawEstimateInput,
): Promise<Estimate> {
  const _id = objectId(estimateId, 'estimate');
  return auditedWrite(ctx, async (session) => {
    const before = await estimateModel(ctx)
      .findOneAndUpdate({ _id }, { $set: { updatedAt: new Date() } }, { session })
      .lean();
    if (!before) throw notFoundError('estimate');
    const day = today(ctx.timeZone);
    const state = estimateState(before, day);
    if (state !== 'open' && state !== 'lapsed')
      throw new AppError('CONFLICT', `This estimate is ${ESTIMATE_LABEL[state].toLowerCase()} already.`);
    const row = await estimateModel(ctx)
      .findOneAndUpdate(
        { _id },
        { $set: { isWithdrawn: true, reason } },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    noteChange<Record<string, unknown>>(ctx, before, row, AUDITED);
    return toEstimate(row, day);
  });
}
