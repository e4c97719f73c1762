import 'server-only';
import type { Types } from 'mongoose';
import { patientModel } from '@/features/patients/patients/model';
import { goodsReceiptModel } from '@/features/pharmacy/goods-receipts/model';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import type { MovementKind } from '@/features/pharmacy/medicines/schema';
import { storesOf } from '@/features/pharmacy/stores/policy';
import { listStores } from '@/features/pharmacy/stores/queries';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import { EVERYWHERE, isInScope } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf } from '@/lib/time';
import { dispenseModel } from '../dispenses/model';
import type { Sale } from '../dispenses/policy';
import { type LotRecall, toLotRecall } from './dto';
import { lotRecallModel, recallContactModel } from './model';
import { type Contact, type RecallView, recipientsOf } from './policy';

const MOST_RECALLS = 100;
/** Nobody calls more people from one list; how many more there are is said. */
const MOST_SHOWN = 200;
/** A lot that was given out more often than this is told by other means: the page says so. */
const MOST_MOVEMENTS = 20_000;

/** The find behind the list. */
export const findRecalls = (ctx: TenantContext) =>
  lotRecallModel(ctx).find({}).sort({ isOpen: -1, at: -1, _id: -1 }).limit(MOST_RECALLS);

/** Recalled lots, those that are open first. At most 100. */
export const listRecalls = async (ctx: TenantContext): Promise<LotRecall[]> =>
  (await findRecalls(ctx).lean()).map(toLotRecall);

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getRecall(ctx: TenantContext, recallId: string): Promise<LotRecall> {
  const row = await lotRecallModel(ctx).findById(objectId(recallId, 'recall')).lean();
  if (!row) throw notFoundError('recall');
  return toLotRecall(row);
}

const OUT_AND_BACK: MovementKind[] = ['dispense', 'return'];

/** The find behind who got a lot. */
export const findGivenOfLot = (ctx: TenantContext, batchId: string) =>
  movementModel(ctx)
    .find({ batchId: objectId(batchId, 'batch'), kind: op({ $in: OUT_AND_BACK }) })
    .sort({ at: -1 })
    .limit(MOST_MOVEMENTS + 1);

/** The find behind to whom a lot was dispensed. */
export const findDispensesOfLot = (ctx: TenantContext, dispenseIds: readonly Types.ObjectId[]) =>
  dispenseModel(ctx)
    .find({ _id: op({ $in: [...dispenseIds] }) })
    .select('patientId sale branchId');

/** The find behind what became of telling people. */
export const findContacts = (ctx: TenantContext, recallId: string) =>
  recallContactModel(ctx).find({ recallId: objectId(recallId, 'recall') });

/** The find behind where a lot came from. */
export const findReceiptsOfLot = (ctx: TenantContext, batchId: string) =>
  goodsReceiptModel(ctx)
    .find({ 'lines.batchId': objectId(batchId, 'batch') })
    .limit(20)
    .select('supplierName invoiceNumber invoiceDay at');

/**
 * Where a lot came from, where it is, and who has some of it: with the last word on each. `nameless` are
 * pieces that went out without a prescription, to nobody knows whom.
 * @param options `most` people of the list, the others are counted as `more`; `scope` a branch: who got it
 * there
 */
export async function traceLot(
  ctx: TenantContext,
  { id, batchId }: LotRecall,
  show: RecallView,
  { most = MOST_SHOWN, scope = EVERYWHERE }: { most?: number; scope?: string } = {},
) {
  const found = await findGivenOfLot(ctx, batchId).lean();
  const moved = found.slice(0, MOST_MOVEMENTS);
  const given = moved.filter(({ kind }) => kind === 'dispense');
  const backOf = new Map<string, number>();
  for (const { returnOf, quantity } of moved)
    if (returnOf) backOf.set(String(returnOf), (backOf.get(String(returnOf)) ?? 0) + quantity);
  const dispenseIds = [...new Set(given.flatMap(({ dispenseId }) => (dispenseId ? [dispenseId] : [])))];
  const [dispenses, contacts, receipts, batch, stores] = await Promise.all([
    findDispensesOfLot(ctx, dispenseIds).lean(),
    findContacts(ctx, id).lean(),
    findReceiptsOfLot(ctx, batchId).lean(),
    batchModel(ctx).findById(objectId(batchId, 'batch')).lean(),
    listStores(ctx),
  ]);
  // Who has no record is known by the sale, and only by that.
  const patientOf = new Map(dispenses.map(({ _id, patientId }) => [String(_id), String(patientId ?? _id)]));
  const buyerOf = new Map(
    dispenses.flatMap(({ _id, patientId, sale }) =>
      sale && !patientId ? [[String(_id), (JSON.parse(sale) as Sale).buyer] as const] : [],
    ),
  );
  const here = new Set(dispenses.filter((row) => isInScope(ctx, row, scope)).map(({ _id }) => String(_id)));
  const pieces = given.map((row) => ({
    isHere: here.has(String(row.dispenseId)),
    patientId: patientOf.get(String(row.dispenseId)) ?? '',
    day: dayOf(row.at, ctx.timeZone),
    quantity: -row.quantity,
    returned: backOf.get(String(row._id)) ?? 0,
  }));
  const recipients = recipientsOf(pieces.filter(({ patientId }) => patientId));
  const contactOf = new Map(contacts.map((row) => [String(row.patientId), row]));
  const wordOf = (patientId: string): Contact | null => contactOf.get(patientId)?.outcome ?? null;
  const ofBranch = new Set(pieces.flatMap(({ isHere, patientId }) => (isHere ? [patientId] : [])));
  // Who has brought all of it back has nothing to be warned of: they are listed apart.
  const having = recipients.filter(({ kept }) => kept > 0);
  const theirs = having.filter(({ patientId }) => ofBranch.has(patientId));
  const back = recipients.filter(({ patientId, kept }) => kept <= 0 && ofBranch.has(patientId));
  const wanted = {
    open: theirs.filter(({ patientId }) => wordOf(patientId) !== 'told'),
    ...{ all: theirs, back },
  }[show];
  const toldAmong = (some: typeof recipients) =>
    some.filter(({ patientId }) => wordOf(patientId) === 'told').length;
  const shown = wanted.slice(0, most);
  const patients = await patientModel(ctx)
    .find({ _id: op({ $in: shown.map(({ patientId }) => objectId(patientId, 'patient')) }) })
    .select('firstName lastName number phone')
    .lean();
  return {
    /** Older movements of the lot are not looked at: not everybody stands in the list. */
    isCut: found.length > MOST_MOVEMENTS,
    receipts: receipts
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .map((row) => ({
        ...{ id: row._id.toString(), supplierName: row.supplierName },
        ...{ invoiceNumber: row.invoiceNumber, invoiceDay: row.invoiceDay },
      })),
    onShelf: batch?.quantity ?? 0,
    inQuarantine: batch?.quarantine ?? 0,
    inTransit: batch?.transit ?? 0,
    /** Where it stands; empty for a hospital with one store. */
    inStores:
      batch && stores.length > 1
        ? storesOf(batch).map(({ storeId, quantity }) => ({
            ...{ storeId, quantity, name: stores.find(({ id }) => id === storeId)?.name ?? '' },
          }))
        : [],
    isHeld: Boolean(batch?.hold),
    nameless: pieces.reduce(
      (sum, { patientId, quantity, returned }) => sum + (patientId ? 0 : quantity - returned),
      0,
    ),
    counts: { patients: theirs.length, told: toldAmong(theirs), back: back.length },
    /** At all branches: the recall is over once all of them have told theirs. */
    inAll: { patients: having.length, told: toldAmong(having) },
    more: wanted.length - shown.length,
    recipients: shown.flatMap((recipient) => {
      const patient = patients.find(({ _id }) => _id.toString() === recipient.patientId);
      const buyer = buyerOf.get(recipient.patientId);
      const word = contactOf.get(recipient.patientId);
      if (!patient && !buyer) return [];
      return [
        {
          ...recipient,
          name: buyer?.name ?? [patient?.firstName, patient?.lastName].filter(Boolean).join(' '),
          number: buyer?.number ?? patient?.number ?? '',
          phone: buyer?.phone ?? patient?.phone ?? null,
          isPatient: Boolean(patient),
          contact: word
            ? {
                ...{ outcome: word.outcome, attempts: word.attempts, byName: word.byName },
                at: word.at.toISOString(),
              }
            : null,
        },
      ];
    }),
  };
}
export type LotTrace = Awaited<ReturnType<typeof traceLot>>;
