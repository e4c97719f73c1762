import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { getBillSettings } from '../../bill-settings/queries';
import { sourceKey } from '../../charges/policy';
import { addCharges, type ChargedTo, type NewCharge } from '../../charges/service';
import type { PricedService } from '../../price-list/queries';
import { findConsultations } from '../../price-list/queries';
import { type Coming, consultationOf } from '../queries';

/** The fee of somebody who comes, read before they are checked in; null where there is no price for it. */
export async function feeOfComing(
  ctx: TenantContext,
  coming: Coming & { isEmergency: boolean },
): Promise<Omit<NewCharge, 'sourceKey' | 'source'> | null> {
  const services = await findConsultations(ctx, coming.day);
  if (services.length === 0) return null;
  const { reviewDays } = await getBillSettings(ctx);
  const { kind, freeUntil } = await consultationOf(ctx, coming, reviewDays);
  const of = (wanted: string) => services.find(({ consultation }) => consultation === wanted);
  const emergency = coming.isEmergency ? of('emergency') : undefined;
  const service = emergency ?? of(kind);
  if (!service?.price) return null;
  return serviceCharge(service, { isFree: !emergency && freeUntil !== null });
}

/** A service of the price list as a charge, at what it costs on the day that the list was read for. */
export function serviceCharge(
  { id, code, name, group, taxClass, consultation, price }: PricedService,
  { isFree = false }: { isFree?: boolean } = {},
): Omit<NewCharge, 'sourceKey' | 'source'> {
  return {
    serviceId: objectId(id, 'service'),
    ...{ code, name, group, taxClass, quantity: 1, isFree },
    ...(consultation ? { consultation } : {}),
    unitMinor: isFree ? 0 : (price?.amountMinor ?? null),
    isInclusive: price?.isInclusive ?? false,
  };
}

/** Charges the consultation of a visit, in the transaction of its check-in. */
export async function chargeVisit(
  ctx: TenantContext,
  fee: Awaited<ReturnType<typeof feeOfComing>>,
  to: ChargedTo & { visitId: Types.ObjectId },
  session: ClientSession,
): Promise<void> {
  if (!fee) return;
  const key = sourceKey.visit(to.visitId.toString());
  await addCharges(ctx, to, [{ ...fee, source: 'visit', sourceKey: key }], session);
}
