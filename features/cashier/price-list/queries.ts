import 'server-only';
import type { ClientSession } from 'mongoose';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { type Price, type Service, toPrice, toService } from './dto';
import { priceModel, serviceModel } from './model';
import { EVERYBODY, GROUP_IDS, payerOfKey, priceKey, priceOn, type ServiceGroup } from './policy';

/** An eye hospital has some hundred; more than this is another kind of list. */
const MOST_SERVICES = 2_000;

export type PricedService = Service & {
  price: Price | null /** The one that begins later. */;
  next: Price | null;
};

/**
 * The services with what they cost on a day, by group and name; null where there is no price.
 * @param payer whose own prices count before everybody's.
 * @param branchId where, without one where the actor is; null: the prices that are of no branch alone
 */
export async function listPriced(
  ctx: TenantContext,
  day: Day,
  {
    isActive = true,
    group,
    payer = EVERYBODY,
    branchId = ctx.branch.id,
  }: { isActive?: boolean; group?: ServiceGroup; payer?: string; branchId?: string | null } = {},
): Promise<PricedService[]> {
  const rows = await serviceModel(ctx)
    .find({ isActive, ...(group ? { group } : {}) })
    .sort({ group: 1, sortName: 1, _id: 1 })
    .limit(MOST_SERVICES)
    .lean();
  const prices = await pricesOf(
    ctx,
    rows.map(({ _id }) => _id.toString()),
    day,
  );
  const services = rows.map((row): PricedService => {
    const service = toService(row);
    const own = prices.get(service.id) ?? [];
    const key = priceKey(payer, branchId);
    const later = own.filter((one) => one.payer === key && one.from > day && one.to >= one.from);
    return { ...service, price: priceOn(own, day, payer, branchId), next: later.at(-1) ?? null };
  });
  const place = new Map(GROUP_IDS.map((group, index) => [group, index]));
  return services.sort((a, b) => (place.get(a.group) ?? 0) - (place.get(b.group) ?? 0));
}

/** Services that are offered, by their codes or their names in small letters, with their price of a day. */
export async function findServices(
  ctx: TenantContext,
  { day, codes, names }: { day: Day; codes: readonly string[]; names: readonly string[] },
  session: ClientSession,
): Promise<PricedService[]> {
  const of = [{ code: op({ $in: [...codes] }) }, { sortName: op({ $in: [...names] }) }];
  const rows = await serviceModel(ctx).find({ isActive: true, $or: of }).session(session).lean();
  const ids = rows.map(({ _id }) => _id.toString());
  const prices = await pricesOf(ctx, ids, day, session);
  return rows.map((row) => {
    const service = toService(row);
    const own = prices.get(service.id) ?? [];
    return { ...service, price: priceOn(own, day, EVERYBODY, ctx.branch.id), next: null };
  });
}

/** The consultations with a price on a day. */
export async function findConsultations(ctx: TenantContext, day: Day): Promise<PricedService[]> {
  return (await listPriced(ctx, day, { group: 'consultation' })).filter(
    ({ consultation, price }) => consultation && price,
  );
}

/** The prices that have not ended before a day, newest beginning first, by service. */
async function pricesOf(
  ctx: TenantContext,
  serviceIds: readonly string[],
  day: Day,
  session?: ClientSession,
): Promise<Map<string, Price[]>> {
  const rows = await priceModel(ctx)
    .find({
      serviceId: op({ $in: serviceIds.map((one) => objectId(one, 'service')) }),
      to: op({ $gte: day }),
    })
    .session(session ?? null)
    .lean();
  const found = new Map<string, Price[]>();
  for (const price of rows.map(toPrice).sort((a, b) => b.from.localeCompare(a.from)))
    found.set(price.serviceId, [...(found.get(price.serviceId) ?? []), price]);
  return found;
}

/** Services by id with what they cost on a day, read in the transaction that bills them. */
export async function readPriced(
  ctx: TenantContext,
  serviceIds: readonly string[],
  { day, payer, session }: { day: Day; payer?: string | undefined; session?: ClientSession },
): Promise<Map<string, Service & { price: Price | null }>> {
  const ids = serviceIds.map((one) => objectId(one, 'service'));
  const rows = await serviceModel(ctx)
    .find({ _id: op({ $in: ids }) })
    .session(session ?? null)
    .lean();
  const prices = await pricesOf(ctx, serviceIds, day, session);
  return new Map(
    rows.map((row) => {
      const service = toService(row);
      const own = prices.get(service.id) ?? [];
      return [service.id, { ...service, price: priceOn(own, day, payer, ctx.branch.id) }];
    }),
  );
}

/** What was done, by the service and the day. */
type Done = { serviceId: string | null; day: Day };
const doneKey = ({ serviceId, day }: Done): string => `${serviceId}|${day}`;

/**
 * A payer's own prices of what was done, each of its day; nothing where everybody's price counts.
 * @returns a question for one of them.
 */
export async function payerPrices(
  ctx: TenantContext,
  payer: string,
  done: readonly Done[],
  session?: ClientSession,
): Promise<(of: Done) => Price | null> {
  const ids = [...new Set(done.flatMap(({ serviceId }) => serviceId ?? []))];
  const first = done.map(({ day }) => day).sort()[0];
  if (ids.length === 0 || first === undefined) return () => null;
  const prices = await pricesOf(ctx, ids, first, session);
  const found = new Map(
    done.map((one) => {
      const price = priceOn(prices.get(one.serviceId ?? '') ?? [], one.day, payer, ctx.branch.id);
      return [doneKey(one), price && payerOfKey(price.payer) === payer ? price : null];
    }),
  );
  return (of) => found.get(doneKey(of)) ?? null;
}

export type PackagePart = { serviceId: string; code: string; name: string; quantity: number };

/** Which of some services are packages, with what each holds, read in the transaction that sells them. */
export async function readPackages(
  ctx: TenantContext,
  serviceIds: readonly string[],
  session?: ClientSession,
): Promise<Map<string, { name: string; days: number; parts: PackagePart[] }>> {
  const ids = [...new Set(serviceIds)].map((one) => objectId(one, 'service'));
  const found = await serviceModel(ctx)
    .find({ _id: op({ $in: ids }) })
    .session(session ?? null)
    .lean();
  const packages = found.filter(({ includes }) => includes && includes.length > 0);
  if (packages.length === 0) return new Map();
  const partIds = packages.flatMap(({ includes }) => (includes ?? []).map(({ serviceId }) => serviceId));
  const parts = await serviceModel(ctx)
    .find({ _id: op({ $in: partIds }) })
    .session(session ?? null)
    .lean();
  const partOf = new Map(parts.map((row) => [row._id.toString(), row]));
  return new Map(
    packages.map(({ _id, name, includes, includeDays }) => [
      _id.toString(),
      {
        ...{ name, days: includeDays ?? 1 },
        parts: (includes ?? []).flatMap(({ serviceId, quantity }) => {
          const row = partOf.get(serviceId.toString());
          return row ? [{ serviceId: row._id.toString(), code: row.code, name: row.name, quantity }] : [];
        }),
      },
    ]),
  );
}

/** Whether any price was set. */
export const hasPrices = async (ctx: TenantContext): Promise<boolean> =>
  (await priceModel(ctx).exists({})) !== null;
