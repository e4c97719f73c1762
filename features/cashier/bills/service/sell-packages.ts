import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { listDoneOn } from '../../charges/queries';
import { includeDone } from '../../charges/service';
import { heldIn } from '../../packages/policy';
import { type Sold, sellPackage } from '../../packages/service';
import { readPackages } from '../../price-list/queries';

type Line = {
  serviceId?: Types.ObjectId;
  chargeId?: Types.ObjectId;
  quantity: number;
  isFree: boolean;
};

/**
 * Keeps what the packages on a bill hold, and takes out of them what was done today already. What costs
 * nothing was not bought.
 * @throws AppError CONFLICT when the bill also asks for something that was done and is a part of one.
 */
export async function sellPackages(
  ctx: TenantContext,
  bill: Sold['bill'],
  lines: readonly Line[],
  session: ClientSession,
): Promise<void> {
  const bought = lines.flatMap(({ serviceId, quantity, isFree }) =>
    serviceId && !isFree ? [{ serviceId: serviceId.toString(), quantity }] : [],
  );
  const packages = await readPackages(
    ctx,
    bought.map(({ serviceId }) => serviceId),
    session,
  );
  const sold = bought.flatMap((one) => {
    const found = packages.get(one.serviceId);
    return found ? [{ ...found, ...one }] : [];
  });
  if (sold.length === 0) return;
  await assertNotTwice(ctx, bill, { sold, lines }, session);
  for (const one of sold) await sellPackage(ctx, { ...one, bill }, session);
  const serviceIds = sold.flatMap(({ parts }) => parts.map((part) => objectId(part.serviceId, 'service')));
  await includeDone(ctx, { patientId: bill.patientId, day: bill.day, serviceIds }, session);
}

type Bought = Pick<Sold, 'name' | 'parts' | 'quantity'>;

/** As the page of the bill counts it: what a package on it takes in has no line beside it. */
async function assertNotTwice(
  ctx: TenantContext,
  { id: billId, patientId, day }: Sold['bill'],
  { sold, lines }: { sold: readonly Bought[]; lines: readonly Line[] },
  session: ClientSession,
): Promise<void> {
  const onBill = new Set(lines.flatMap(({ chargeId }) => chargeId?.toString() ?? []));
  if (onBill.size === 0) return;
  const done = await listDoneOn(ctx, { patientId, day, billId }, session);
  const pieces = sold.flatMap((one) => Array.from({ length: one.quantity }, () => one));
  const held = heldIn(
    pieces,
    done.filter(({ id, status }) => status === 'open' || onBill.has(id)),
  );
  const twice = done.find(({ id }) => onBill.has(id) && held.has(id));
  if (!twice) return;
  const holder = sold.find(({ parts }) => parts.some(({ serviceId }) => serviceId === twice.serviceId));
  throw new AppError(
    'CONFLICT',
    `${twice.name} is a part of ${holder?.name ?? 'a package'}. Take its line off the bill.`,
  );
}
