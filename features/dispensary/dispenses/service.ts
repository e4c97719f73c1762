import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { takeFirstExpiring } from '@/features/pharmacy/medicines/service/ledger';
import { toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import {
  isSameUnit,
  lineTitle,
  type Override,
  type PrescriptionLine,
  quantityText,
} from '@/features/record/prescriptions/policy';
import { getPrescription, safetyFactsOf } from '@/features/record/prescriptions/queries';
import type { SafetyFacts } from '@/features/record/prescriptions/safety';
import { noteDispensed } from '@/features/record/prescriptions/service/note-dispensed';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { chargeGiven } from './charge-given';
import { counsellingFormOf, type Dispense, toDispense } from './dto';
import { dispenseModel } from './model';
import { type Counselling, type DispensedLine, dangersOf, isSameGiving, isSameMedicine } from './policy';
import type { CounselInput, DispensePrescriptionInput } from './schema';

type Asked = DispensePrescriptionInput['lines'][number];

/**
 * Hands out a prescription, or part of it: the stock, the ledger, the prescription and the row that says who
 * got which lots change in one transaction. The same press that arrives twice happens once.
 * @throws AppError CONFLICT where there is not enough, less is owed, the doctor has changed it, it is counted
 * otherwise than it was prescribed, or an allergy speaks against it and nobody says why it is given;
 * NOT_FOUND.
 */
export async function dispensePrescription(
  ctx: TenantContext,
  input: DispensePrescriptionInput,
  now = new Date(),
): Promise<Dispense> {
  const prescriptionId = objectId(input.prescriptionId, 'prescription');
  const { requestKey } = input;
  const { patientId: ofPatient } = await getPrescription(ctx, input.prescriptionId);
  const facts = await safetyFactsOf(ctx, ofPatient);
  const save = () =>
    auditedWrite(ctx, async (session) => {
      const same = await dispenseModel(ctx).findOne({ requestKey }).session(session).lean();
      if (same) return alreadyGiven(toDispense(same), input);
      const row = await prescriptionModel(ctx).findById(prescriptionId).session(session).lean();
      if (!row) throw notFoundError('prescription');
      const { lines, patientId, overrides } = toPrescription(row);
      // First what is owed, so that two counters meet here before they take anything from the shelf.
      const insteadOf = await othersOf(ctx, session, lines, input.lines);
      const noted = input.lines.map((asked) => ({
        ...{ lineId: asked.lineId, given: asked.quantity, instead: insteadOf(asked) },
        notDispensedReason: asked.notDispensedReason,
      }));
      await noteDispensed(ctx, session, prescriptionId, input.version, noted);
      const dispenseId = newObjectId();
      const given: DispensedLine[] = [];
      for (const asked of input.lines) {
        const line = lines.find(({ id }) => id === asked.lineId);
        if (!line) throw notFoundError('line');
        given.push(
          await giveLine(ctx, session, { line, asked, dispenseId, facts, overrides, storeId: input.storeId }),
        );
      }
      await chargeGiven(ctx, session, toPrescription(row), { dispenseId, given, at: now });
      const byUserId = ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system';
      const who = { byUserId, byName: ctx.actor.name, day: today(ctx.timeZone, now), at: now };
      await dispenseModel(ctx).create(
        [
          {
            ...{ _id: dispenseId, requestKey, prescriptionId, patientId: objectId(patientId) },
            ...storedAt(ctx.branch),
            ...{ content: JSON.stringify(given), ...who },
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

/**
 * Writes down what the patient was told at the counter, and whether they said it back.
 * @throws AppError NOT_FOUND, CONFLICT when a colleague has written it meanwhile.
 */
export async function counsel(
  ctx: TenantContext,
  { dispenseId, points, note, isTaughtBack, version }: CounselInput,
  now = new Date(),
): Promise<Dispense> {
  const _id = objectId(dispenseId, 'dispense');
  return auditedWrite(ctx, async (session) => {
    const before = await dispenseModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('dispense');
    assertUnchanged(counsellingFormOf(before), version);
    const told: Counselling = {
      ...{ points: [...new Set(points)], isTaughtBack },
      ...(note ? { note } : {}),
      ...{ byName: ctx.actor.name, at: now.toISOString() },
    };
    const row = await dispenseModel(ctx)
      .findOneAndUpdate(
        { _id },
        { $set: { counselling: JSON.stringify(told) } },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    ctx.audit?.about(row.prescriptionId ? `prescription:${row.prescriptionId}` : `dispense:${_id}`);
    noteChange<Record<string, unknown>>(ctx, before, row, ['counselling']);
    return toDispense(row);
  });
}

/** The answer to a press that arrived before; one that asks for something else is another press. */
function alreadyGiven(dispense: Dispense, { lines }: DispensePrescriptionInput): Dispense {
  if (isSameGiving(dispense.lines, lines)) return dispense;
  throw new AppError(
    'CONFLICT',
    `${dispense.byName} has just dispensed from this page. Open it again to see what is still owed.`,
  );
}

type Giving = {
  line: PrescriptionLine;
  asked: Asked;
  dispenseId: Types.ObjectId;
  facts: SafetyFacts;
  overrides: readonly Override[];
  storeId: string | undefined;
};

async function giveLine(
  ctx: TenantContext,
  session: ClientSession,
  { line, asked, dispenseId, facts, overrides, storeId }: Giving,
): Promise<DispensedLine> {
  const { quantity, agreedWith, notDispensedReason, overrideReason } = asked;
  const said = {
    lineId: line.id,
    ...(agreedWith ? { agreedWith } : {}),
    ...(notDispensedReason ? { notDispensedReason } : {}),
  };
  const { form, site, steps, meals, note } = line;
  const dosage = { form, site, steps, ...(meals ? { meals } : {}), ...(note ? { note } : {}) };
  if (quantity === 0) return { ...said, name: line.name, unit: line.unit, quantity, lots: [] };
  const chosen = asked.medicineId ?? line.medicineId;
  if (!chosen)
    throw new AppError('INVALID_INPUT', `${line.name} is not in the formulary: choose what is given.`);
  const medicineId = objectId(chosen, 'medicine');
  if (chosen !== line.medicineId) await assertSubstitute(ctx, session, line, medicineId, agreedWith);
  const { medicine, lots } = await takeFirstExpiring(ctx, session, {
    ...{ medicineId, quantity, storeId, dispenseId, lineId: line.id },
    batchId: asked.batchId ? objectId(asked.batchId, 'lot') : undefined,
    field: `lines.${line.id}`,
  });
  if (!isSameUnit(medicine.unit, line.unit))
    throw new AppError(
      'CONFLICT',
      `${medicine.name} is counted by the ${medicine.unit}, and ${quantityText(line)} of ${line.name} was prescribed. Give one that is counted by the ${line.unit}, or ask the doctor to prescribe it again.`,
    );
  const dangers = dangersOf(line, medicine, facts, overrides);
  const [danger] = dangers;
  if (danger && !overrideReason)
    throw new AppError(
      'CONFLICT',
      `${danger.sentence} Nothing was dispensed. Ask the doctor, or write the reason to give ${medicine.name} all the same.`,
    );
  const kept = dangers.map(({ sentence }) => ({ sentence, reason: overrideReason ?? '' }));
  const overruled = kept.length > 0 ? { overrides: kept } : {};
  const name = [medicine.name, medicine.strength].filter(Boolean).join(' ');
  return {
    ...said,
    ...overruled,
    ...{ name, unit: medicine.unit, quantity, lots },
    ...{ medicineId: chosen, dosage },
  };
}

/** What is given in place of what was prescribed, by its name as the doctor reads it. */
async function othersOf(
  ctx: TenantContext,
  session: ClientSession,
  lines: readonly PrescriptionLine[],
  asked: readonly Asked[],
) {
  const prescribed = new Map(lines.map((line) => [line.id, line]));
  const isOther = ({ lineId, medicineId, quantity }: Asked) =>
    quantity > 0 && medicineId !== undefined && medicineId !== prescribed.get(lineId)?.medicineId;
  const ids = asked.filter(isOther).map(({ medicineId }) => objectId(medicineId ?? '', 'medicine'));
  const rows =
    ids.length === 0
      ? []
      : await medicineModel(ctx)
          .find({ _id: op({ $in: ids }) })
          .select('name strength')
          .session(session)
          .lean();
  const nameOf = new Map(
    rows.map(({ _id, name, strength }) => [_id.toString(), [name, strength].filter(Boolean).join(' ')]),
  );
  return (one: Asked) => {
    const line = prescribed.get(one.lineId);
    const name = isOther(one) ? nameOf.get(one.medicineId ?? '') : undefined;
    if (!line || !name || name === lineTitle(line)) return undefined;
    return { name, ...(one.agreedWith ? { agreedWith: one.agreedWith } : {}) };
  };
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
