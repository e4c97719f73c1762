import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { takeBackDispensed } from '@/features/cashier/charges/service';
import { noteDay } from '@/features/patients/notes/day';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { onlyText } from '@/features/pharmacy/medicines/policy';
import { lockForStock, post } from '@/features/pharmacy/medicines/service/ledger';
import { assertFit, costBack } from '@/features/pharmacy/medicines/service/stock';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { storedIn } from '@/features/pharmacy/stores/queries';
import { storeToReturnTo } from '@/features/pharmacy/stores/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';
import { dispenseModel } from '../dispenses/model';
import { type MedicineReturn, type ReturnContent, toReturn } from './dto';
import { returnModel } from './model';
import { RETURN_REASONS, type ReturnedLine, returnProblem, returnUntil } from './policy';
import type { TakeBackInput } from './schema';

/**
 * Takes back what was dispensed, each piece to the lot that it came from or into its quarantine. What no bill
 * has is taken off the charges; what one has is for the cashier to credit, at the price that was billed. One
 * transaction; the same press that arrives twice happens once.
 * @throws AppError NOT_FOUND; CONFLICT for more than was given, for what has expired or was opened where
 * that is not taken, and after the days in which the pharmacy takes things back.
 */
export async function takeBack(
  ctx: TenantContext,
  input: TakeBackInput,
  now = new Date(),
): Promise<MedicineReturn> {
  const { requestKey, reason } = input;
  const dispenseId = objectId(input.dispenseId, 'dispense');
  const day = today(ctx.timeZone, now);
  const save = () =>
    auditedWrite(ctx, async (session) => {
      const same = await returnModel(ctx).findOne({ requestKey }).session(session).lean();
      if (same) return toReturn(same);
      const dispense = await dispenseModel(ctx).findById(dispenseId).session(session).lean();
      if (!dispense) throw notFoundError('dispense');
      const settings = await getPharmacySettings(ctx, session);
      const until = returnUntil(dispense.day, settings.returnDays);
      if (until !== null && until < day)
        throw new AppError('CONFLICT', `This was taken back until ${formatDay(until)}.`);
      const problem = input.lines.map((line) => returnProblem(line, { ...settings, reason })).find(Boolean);
      if (problem) throw new AppError('CONFLICT', problem, { field: 'lines' });
      const returnId = newObjectId();
      const lines: ReturnedLine[] = [];
      const storeOf = storesToReturnTo(ctx, session);
      for (const line of input.lines)
        lines.push(await takeLineBack(ctx, session, line, { dispenseId, returnId, reason, storeOf }));
      const content: ReturnContent = { lines, ...(input.note ? { note: input.note } : {}) };
      const row = {
        ...{ _id: returnId, requestKey, dispenseId, day, reason, at: now },
        ...(dispense.patientId ? { patientId: dispense.patientId } : {}),
        content: JSON.stringify(content),
        byUserId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
        byName: ctx.actor.name,
      };
      await returnModel(ctx).create([row], { session });
      await noteDay(ctx, dispense.day, session);
      ctx.audit?.about(`dispense:${dispenseId}`);
      noteChange<Record<string, unknown>>(
        ctx,
        null,
        { lots: lines.map(({ lotNumber, quantity }) => `${quantity} of ${lotNumber}`).join(', ') },
        ['lots'],
      );
      return toReturn(await returnModel(ctx).findById(returnId).session(session).orFail().lean());
    });
  try {
    return await save();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The same press at the same moment: now there is something to find.
    return save();
  }
}

type Of = {
  dispenseId: Types.ObjectId;
  returnId: Types.ObjectId;
  reason: TakeBackInput['reason'];
  storeOf: (givenFrom: string) => Promise<string>;
};

/** Where the lines of one return go: a store is touched and read once for all that it gave. */
function storesToReturnTo(ctx: TenantContext, session: ClientSession) {
  const known = new Map<string, string>();
  return async (givenFrom: string): Promise<string> => {
    const store = known.get(givenFrom) ?? (await storeToReturnTo(ctx, givenFrom, session)).id;
    known.set(givenFrom, store);
    return store;
  };
}

async function takeLineBack(
  ctx: TenantContext,
  session: ClientSession,
  { movementId, quantity, place, isOpened }: TakeBackInput['lines'][number],
  { dispenseId, returnId, reason, storeOf }: Of,
): Promise<ReturnedLine> {
  const movements = movementModel(ctx);
  const given = await movements
    .findOne({ _id: objectId(movementId, 'dispense'), dispenseId, kind: 'dispense' })
    .session(session)
    .lean();
  if (!given) throw notFoundError('dispense');
  const { medicineId, batchId, lotNumber, storeId } = given;
  // Locked before what came back is counted, so that two counters do not both take the last piece.
  const medicine = await lockForStock(ctx, medicineId, session);
  const earlier = await movements.find({ returnOf: given._id }).session(session).lean();
  const left = earlier.reduce((sum, one) => sum - one.quantity, -given.quantity);
  const name = [medicine.name, medicine.strength].filter(Boolean).join(' ');
  if (quantity > left)
    throw new AppError(
      'CONFLICT',
      left === 0
        ? `All of ${name}, lot ${lotNumber}, has come back already.`
        : onlyText(left, medicine.unit, {
            ...{ of: `of ${name}, lot ${lotNumber},`, where: 'still with the patient' },
          }),
      { field: `lines.${movementId}` },
    );
  await assertFit(ctx, session, batchId);
  const inStore = await storeOf(storeId?.toString() ?? FIRST_STORE_ID);
  const shelf = {
    ...(place === 'quarantine' ? { place: 'quarantine' as const } : {}),
    ...storedIn(inStore),
  };
  await takeBackDispensed(ctx, { dispenseId, lineId: given.lineId ?? null, medicineId, quantity }, session);
  await post(ctx, session, {
    ...{ medicine, kind: 'return', returnOf: given._id, returnId },
    reason: `${RETURN_REASONS[reason]}${isOpened ? ', opened' : ''}`,
    changes: [
      {
        ...{ batchId, lotNumber, quantity, costMinor: costBack(given, left, quantity) },
        ...shelf,
      },
    ],
  });
  return {
    ...{ movementId, medicineId: medicineId.toString(), name, unit: medicine.unit },
    ...{ lotNumber, quantity, place, isOpened },
  };
}
