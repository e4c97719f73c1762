import 'server-only';
import { visitModel } from '@/features/frontdesk/queue/model';
import { staffModel } from '@/features/identity/staff/model';
import { glassesVersion } from '@/features/record/spectacles/policy';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type ContactLensPrescription, toContactLensPrescription } from './dto';
import { contactLensesModel } from './model';
import type { PrescribeContactLensesInput, VoidContactLensesInput } from './schema';

/**
 * Prescribes contact lenses at a visit; what the visit has already is replaced, with the reason.
 * @throws AppError INVALID_INPUT where that reason is missing; CONFLICT where those that are changed
 * are not those of the visit, or the press was done with other values; NOT_FOUND.
 */
export async function prescribeContactLenses(
  ctx: TenantContext,
  input: PrescribeContactLensesInput,
  now = new Date(),
): Promise<ContactLensPrescription> {
  const visitId = objectId(input.visitId, 'visit');
  const { requestKey, reason } = input;
  const content = JSON.stringify(input.lenses);
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only people can prescribe.');
  const save = () =>
    auditedWrite(ctx, async (session) => {
      // Touching the visit makes two writings of it conflict and retry.
      const visit = await visitModel(ctx)
        .findOneAndUpdate(
          { _id: visitId },
          { $set: { updatedAt: now } },
          { session, returnDocument: 'after' },
        )
        .select('patientId patient day')
        .lean();
      if (!visit) throw notFoundError('visit');
      const model = contactLensesModel(ctx);
      const same = await model.findOne({ requestKey, visitId }).session(session).lean();
      if (same && same.content !== content)
        throw new AppError(
          'CONFLICT',
          'These lenses are signed already, with other values. Open them to change them.',
        );
      if (same) return toContactLensPrescription(same);
      const all = await model.find({ visitId }).session(session).lean();
      const before = all.find(({ isVoid }) => !isVoid);
      if (glassesVersion(all) !== input.version)
        throw new AppError(
          'CONFLICT',
          before
            ? `${before.signedByName} has prescribed contact lenses at this visit meanwhile. What you wrote is still here.`
            : 'The lenses that you change were voided meanwhile. What you wrote is still here.',
        );
      if (before) {
        if (!reason)
          throw new AppError(
            'INVALID_INPUT',
            'Contact lenses are prescribed at this visit: say why they change.',
            {
              field: 'reason',
            },
          );
        const voided = { isVoid: true, voidedAt: now, voidedByName: actor.name, voidReason: reason };
        await model.updateOne({ _id: before._id }, { $set: voided }, { session });
      }
      const person = await staffModel(ctx)
        .findById(objectId(actor.userId))
        .select('registrationNumber')
        .session(session)
        .lean();
      const _id = newObjectId();
      await model.create(
        [
          {
            _id,
            requestKey,
            visitId,
            patientId: visit.patientId,
            patientName: visit.patient.name,
            patientNumber: visit.patient.number,
            day: visit.day,
            isVoid: false,
            content,
            signedAt: now,
            signedByName: actor.name,
            ...(person?.registrationNumber ? { registrationNumber: person.registrationNumber } : {}),
          },
        ],
        { session },
      );
      ctx.audit?.about(`contact-lenses:${_id}`);
      return toContactLensPrescription(await model.findById(_id).session(session).orFail().lean());
    });
  try {
    return await save();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The same press at the same moment: now there is something to find.
    return save();
  }
}

/** Takes a prescription of contact lenses back; it stays readable. @throws AppError CONFLICT, NOT_FOUND. */
export async function voidContactLenses(
  ctx: TenantContext,
  { contactLensesId, reason }: VoidContactLensesInput,
  now = new Date(),
): Promise<ContactLensPrescription> {
  const _id = objectId(contactLensesId, 'prescription');
  return auditedWrite(ctx, async (session) => {
    const model = contactLensesModel(ctx);
    const row = await model.findById(_id).session(session).lean();
    if (!row) throw notFoundError('prescription');
    if (row.isVoid) throw new AppError('CONFLICT', `${row.voidedByName} has voided it already.`);
    const voided = { isVoid: true, voidedAt: now, voidedByName: ctx.actor.name, voidReason: reason };
    await model.updateOne({ _id }, { $set: voided }, { session });
    return toContactLensPrescription(await model.findById(_id).session(session).orFail().lean());
  });
}
