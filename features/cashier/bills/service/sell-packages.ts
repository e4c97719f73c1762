import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { includeDone } from '../../charges/service';
import { type Sold, sellPackage } from '../../packages/service';
import { readPackages } from '../../price-list/queries';

type Line = {
  serviceId?: Types.ObjectId;
  chargeId?: Types.ObjectId;
  name: string;
  quantity: number;
};

/**
 * Keeps what the packages on a bill hold, and takes out of them what was done today already.
 * @throws AppError CONFLICT when the bill also asks for something that was done and is a part of one.
 */
export async function sellPackages(
  ctx: TenantContext,
  bill: Sold['bill'],
  lines: readonly Line[],
  session: ClientSession,
): Promise<void> {
  const ids = lines.flatMap(({ serviceId }) => serviceId?.toString() ?? []);
  const packages = await readPackages(ctx, ids, session);
  for (const line of lines) {
    const found = packages.get(line.serviceId?.toString() ?? '');
    if (!found) continue;
    const held = new Map(found.parts.map(({ serviceId, quantity }) => [serviceId, quantity]));
    const twice = lines.find(
      ({ serviceId, chargeId, quantity }) =>
        chargeId && quantity <= (held.get(serviceId?.toString() ?? '') ?? 0),
    );
    if (twice)
      throw new AppError('CONFLICT', `${twice.name} is a part of ${found.name}. Take its line off the bill.`);
    const serviceId = line.serviceId?.toString() ?? '';
    await sellPackage(ctx, { ...found, bill, serviceId, quantity: line.quantity }, session);
    const serviceIds = found.parts.map((part) => objectId(part.serviceId, 'service'));
    await includeDone(ctx, { patientId: bill.patientId, day: bill.day, serviceIds }, session);
  }
}
