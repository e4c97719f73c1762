import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { noteDay } from '@/features/patients/notes/day';
import { AppError, notFoundError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Prescription, readDispensed, toPrescription } from '../dto';
import { prescriptionModel } from '../model';
import { type Dispensed, dispenseStatusOf, owedOf } from '../policy';

/** What was done with a line just now: more units given, of it or of something else, or none for good. */
export type DispensedNow = {
  lineId: string;
  given: number;
  instead?: { name: string; agreedWith?: string | undefined } | undefined;
  notDispensedReason?: string | undefined;
};

/**
 * Brings what was dispensed back to the prescription, in the caller's transaction. Two counters that serve
 * the same prescription conflict here, and one of them tries again.
 * @throws AppError CONFLICT where the prescription is not signed, was changed, or less is owed; NOT_FOUND.
 */
export async function noteDispensed(
  ctx: TenantContext,
  session: ClientSession,
  prescriptionId: Types.ObjectId,
  version: number,
  done: readonly DispensedNow[],
): Promise<Prescription> {
  const prescriptions = prescriptionModel(ctx);
  const row = await prescriptions
    .findOneAndUpdate(
      { _id: prescriptionId },
      { $set: { updatedAt: new Date() } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row) throw notFoundError('prescription');
  const { lines, status } = toPrescription(row);
  if (status !== 'active')
    throw new AppError('CONFLICT', 'This prescription is not signed, or void. Nothing was dispensed.');
  if (row.version !== version)
    throw new AppError('CONFLICT', 'The doctor has changed this prescription. Open it again, then dispense.');
  const dispensed: Dispensed = { ...readDispensed(row.dispensed) };
  for (const { lineId, given, instead, notDispensedReason } of done) {
    const line = lines.find(({ id }) => id === lineId);
    if (!line) throw notFoundError('line');
    if (given > owedOf(line, dispensed))
      throw new AppError(
        'CONFLICT',
        `No more than ${owedOf(line, dispensed)} of ${line.name} is still owed.`,
        { field: `lines.${lineId}` },
      );
    const before = dispensed[lineId]?.instead ?? [];
    const others = instead ? [...before.filter(({ name }) => name !== instead.name), instead] : before;
    dispensed[lineId] = {
      given: (dispensed[lineId]?.given ?? 0) + given,
      ...(others.length > 0 ? { instead: others } : {}),
      ...(notDispensedReason ? { notDispensed: { reason: notDispensedReason, byName: ctx.actor.name } } : {}),
    };
  }
  await prescriptions.updateOne(
    { _id: prescriptionId },
    { $set: { dispensed: JSON.stringify(dispensed), dispenseStatus: dispenseStatusOf(lines, dispensed) } },
    { session },
  );
  await noteDay(ctx, row.day, session);
  return toPrescription(await prescriptions.findById(prescriptionId).session(session).orFail().lean());
}
