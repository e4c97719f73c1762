import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { takeFirstExpiring } from '@/features/pharmacy/medicines/service/ledger';
import { toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import type { PrescriptionLine } from '@/features/record/prescriptions/policy';
import { noteDispensed } from '@/features/record/prescriptions/service/note-dispensed';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { type Dispense, toDispense } from './dto';
import { dispenseModel } from './model';
import { type DispensedLine, isSameMedicine } from './policy';
import type { DispensePrescriptionInput } from './schema';

type Asked = DispensePrescriptionInput['lines'][number];

/**
 * Hands out a prescription, or part of it: the stock, the ledger, the prescription and the row that says who
 * got which lots change in one transaction. The same press that arrives twice happens once.
 * @throws AppError CONFLICT where there is not enough, less is owed, or the doctor has changed it; NOT_FOUND.
 */
export async function dispensePrescription(
  ctx: TenantContext,
  input: DispensePrescriptionInput,
  now = new Date(),
): Promise<Dispense> {
  const prescriptionId = objectId(input.prescriptionId, 'prescription');
  const { requestKey } = input;
  const save = () =>
    auditedWrite(ctx, async (session) => {
      const same = await dispenseModel(ctx).findOne({ requestKey }).session(session).lean();
      if (same) return toDispense(same);
      const row = await prescriptionModel(ctx).findById(prescriptionId).session(session).lean();
      if (!row) throw notFoundError('prescription');
      const { lines, patientId } = toPrescription(row);
      // First what is owed, so that two counters meet here before they take anything from the shelf.
      const noted = input.lines.map(({ lineId, quantity, notDispensedReason }) => ({
        ...{ lineId, given: quantity, notDispensedReason },
      }));
      await noteDispensed(ctx, session, prescriptionId, input.version, noted);
      const dispenseId = newObjectId();
      const given: DispensedLine[] = [];
      for (const asked of input.lines) {
        const line = lines.find(({ id }) => id === asked.lineId);
        if (!line) throw notFoundError('line');
        given.push(await giveLine(ctx, session, line, asked, dispenseId));
      }
      const byUserId = ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system';
      const facts = { byUserId, byName: ctx.actor.name, day: today(ctx.timeZone, now), at: now };
      await dispenseModel(ctx).create(
        [
          {
            ...{ _id: dispenseId, requestKey, prescriptionId, patientId: objectId(patientId) },
            ...{ content: JSON.stringify(given), ...facts },
          },
        ],
        { session },
      );
      return toDispense(await dispenseModel(ctx).findById(dispenseId).session(session).orFail().lean());
    });
  try {
    return await save();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The same press at the same moment: now there is something to find.
    return save();
  }
}

async function giveLine(
  ctx: TenantContext,
  session: ClientSession,
  line: PrescriptionLine,
  asked: Asked,
  dispenseId: Types.ObjectId,
): Promise<DispensedLine> {
  const { quantity, agreedWith, notDispensedReason } = asked;
  const facts = {
    lineId: line.id,
    ...(agreedWith ? { agreedWith } : {}),
    ...(notDispensedReason ? { notDispensedReason } : {}),
  };
  if (quantity === 0) return { ...facts, name: line.name, unit: line.unit, quantity, lots: [] };
  const chosen = asked.medicineId ?? line.medicineId;
  if (!chosen)
    throw new AppError('INVALID_INPUT', `${line.name} is not in the formulary: choose what is given.`);
  const medicineId = objectId(chosen, 'medicine');
  if (chosen !== line.medicineId) await assertSubstitute(ctx, session, line, medicineId, agreedWith);
  const { medicine, lots } = await takeFirstExpiring(ctx, session, { medicineId, quantity, dispenseId });
  return { ...facts, name: medicine.name, unit: medicine.unit, quantity, lots };
}

/** Something else than what was prescribed: the same substance, or somebody has agreed to it. */
async function assertSubstitute(
  ctx: TenantContext,
  session: ClientSession,
  line: PrescriptionLine,
  medicineId: Types.ObjectId,
  agreedWith: string | undefined,
): Promise<void> {
  const row = await medicineModel(ctx).findById(medicineId).session(session).lean();
  if (!row) throw notFoundError('medicine');
  const isSame = isSameMedicine(line, row);
  if (isSame && line.isSubstitutionAllowed) return;
  if (agreedWith) return;
  throw new AppError(
    'CONFLICT',
    isSame
      ? `${line.name} was prescribed as written only. Say who agreed that ${row.name} is given.`
      : `${row.name} is not the same as ${line.name}. Say who agreed that it is given.`,
  );
}
