import 'server-only';
import type { ClientSession } from 'mongoose';
import { batchModel } from '@/features/pharmacy/medicines/model';
import { onlyText } from '@/features/pharmacy/medicines/policy';
import { lockMedicine, post } from '@/features/pharmacy/medicines/service/ledger';
import type { Store } from '@/features/pharmacy/stores/dto';
import { piecesIn } from '@/features/pharmacy/stores/policy';
import { getStore, storedIn } from '@/features/pharmacy/stores/queries';
import { setStoreOpen, storeToFill, storeToReturnTo } from '@/features/pharmacy/stores/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { type Transfer, toTransfer } from './dto';
import { transferModel } from './model';
import { onTheWay, transferState } from './policy';
import type { ReceiveTransferInput, SendTransferInput } from './schema';

/**
 * Sends lots from one store to another: they leave the one and are on their way, in one transaction.
 * @throws AppError NOT_FOUND, CONFLICT for more than there is and for a closed store.
 */
export async function sendTransfer(
  ctx: TenantContext,
  { fromId, toId, note, lines: asked }: SendTransferInput,
  now = new Date(),
): Promise<Transfer> {
  const _id = newObjectId();
  return auditedWrite(ctx, async (session) => {
    // What is still in a closed store may leave it.
    const from = await getStore(ctx, fromId, session);
    if (from.isActive) await storeToFill(ctx, from.id, session);
    const to = await storeToFill(ctx, toId, session);
    const lines = [];
    for (const line of asked) lines.push(await sendLot(ctx, session, line, { from, transferId: _id }));
    const row = {
      ...{ _id, fromId: objectId(from.id), fromName: from.name, toId: objectId(to.id), toName: to.name },
      ...{ lines, arrivals: [], state: 'sent' as const, isOpen: true, version: 0, at: now },
      ...(note ? { note } : {}),
      byUserId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
      byName: ctx.actor.name,
      number: `ST-${String(await nextNumber(ctx, 'stock-transfers', session)).padStart(6, '0')}`,
    };
    await transferModel(ctx).create([row], { session });
    ctx.audit?.about(`transfer:${_id}`);
    noteChange<Record<string, unknown>>(
      ctx,
      null,
      { ...row, lots: lines.map(({ sent, lotNumber }) => `${sent} of ${lotNumber}`).join(', ') },
      ['number', 'fromName', 'toName', 'lots'],
    );
    return toTransfer(await transferModel(ctx).findById(_id).session(session).orFail().lean());
  });
}

type Sending = { from: Store; transferId: ReturnType<typeof newObjectId> };

async function sendLot(
  ctx: TenantContext,
  session: ClientSession,
  { batchId: id, quantity }: SendTransferInput['lines'][number],
  { from, transferId }: Sending,
) {
  const batchId = objectId(id, 'lot');
  const known = await batchModel(ctx).findById(batchId).session(session).lean();
  if (!known) throw notFoundError('lot');
  const medicine = await lockMedicine(ctx, known.medicineId, session);
  // Read again under the lock: a counter may have taken some.
  const batch = await batchModel(ctx).findById(batchId).session(session).orFail().lean();
  const name = [medicine.name, medicine.strength].filter(Boolean).join(' ');
  const there = piecesIn(batch, from.id);
  if (quantity > there)
    throw new AppError(
      'CONFLICT',
      onlyText(there, medicine.unit, { of: `of ${name}, lot ${batch.lotNumber},`, where: `in ${from.name}` }),
      { field: `lines.${id}` },
    );
  const lot = { batchId, lotNumber: batch.lotNumber };
  await post(ctx, session, {
    ...{ medicine, kind: 'transfer', transferId },
    changes: [
      { ...lot, quantity: -quantity, ...storedIn(from.id) },
      { ...lot, quantity, place: 'transit' },
    ],
  });
  return {
    ...{ medicineId: medicine._id, batchId, name, unit: medicine.unit, lotNumber: batch.lotNumber },
    ...{ expiresOn: batch.expiresOn, sent: quantity, received: 0, lost: 0, back: 0 },
  };
}

/**
 * Takes in what arrived of a transfer; what is lost leaves the stock with the reason, and what goes back is
 * in the store that sent it, or in the counter's once that one is closed.
 * @throws AppError NOT_FOUND, CONFLICT for more than is on its way, or when a colleague was first.
 */
export async function receiveTransfer(
  ctx: TenantContext,
  { transferId, version, lines: arrived, reason }: ReceiveTransferInput,
  now = new Date(),
): Promise<Transfer> {
  const _id = objectId(transferId, 'transfer');
  return auditedWrite(ctx, async (session) => {
    const before = await transferModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('transfer');
    if (before.version !== version)
      throw new AppError('CONFLICT', `A colleague has received some of ${before.number} meanwhile.`);
    const [to, from] = [before.toId.toString(), before.fromId.toString()];
    if (arrived.some(({ received }) => received > 0)) await storeToFill(ctx, to, session);
    const isBack = arrived.some(({ back }) => back > 0);
    const backTo = isBack ? (await storeToReturnTo(ctx, from, session)).id : from;
    const lines = before.lines.map((line) => ({ ...line }));
    const said: string[] = [];
    for (const { batchId, received, lost, back } of arrived) {
      const line = lines.find((one) => one.batchId.toString() === batchId);
      if (!line) throw notFoundError('lot');
      if (received + lost + back > onTheWay(line))
        throw new AppError(
          'CONFLICT',
          onlyText(onTheWay(line), line.unit, {
            ...{ of: `of ${line.name}, lot ${line.lotNumber},`, where: 'on the way' },
          }),
          { field: `lines.${batchId}` },
        );
      await arrive(ctx, session, { transfer: before, to, backTo, line, received, lost, back, reason });
      line.received += received;
      line.lost += lost;
      line.back += back;
      const parts = [
        received > 0 ? `${received} received` : '',
        lost > 0 ? `${lost} lost` : '',
        back > 0 ? `${back} back` : '',
      ];
      said.push(`${line.name}, lot ${line.lotNumber}: ${parts.filter(Boolean).join(', ')}`);
    }
    const state = transferState(lines);
    const arrival = { at: now, byName: ctx.actor.name, text: said.join('; '), ...(reason ? { reason } : {}) };
    const row = await transferModel(ctx)
      .findOneAndUpdate(
        { _id, version },
        {
          $set: { lines, state, isOpen: state !== 'done' },
          $push: { arrivals: arrival },
          $inc: { version: 1 },
        },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    ctx.audit?.about(`transfer:${_id}`);
    noteChange<Record<string, unknown>>(ctx, { state: before.state }, { state, ...arrival }, [
      ...(['state', 'text', 'reason'] as const),
    ]);
    return toTransfer(row);
  });
}

type Arriving = {
  transfer: { _id: Sending['transferId']; number: string };
  to: string;
  backTo: string;
  line: { medicineId: Sending['transferId']; batchId: Sending['transferId']; lotNumber: string };
  received: number;
  lost: number;
  back: number;
  reason: string | undefined;
};

async function arrive(
  ctx: TenantContext,
  session: ClientSession,
  { transfer, to, backTo, line, received, lost, back, reason }: Arriving,
): Promise<void> {
  const { batchId, lotNumber, medicineId } = line;
  const lot = { batchId, lotNumber };
  const moves = [
    { quantity: received, storeId: to },
    { quantity: back, storeId: backTo },
  ].filter(({ quantity }) => quantity > 0);
  if (moves.length > 0)
    await post(ctx, session, {
      ...{ medicine: await lockMedicine(ctx, medicineId, session), kind: 'transfer' },
      transferId: transfer._id,
      changes: moves.flatMap(({ quantity, storeId }) => [
        { ...lot, quantity: -quantity, place: 'transit' as const },
        { ...lot, quantity, ...storedIn(storeId) },
      ]),
    });
  if (lost > 0)
    await post(ctx, session, {
      ...{ medicine: await lockMedicine(ctx, medicineId, session), kind: 'disposal' },
      ...{ transferId: transfer._id, reason: `Lost in transit, ${transfer.number}: ${reason ?? ''}` },
      changes: [{ ...lot, quantity: -lost, place: 'transit' }],
    });
}

/** Closes a store in which nothing stands. @throws AppError NOT_FOUND, CONFLICT. */
export const closeStore = (ctx: TenantContext, storeId: string): Promise<Store> =>
  setStoreOpen(ctx, storeId, false, async ({ id, name }, session) => {
    const inStore = objectId(id, 'store');
    const stored = await batchModel(ctx)
      .exists({ $or: [{ 'elsewhere.storeId': inStore }, { 'quarantineElsewhere.storeId': inStore }] })
      .session(session);
    if (stored)
      throw new AppError(
        'CONFLICT',
        `There is stock in ${name}, or in its quarantine. Bring it to another store first.`,
      );
    const coming = await transferModel(ctx)
      .exists({ isOpen: true, $or: [{ toId: objectId(id) }, { fromId: objectId(id) }] })
      .session(session);
    if (coming)
      throw new AppError('CONFLICT', `A transfer from or to ${name} is on its way. Receive it first.`);
  });

/** @throws AppError NOT_FOUND, CONFLICT where it is open. */
export const reopenStore = (ctx: TenantContext, storeId: string): Promise<Store> =>
  setStoreOpen(ctx, storeId, true, async () => undefined);
