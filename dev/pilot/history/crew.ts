import { staffModel } from '@/features/identity/staff/model';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Signer } from './papers';
import type { Clerk } from './shop';

/** Who did the work of the past years: the people of the hospital, or its owner where it has no others. */
export type Crew = {
  cashier: Clerk;
  manager: Clerk;
  pharmacist: Clerk;
  optometrist: Clerk;
  receptionist: Clerk;
  signers: ReadonlyMap<string, Signer>;
};

/** Reads the staff; who sees patients and has no registration number yet gets one. */
export async function readCrew(ctx: TenantContext): Promise<Crew> {
  const people = await staffModel(ctx).find({ isActive: true }).sort({ name: 1 }).lean();
  const { actor } = ctx;
  const owner: Clerk = { id: actor.kind === 'staff' ? actor.userId : 'system', name: actor.name };
  const of = (...roles: string[]): Clerk => {
    const found = roles.flatMap((role) => people.find((one) => one.role === role) ?? []).at(0);
    return found ? { id: found._id.toString(), name: found.name } : owner;
  };
  const signers = new Map<string, Signer>();
  for (const [index, { _id, name, seesPatients, registrationNumber }] of people.entries()) {
    if (!seesPatients) continue;
    const number = registrationNumber ?? `TNMC ${41_250 + index * 613}`;
    if (!registrationNumber)
      await staffModel(ctx).updateOne(
        { _id: objectId(_id.toString()) },
        { $set: { registrationNumber: number } },
      );
    signers.set(_id.toString(), { id: _id.toString(), name, registrationNumber: number });
  }
  return {
    cashier: of('cashier', 'receptionist', 'admin'),
    manager: of('admin', 'owner'),
    pharmacist: of('pharmacist'),
    optometrist: of('optometrist'),
    receptionist: of('receptionist'),
    signers,
  };
}
