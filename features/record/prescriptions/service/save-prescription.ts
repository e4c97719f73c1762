import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { visitModel } from '@/features/frontdesk/queue/model';
import { staffModel } from '@/features/identity/staff/model';
import { noteDay } from '@/features/patients/notes/day';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Prescription, type PrescriptionRow, readContent, readDispensed, toPrescription } from '../dto';
import { prescriptionModel, prescriptionVersionModel } from '../model';
import {
  dispensedAfter,
  dispenseStatusOf,
  lineTitle,
  type PrescriptionContent,
  signProblem,
} from '../policy';
import { listMedicinesNow, safetyFactsOf } from '../queries';
import { checkSafety } from '../safety';
import type { SavePrescriptionInput } from '../schema';
import { resolveMedicines } from './resolve-medicines';

type Signer = { signedById: string; signedByName: string; registrationNumber: string };

const savedMeanwhile = (name: string): AppError =>
  new AppError(
    'CONFLICT',
    `${name} has saved this meanwhile. What you wrote is still here: open the visit in a second tab to compare.`,
  );

/**
 * Writes a prescription that is not signed yet.
 * @throws AppError CONFLICT when somebody has saved it meanwhile or the visit has one already, NOT_FOUND.
 */
export const savePrescription = (ctx: TenantContext, input: SavePrescriptionInput, now = new Date()) =>
  write(ctx, input, false, now);

/**
 * Writes and signs a prescription; one that is signed already gets a new version, with a reason.
 * @throws AppError INVALID_INPUT where something is missing or a danger has no reason, FORBIDDEN without a
 * registration number, CONFLICT, NOT_FOUND.
 */
export const signPrescription = (ctx: TenantContext, input: SavePrescriptionInput, now = new Date()) =>
  write(ctx, input, true, now);

async function write(
  ctx: TenantContext,
  input: SavePrescriptionInput,
  isSigning: boolean,
  now: Date,
): Promise<Prescription> {
  const visitId = objectId(input.visitId, 'visit');
  const save = () =>
    auditedWrite(ctx, async (session) => {
      // Touching the visit makes two first writings of it conflict and retry.
      const visit = await visitModel(ctx)
        .findOneAndUpdate(
          { _id: visitId },
          { $set: { updatedAt: now } },
          { session, returnDocument: 'after' },
        )
        .select('patientId patient branchId day token')
        .lean();
      if (!visit) throw notFoundError('visit');
      const before = await find(ctx, input, visitId, session);
      // The last change was made from this very sheet: nobody else has written in between.
      const isOwn = before?.lastRequestKey === input.requestKey;
      if (before && !isOwn && before.version !== input.version) throw savedMeanwhile(before.savedByName);
      if (before?.status === 'cancelled')
        throw new AppError('CONFLICT', 'This prescription is void. Write a new one.');
      const isSigned = isSigning || Boolean(before?.signedAt);
      const was = readContent(before?.content);
      const isGiven = readDispensed(before?.dispensed);
      const content = await resolveMedicines(ctx, input.sheet, isGiven, session);
      const isDone =
        isOwn && before.content === JSON.stringify(content) && isSigned === Boolean(before.signedAt);
      if (isDone) return toPrescription(before);
      const dispensed = dispensedAfter(was.lines, content.lines, isGiven);
      const signer = isSigned ? await signerOf(ctx, visit.patientId, content, input.prescriptionId) : null;
      const _id = before?._id ?? newObjectId();
      const written = {
        ...(signer ? { ...signer, signedAt: before?.signedAt ?? now } : {}),
        content: JSON.stringify(content),
        status: isSigned ? ('active' as const) : ('draft' as const),
        dispenseStatus: isSigned ? dispenseStatusOf(content.lines, dispensed) : ('none' as const),
        ...(before?.dispensed ? { dispensed: JSON.stringify(dispensed) } : {}),
        version: (before?.version ?? (await lastVersion(ctx, visitId, session))) + 1,
        savedAt: now,
        savedByName: ctx.actor.name,
        lastRequestKey: input.requestKey,
      };
      if (before) {
        await keepVersion(ctx, before, input.reason, now, session);
        await prescriptionModel(ctx).updateOne({ _id }, { $set: written }, { session });
      } else {
        const { patientId, patient, branchId, day, token } = visit;
        const at = branchId ? { branchId } : {};
        const facts = { requestKey: input.requestKey, visitId, patientId, patient, ...at, day, token };
        await prescriptionModel(ctx).create([{ _id, ...facts, ...written }], { session });
      }
      if (isSigned) await noteDay(ctx, visit.day, session);
      ctx.audit?.about(`prescription:${_id}`);
      return toPrescription(await prescriptionModel(ctx).findById(_id).session(session).orFail().lean());
    });
  try {
    return await save();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The same press at the same moment: now there is something to find.
    return save();
  }
}

/** The prescription that is meant: by its id, or by the press that made it. */
async function find(
  ctx: TenantContext,
  { prescriptionId, requestKey }: SavePrescriptionInput,
  visitId: Types.ObjectId,
  session: ClientSession,
): Promise<PrescriptionRow | null> {
  const prescriptions = prescriptionModel(ctx);
  if (prescriptionId) {
    const _id = objectId(prescriptionId, 'prescription');
    const row = await prescriptions.findOne({ _id, visitId }).session(session).lean();
    if (!row) throw notFoundError('prescription');
    return row;
  }
  const same = await prescriptions.findOne({ requestKey, visitId }).session(session).lean();
  if (same) return same;
  const open = await prescriptions
    .findOne({ visitId, status: op({ $ne: 'cancelled' as const }) })
    .session(session)
    .lean();
  if (!open) return null;
  throw new AppError(
    'CONFLICT',
    `${open.savedByName} has begun a prescription for this visit. Open the visit again and write it there.`,
  );
}

/** Of what the visit had before, which is void: no version of a visit comes twice. */
async function lastVersion(
  ctx: TenantContext,
  visitId: Types.ObjectId,
  session: ClientSession,
): Promise<number> {
  const last = await prescriptionModel(ctx)
    .findOne({ visitId })
    .sort({ _id: -1 })
    .select('version')
    .session(session)
    .lean();
  return last?.version ?? 0;
}

/** Who signs, once nothing speaks against it. */
async function signerOf(
  ctx: TenantContext,
  patientId: Types.ObjectId,
  content: PrescriptionContent,
  ownId: string | undefined,
): Promise<Signer> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only people can sign.');
  const person = await staffModel(ctx).findById(objectId(actor.userId)).select('registrationNumber').lean();
  if (!person?.registrationNumber)
    throw new AppError(
      'FORBIDDEN',
      'Your registration number is missing: it is printed under your signature. Ask an administrator to enter it on the staff page, then sign. What you wrote is still here.',
    );
  const patient = patientId.toString();
  const [facts, now] = await Promise.all([safetyFactsOf(ctx, patient), listMedicinesNow(ctx, patient)]);
  const left = new Set([
    ...content.stops.map(({ prescriptionId, lineId }) => `${prescriptionId} ${lineId}`),
    ...content.lines.flatMap(({ replaces: of }) => (of ? [`${of.prescriptionId} ${of.lineId}`] : [])),
  ]);
  const others = now.filter(
    ({ prescriptionId, line }) => prescriptionId !== ownId && !left.has(`${prescriptionId} ${line.id}`),
  );
  const titled = content.lines.map((line) => ({ ...line, name: lineTitle(line) }));
  const current = others.map(({ line }) => ({ ...line, name: lineTitle(line) }));
  const problem = signProblem(content, checkSafety(titled, facts, current));
  if (problem) throw new AppError('INVALID_INPUT', problem, { field: 'sheet' });
  return {
    signedById: actor.userId,
    signedByName: actor.name,
    registrationNumber: person.registrationNumber,
  };
}

/** A signed prescription is changed with a reason, and says afterwards what it said before. */
async function keepVersion(
  ctx: TenantContext,
  row: PrescriptionRow,
  reason: string | undefined,
  now: Date,
  session: ClientSession,
): Promise<void> {
  if (!row.signedAt) return;
  if (!reason)
    throw new AppError('INVALID_INPUT', 'This prescription is signed: say why it is changed.', {
      field: 'reason',
    });
  const { _id: prescriptionId, version, savedByName: byName } = row;
  const kept = { prescriptionId, version, byName, content: JSON.stringify(readContent(row.content)), reason };
  await prescriptionVersionModel(ctx).create([{ ...kept, replacedAt: now, replacedByName: ctx.actor.name }], {
    session,
  });
}
