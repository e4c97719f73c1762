import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { listDoctors } from '@/features/identity/staff/directory';
import { getPatient } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import type { BillSettings } from '../../bill-settings/dto';
import { getBillSettings } from '../../bill-settings/queries';
import { fixCurrency } from '../../bill-settings/service';
import { sourceKey } from '../../charges/policy';
import { isVisitOfOther } from '../../charges/queries';
import { billCharges, billVisit } from '../../charges/service';
import { actorIdOf } from '../../shifts/queries';
import { ensureMoneyDay, enterDay } from '../../shifts/service';
import { discountShareBp } from '../amounts';
import { type Approver, confirmApprover } from '../approval';
import { type Bill, toBill } from '../dto';
import { billModel } from '../model';
import type { IssueBillInput } from '../schema';
import { takeNumber } from './number';
import { priceLines, stepOf } from './price-lines';

/** What is written with a bill, in its transaction: that an estimate has become it. */
type OnIssued = (bill: { id: Types.ObjectId; number: string }, session: ClientSession) => Promise<void>;

/**
 * Issues a bill under the next number of its series, with a copy of what the price list says today. It is
 * never changed afterwards: what was wrong is taken back by a credit note. The same request key gives the
 * same bill.
 * @throws AppError CONFLICT for "no price", a price that has changed and a closed day; INVALID_INPUT for a
 * discount that needs a reason or somebody's approval.
 */
export async function issueBill(
  ctx: TenantContext,
  input: IssueBillInput,
  onIssued?: OnIssued,
): Promise<Bill> {
  const known = await findByKey(ctx, input.requestKey);
  if (known) return assertSame(known, input);
  await fixCurrency(ctx, ctx.organization.country);
  const [settings, patient, doctor] = await Promise.all([
    getBillSettings(ctx),
    getPatient(ctx, input.patientId),
    findDoctor(ctx, input.doctorId),
  ]);
  const first = await priceLines(ctx, settings, input, today(ctx.timeZone));
  const approver = await approverOf(ctx, settings, input, first.amounts);
  await ensureMoneyDay(ctx, first.day);
  const _id = newObjectId();
  try {
    return await auditedWrite(
      ctx,
      async (session) => {
        const at = new Date();
        const day = today(ctx.timeZone, at);
        const { lines, amounts } = await priceLines(ctx, settings, input, day, session);
        if (amounts.totalMinor !== first.amounts.totalMinor)
          throw new AppError('CONFLICT', 'A price has changed. Open the bill again.');
        await enterDay(ctx, day, session);
        const to = { billId: _id, patientId: objectId(patient.id, 'patient') };
        const { visitId, patientId } = input;
        if (visitId && (await isVisitOfOther(ctx, { visitId, patientId }, session)))
          throw notFoundError('visit');
        const charged = lines.flatMap(({ chargeId }) => chargeId ?? []);
        await billCharges(ctx, charged, to, session);
        // By hand, or an earlier page's: the visit has its consultation, and its charge is this one.
        if (input.visitId && lines.some(({ chargeId, consultation }) => !chargeId && consultation))
          await billVisit(ctx, sourceKey.visit(input.visitId), to, session);
        const row = {
          _id,
          kind: 'bill' as const,
          day,
          at,
          patientId: objectId(patient.id, 'patient'),
          patient: { name: patient.name, number: patient.number },
          ...(input.visitId ? { visitId: objectId(input.visitId, 'visit') } : {}),
          ...(doctor ? { doctorId: objectId(doctor.id, 'doctor'), doctorName: doctor.name } : {}),
          ...amounts,
          lines: lines.map((line, index) => ({ ...line, ...amounts.lines[index] })),
          currency: settings.currency.code,
          roundStep: stepOf(settings),
          ...(amounts.discountMinor > 0 && input.discountReason
            ? { discountReason: input.discountReason }
            : {}),
          ...(approver ? { approvedById: approver.id, approvedByName: approver.name } : {}),
          supplier: supplierOf(settings),
          paidMinor: 0,
          creditedMinor: 0,
          dueMinor: amounts.totalMinor,
          isDue: amounts.totalMinor > 0,
          isCredited: false,
          prints: 0,
          requestKey: input.requestKey,
          byUserId: actorIdOf(ctx),
          byName: ctx.actor.name,
          number: await takeNumber(ctx, settings, { kind: 'bill', day }, session),
        };
        await billModel(ctx).create([row], { session });
        await onIssued?.({ id: _id, number: row.number }, session);
        ctx.audit?.about(`bill:${_id}`);
        const audited = [
          'number',
          'totalMinor',
          'discountMinor',
          'discountReason',
          'approvedByName',
        ] as const;
        noteChange<Record<string, unknown>>(ctx, null, row, audited);
        return toBill(await billModel(ctx).findById(_id).session(session).orFail().lean());
      },
      { inTurn: 'money' },
    );
  } catch (error) {
    const twice = duplicateKey(error) ? await findByKey(ctx, input.requestKey) : null;
    if (twice) return assertSame(twice, input);
    throw error;
  }
}

/** Going back in the browser brings the page with its key again: what was changed there is another bill. */
function assertSame(bill: Bill, { patientId, lines }: IssueBillInput): Bill {
  const isSame =
    bill.kind === 'bill' &&
    bill.patientId === patientId &&
    bill.lines.length === lines.length &&
    bill.lines.every(({ serviceId, chargeId, quantity }, index) => {
      const typed = lines[index];
      if (typed?.quantity !== quantity) return false;
      return typed.chargeId ? typed.chargeId === chargeId : typed.serviceId === serviceId;
    });
  if (isSame) return bill;
  const sentence = `This bill has been issued as ${bill.number}. Begin a new bill for what was added.`;
  throw new AppError('CONFLICT', sentence);
}

export async function findByKey(ctx: TenantContext, requestKey: string): Promise<Bill | null> {
  const row = await billModel(ctx).findOne({ requestKey }).lean();
  return row ? toBill(row) : null;
}

async function findDoctor(ctx: TenantContext, doctorId: string | undefined) {
  if (!doctorId) return null;
  const doctor = (await listDoctors(ctx)).find(({ id }) => id === doctorId);
  if (!doctor) throw notFoundError('doctor');
  return doctor;
}

export const supplierOf = ({ legalName, address, taxNumber }: BillSettings) => ({
  name: legalName,
  address,
  ...(taxNumber ? { taxNumber } : {}),
});

/** Who approves the discount; null where it is within the limit, or of somebody who may give it alone. */
async function approverOf(
  ctx: TenantContext,
  { discountLimitBp }: BillSettings,
  input: IssueBillInput,
  amounts: { grossMinor: number; discountMinor: number },
): Promise<Approver | null> {
  if (amounts.discountMinor === 0) return null;
  if (!input.discountReason)
    throw new AppError('INVALID_INPUT', 'Choose the reason of the discount.', { field: 'discountReason' });
  if (discountShareBp(amounts) <= discountLimitBp || ctx.can('discounts:write')) return null;
  return confirmApprover(ctx, input);
}
