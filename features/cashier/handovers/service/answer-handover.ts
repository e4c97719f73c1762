import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftModel } from '../../shifts/model';
import { actorIdOf } from '../../shifts/queries';
import { type Handover, type HandoverRow, toHandover } from '../dto';
import { handoverModel } from '../model';
import { HANDOVER_LABEL } from '../policy';
import type { RefuseHandoverInput } from '../schema';

export const AUDITED = [
  ...(['fromName', 'toName', 'status', 'countedMinor', 'differenceMinor', 'answeredByName'] as const),
  ...(['receivedMinor', 'receivedDifferenceMinor'] as const),
];

type Answer = Pick<HandoverRow, 'status' | 'answer' | 'toShiftId' | 'receivedMinor'> &
  Record<string, unknown>;

/** Answers what is still offered. @throws AppError NOT_FOUND, CONFLICT when it has been answered. */
export async function answer(
  ctx: TenantContext,
  handoverId: string,
  isMine: (row: HandoverRow) => boolean,
  change: (row: HandoverRow, session: ClientSession) => Promise<Answer>,
): Promise<Handover> {
  const _id = objectId(handoverId, 'handover');
  return auditedWrite(ctx, async (session) => {
    // Touched first: of two answers at the same moment one comes second and is refused.
    const before = await handoverModel(ctx)
      .findOneAndUpdate({ _id }, { $set: { updatedAt: new Date() } }, { session })
      .lean();
    if (!before || !isMine(before)) throw notFoundError('handover');
    if (before.status !== 'offered')
      throw new AppError('CONFLICT', `${HANDOVER_LABEL[before.status]} by now.`);
    const told = { answeredAt: new Date(), answeredByName: ctx.actor.name };
    const row = await handoverModel(ctx)
      .findOneAndUpdate(
        { _id },
        { $set: { ...told, ...(await change(before, session)) } },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    ctx.audit?.about(`handover:${_id}`);
    noteChange<Record<string, unknown>>(ctx, before, row, AUDITED);
    return toHandover(row);
  });
}

export const isTo = (ctx: TenantContext) => (row: HandoverRow) => row.toId === actorIdOf(ctx);

/** The drawer of who offered it takes payments again, as if nothing had been asked. */
async function restoreDrawer(ctx: TenantContext, { shiftId, _id }: HandoverRow, session: ClientSession) {
  await shiftModel(ctx).updateOne(
    { _id: shiftId, handoverId: _id },
    { $unset: { handoverId: '' } },
    { session },
  );
}

/** Says no, with the reason: both drawers are as they were. @throws AppError NOT_FOUND, CONFLICT. */
export const refuseHandover = (
  ctx: TenantContext,
  { handoverId, reason }: RefuseHandoverInput,
): Promise<Handover> =>
  answer(ctx, handoverId, isTo(ctx), async (row, session) => {
    await restoreDrawer(ctx, row, session);
    return { status: 'refused', answer: reason };
  });

/**
 * Takes back what was offered: who offered it, or who closes the day.
 * @throws AppError NOT_FOUND, CONFLICT.
 */
export const withdrawHandover = (
  ctx: TenantContext,
  { handoverId }: { handoverId: string },
): Promise<Handover> =>
  answer(
    ctx,
    handoverId,
    ({ fromId }) => fromId === actorIdOf(ctx) || ctx.can('days:write'),
    async (row, session) => {
      await restoreDrawer(ctx, row, session);
      return { status: 'withdrawn' };
    },
  );
