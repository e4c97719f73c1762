import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { branchFor } from '@/features/identity/branches/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { fixCurrency, minorIn } from '../../bill-settings/service';
import { getPayer } from '../../payers/queries';
import { type Price, toPrice } from '../dto';
import { priceModel, serviceModel } from '../model';
import { EVERYBODY, NO_END, priceKey } from '../policy';
import type { EndPriceInput, SetPriceInput } from '../schema';

/**
 * What a service costs from a day on, for everybody or for one payer, at all branches or at one. What
 * counted before ends the day before; what would begin later is taken back. Bills keep what they were issued
 * with.
 * @throws AppError NOT_FOUND, INVALID_INPUT for a day that has passed.
 */
export async function setPrice(ctx: TenantContext, input: SetPriceInput): Promise<Price> {
  const serviceId = objectId(input.serviceId, 'service');
  if (input.from < today(ctx.timeZone))
    throw new AppError('INVALID_INPUT', 'A price begins today or later.', { field: 'from' });
  const { currency } = await getBillSettings(ctx);
  const amountMinor = minorIn(currency.code, input.price, 'price');
  await fixCurrency(ctx, ctx.organization.country);
  const owner = input.payerId ? (await getPayer(ctx, input.payerId)).id : EVERYBODY;
  const payer = priceKey(owner, input.branchId && branchFor(ctx, input.branchId).id);
  return auditedWrite(ctx, async (session) => {
    const { isInclusive, from } = input;
    return addPrice(ctx, serviceId, { amountMinor, isInclusive, from, payer }, session);
  });
}

/**
 * Ends what a payer pays of its own for a service, or what it costs at one branch: from a day on the wider
 * price counts. Bills keep what they were issued with.
 * @throws AppError NOT_FOUND, INVALID_INPUT for a day that has passed, CONFLICT where it has none by then.
 */
export async function endPrice(ctx: TenantContext, input: EndPriceInput): Promise<{ whose: string }> {
  const serviceId = objectId(input.serviceId, 'service');
  const { from } = input;
  if (from < today(ctx.timeZone))
    throw new AppError('INVALID_INPUT', 'A price ends today or later.', { field: 'from' });
  const payer = input.payerId ? await getPayer(ctx, input.payerId) : null;
  const branch = input.branchId ? branchFor(ctx, input.branchId) : null;
  if (!payer && !branch) throw notFoundError('price');
  const key = priceKey(payer?.id ?? EVERYBODY, branch?.id);
  const whose = [payer?.name, branch?.name].filter(Boolean).join(' at ');
  return auditedWrite(ctx, async (session) => {
    await touchService(ctx, serviceId, session);
    const open = await openPrices(ctx, { serviceId, from, payer: key }, session);
    if (open.length === 0)
      throw new AppError('CONFLICT', `${whose} has no price of its own from that day on.`);
    await endOpen(ctx, open, from, session);
    noteChange<Record<string, unknown>>(
      ctx,
      { amountMinor: open[0]?.amountMinor },
      { amountMinor: null, from },
      ['amountMinor', 'from'],
    );
    return { whose };
  });
}

type Wanted = { amountMinor: number; isInclusive: boolean; from: string; payer?: string };

/** As `writePrice`, and says in the log what differs. */
export async function addPrice(
  ctx: TenantContext,
  serviceId: Types.ObjectId,
  wanted: Wanted,
  session: ClientSession,
): Promise<Price> {
  const { price, before } = await writePrice(ctx, serviceId, wanted, session);
  noteChange<Record<string, unknown>>(ctx, before, wanted, [
    ...(['amountMinor', 'isInclusive', 'from'] as const),
  ]);
  return price;
}

/** The service's row is touched, so that two prices at the same time come one after the other. */
export async function writePrice(
  ctx: TenantContext,
  serviceId: Types.ObjectId,
  { amountMinor, isInclusive, from, payer = EVERYBODY }: Wanted,
  session: ClientSession,
): Promise<{ price: Price; before: Wanted | null }> {
  await touchService(ctx, serviceId, session);
  const open = await openPrices(ctx, { serviceId, from, payer }, session);
  await endOpen(ctx, open, from, session);
  const before = open.find((row) => row.from <= from);
  const [row] = await priceModel(ctx).create(
    [{ serviceId, payer, amountMinor, isInclusive, from, to: NO_END, byName: ctx.actor.name }],
    { session },
  );
  if (!row) throw new Error('The price was not stored');
  return {
    price: toPrice(row.toObject()),
    before: before
      ? { amountMinor: before.amountMinor, isInclusive: before.isInclusive, from: before.from }
      : null,
  };
}

async function touchService(ctx: TenantContext, _id: Types.ObjectId, session: ClientSession): Promise<void> {
  const service = await serviceModel(ctx)
    .findOneAndUpdate({ _id }, { $set: { updatedAt: new Date() } }, { session })
    .lean();
  if (!service) throw notFoundError('service');
}

type OfPayer = { serviceId: Types.ObjectId; from: string; payer: string };

/** What counts on a day or later. */
async function openPrices(ctx: TenantContext, { serviceId, from, payer }: OfPayer, session: ClientSession) {
  const rows = await priceModel(ctx)
    .find({ serviceId, to: op({ $gte: from }) })
    .session(session)
    .lean();
  return rows.filter((row) => row.payer === payer && row.to >= row.from);
}

async function endOpen(
  ctx: TenantContext,
  open: Awaited<ReturnType<typeof openPrices>>,
  from: string,
  session: ClientSession,
): Promise<void> {
  for (const row of open) {
    // One that has not begun ends the day before it would: it never counted, and stays in the history.
    const to = shiftDay(row.from < from ? from : row.from, -1);
    await priceModel(ctx).updateOne({ _id: row._id }, { $set: { to } }, { session });
  }
}
