import 'server-only';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { listColleaguesWho } from '../bills/approval';
import { actorIdOf } from '../shifts/queries';
import { type Handover, type HandoverOffer, toHandover, toOffer } from './dto';
import { handoverModel } from './model';

const MOST = 50;

/** Who may take a drawer over from the person who asks. By name. */
export const listReceivers = (ctx: TenantContext) => listColleaguesWho(ctx, 'payments:write');

/** The find behind what waits for the answer of a person. */
export const findOffersTo = (ctx: TenantContext, personId: string) =>
  handoverModel(ctx).find({ toId: personId, status: 'offered' }).sort({ at: 1, _id: 1 }).limit(MOST);

/** Drawers that somebody wants to give to the person who asks, the oldest first. At most 50. */
export async function listOffersToMe(ctx: TenantContext): Promise<HandoverOffer[]> {
  return (await findOffersTo(ctx, actorIdOf(ctx)).lean()).map(toOffer);
}

/** The find behind the handovers of a day. */
export const findHandoversOf = (ctx: TenantContext, day: Day) =>
  handoverModel(ctx).find({ day }).sort({ at: -1, _id: -1 }).limit(MOST);

/** The handovers of a day, newest first. At most 50. */
export async function listHandoversOf(ctx: TenantContext, day: Day): Promise<Handover[]> {
  return (await findHandoversOf(ctx, day).lean()).map(toHandover);
}

/** To whom a drawer was offered, as its giver and managers may know. @throws AppError NOT_FOUND */
export async function getOffer(ctx: TenantContext, handoverId: string): Promise<HandoverOffer> {
  const row = await handoverModel(ctx).findById(objectId(handoverId, 'handover')).lean();
  if (!row) throw notFoundError('handover');
  return toOffer(row);
}
