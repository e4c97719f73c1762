import { randomUUID } from 'node:crypto';
import { dispenseModel } from '@/features/dispensary/dispenses/model';
import { dispensePrescriptionInput } from '@/features/dispensary/dispenses/schema';
import { dispensePrescription } from '@/features/dispensary/dispenses/service';
import {
  findContacts,
  findDispensesOfLot,
  findGivenOfLot,
  findReceiptsOfLot,
  getRecall,
  traceLot,
} from '@/features/dispensary/lot-recalls/queries';
import { openRecallInput } from '@/features/dispensary/lot-recalls/schema';
import { noteContact, openRecall } from '@/features/dispensary/lot-recalls/service';
import { goodsReceiptModel } from '@/features/pharmacy/goods-receipts/model';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import { listBatches } from '@/features/pharmacy/medicines/queries';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { ms, percentile, printRows, type Row, times } from './report';

const MANY = Number(process.env.BENCH_MOVEMENTS ?? 1_000_000);
const FEW = 1_000;
const LOOKS = 30;
const BATCH = 2_000;
/** Of one delivery, in what it is given out by: one comes, the others go. */
const OF_A_LOT = 50;
const LOTS_A_MEDICINE = 25;
const LOTS_A_RECEIPT = 10;
const DAYS = 730;
/** Who got the lot that is recalled; a page of the list, and all that somebody can call. */
const RECIPIENTS = 60;
const TOLD = 5;
/** What a list may take, whatever the machine (the ledger's own promise, not a ratio). */
const MOST_MS = 1_000;

/** A ledger of two years: lots that come with an invoice and go piece by piece, each to somebody. */
async function addMovements(ctx: TenantContext, count: number): Promise<void> {
  const start = Date.now() - DAYS * 86_400_000;
  const by = { byUserId: 'bench', byName: 'Bench' };
  const patients = Array.from({ length: Math.max(Math.floor(count / 20), 1) }, () => newObjectId());
  let medicineId = newObjectId();
  let batchId = newObjectId();
  let receipt: { batchId: typeof batchId; lotNumber: string }[] = [];
  for (let from = 0; from < count; from += BATCH) {
    const [movements, lots, dispenses, receipts] = [[], [], [], []] as [
      object[],
      object[],
      object[],
      object[],
    ];
    for (let index = from; index < Math.min(from + BATCH, count); index++) {
      const at = new Date(start + Math.floor((index * DAYS * 86_400_000) / count));
      const nth = Math.floor(index / OF_A_LOT);
      const lotNumber = `B${nth}`;
      const isReceipt = index % OF_A_LOT === 0;
      if (isReceipt) {
        if (nth % LOTS_A_MEDICINE === 0) medicineId = newObjectId();
        batchId = newObjectId();
        receipt.push({ batchId, lotNumber });
        lots.push({
          ...{ _id: batchId, medicineId, lotNumber, expiresOn: '2031-01-31', quantity: 1, hasStock: true },
          ...{ valueMinor: 100, createdAt: at, updatedAt: at },
        });
        if (receipt.length === LOTS_A_RECEIPT) {
          const invoiceNumber = `INV-${nth}`;
          receipts.push({
            ...{ _id: newObjectId(), requestKey: randomUUID(), invoiceNumber, invoiceKey: invoiceNumber, at },
            ...{ supplierId: medicineId, supplierName: 'Bench', isDue: false, dueOn: '2026-01-01' },
            lines: receipt.map((one) => ({ ...one, medicineId })),
          });
          receipt = [];
        }
      }
      const dispenseId = isReceipt ? undefined : newObjectId();
      if (dispenseId)
        dispenses.push({
          ...{ _id: dispenseId, requestKey: randomUUID(), patientId: patients[index % patients.length] },
          ...{ prescriptionId: newObjectId(), day: '2026-01-01', content: '', at, ...by },
        });
      movements.push({
        ...{ _id: newObjectId(), medicineId, batchId, lotNumber, kind: dispenseId ? 'dispense' : 'receipt' },
        ...{ quantity: dispenseId ? -1 : OF_A_LOT, costMinor: dispenseId ? -100 : OF_A_LOT * 100 },
        ...{ onHandAfter: OF_A_LOT - (index % OF_A_LOT), at, ...by, ...(dispenseId ? { dispenseId } : {}) },
      });
    }
    const rowsOf = [
      [movementModel(ctx), movements],
      [batchModel(ctx), lots],
      [dispenseModel(ctx), dispenses],
      [goodsReceiptModel(ctx), receipts],
    ] as const;
    for (const [model, rows] of rowsOf)
      if (rows.length > 0) await model.collection.insertMany(rows, { ordered: false });
    if (from % 100_000 === 0) process.stdout.write(`  ${from} of ${count} movements\n`);
  }
}

type Hospital = {
  organization: Awaited<ReturnType<typeof testOrganization>>;
  ctx: TenantContext;
  medicineId: string;
  batchId: string;
  recallId: string;
  patientIds: Set<string>;
  took: Map<string, number[]>;
};

async function give(ctx: TenantContext, medicineId: string): Promise<string> {
  const line = aLine({ medicineId, quantity: 1 });
  const { id: prescriptionId, patientId } = await aPrescription(ctx, { lines: [line] });
  await dispensePrescription(
    ctx,
    dispensePrescriptionInput.parse({
      ...{ prescriptionId, version: 1, requestKey: randomUUID() },
      lines: JSON.stringify([{ lineId: line.id, quantity: 1 }]),
    }),
  );
  return patientId;
}

/** With a lot that was given out as the product does it, and is recalled. */
async function hospitalOf(count: number, rows: Row[]): Promise<Hospital> {
  const organization = await testOrganization({ plan: 'enterprise' });
  const ctx = organization.ctx();
  await aRegistration(ctx, 'TN 1');
  const begun = performance.now();
  await addMovements(ctx, count);
  rows.push({ what: `${count} movements written`, value: ms(performance.now() - begun) });
  const { id: medicineId } = await aMedicine(ctx, { price: '' });
  await aBatch(ctx, { medicineId, lotNumber: 'BAD', quantity: 1_000 });
  const [lot] = await listBatches(ctx, medicineId);
  const batchId = lot?.id ?? '';
  await goodsReceiptModel(ctx).collection.insertOne({
    ...{ requestKey: randomUUID(), invoiceNumber: 'BAD-1', invoiceKey: 'BAD-1', at: new Date() },
    ...{ supplierId: newObjectId(), supplierName: 'Bench', invoiceDay: shiftDay(today(ctx.timeZone), -9) },
    lines: [{ batchId: objectId(batchId, 'batch'), medicineId: objectId(medicineId, 'medicine') }],
  });
  const patientIds = new Set<string>();
  while (patientIds.size < RECIPIENTS) patientIds.add(await give(ctx, medicineId));
  const typed = { medicineId, batchId, source: 'maker', reason: 'Particles' };
  const { id: recallId } = await openRecall(ctx, openRecallInput.parse(typed));
  for (const patientId of [...patientIds].slice(0, TOLD))
    await noteContact(ctx, { recallId, patientId, outcome: 'told' });
  return { organization, ctx, medicineId, batchId, recallId, patientIds, took: new Map() };
}

/** What the page of a recall reads. */
const readPage = async ({ ctx, recallId }: Hospital, show: 'open' | 'all' = 'open') =>
  traceLot(ctx, await getRecall(ctx, recallId), show);

/** By the plain driver on an open connection, with nothing in between: the yardstick. */
const readPlain = ({ ctx, batchId }: Hospital) =>
  movementModel(ctx)
    .collection.find({ batchId: objectId(batchId, 'batch') })
    .sort({ at: -1 })
    .toArray();

const WHO = 'who got the lot';
const PAGE = 'what the page of the recall reads';
const PLAIN = 'the lot’s movements by the plain driver';
const ASKED: Record<string, (of: Hospital) => Promise<unknown>> = {
  [PLAIN]: readPlain,
  [WHO]: ({ ctx, batchId }) => findGivenOfLot(ctx, batchId).lean(),
  [PAGE]: (of) => readPage(of),
};

/** What the server reads for what it gives. */
async function examinedBy(find: { explain(how: 'executionStats'): unknown }) {
  const plan = JSON.parse(JSON.stringify(await find.explain('executionStats')));
  const { nReturned, totalKeysExamined, totalDocsExamined } = plan.executionStats;
  const isIndexed = !/COLLSCAN|"SORT"/.test(JSON.stringify(plan.executionStats));
  return { nReturned, examined: Math.max(totalKeysExamined, totalDocsExamined), isIndexed };
}

/**
 * Who got a lot, and the page that says it, must cost over a million movements what they cost over a
 * thousand, must read no more than they show, and must name everybody.
 */
export async function bench(): Promise<number> {
  const rows: Row[] = [];
  const few = await hospitalOf(FEW, rows);
  const many = await hospitalOf(MANY, rows);
  // In turn, so that whatever else the machine does is in both figures.
  for (let look = 0; look <= LOOKS; look++)
    for (const hospital of [few, many])
      for (const [what, ask] of Object.entries(ASKED)) {
        const begun = performance.now();
        await ask(hospital);
        // The first opens connections and compiles models.
        if (look > 0)
          hospital.took.set(what, [...(hospital.took.get(what) ?? []), performance.now() - begun]);
      }
  const middle = (what: string, { took }: Hospital, share = 0.5) => percentile(took.get(what) ?? [], share);
  for (const [what, most] of [
    [PLAIN, null],
    [WHO, 3],
    [PAGE, 1.5],
  ] as const) {
    const [over, under] = [middle(what, many), middle(what, few)];
    rows.push({
      what,
      value: `${ms(over)} among ${MANY}`,
      against: `${ms(under)} among ${FEW}: ${times(over / under)}`,
      ...(most ? { budget: `${most} x`, isKept: over <= under * most } : {}),
    });
  }
  const slowest = middle(PAGE, many, 0.95);
  rows.push({
    ...{ what: 'the same page, 95 of 100 times', value: ms(slowest), budget: ms(MOST_MS) },
    isKept: slowest < MOST_MS,
  });
  const given = await findGivenOfLot(many.ctx, many.batchId).lean();
  const ids = given.flatMap(({ dispenseId }) => dispenseId ?? []);
  for (const [what, find] of [
    ['who got the lot', findGivenOfLot(many.ctx, many.batchId)],
    ['to whom it was dispensed', findDispensesOfLot(many.ctx, ids)],
    ['where it came from', findReceiptsOfLot(many.ctx, many.batchId)],
    ['who was told', findContacts(many.ctx, many.recallId)],
  ] as const) {
    const { nReturned, examined, isIndexed } = await examinedBy(find);
    rows.push({
      what: `read for ${what}`,
      value: `${examined} for ${nReturned} shown`,
      budget: '2 x + 10, by an index',
      isKept: isIndexed && nReturned > 0 && examined <= 2 * nReturned + 10,
    });
  }
  const { recipients, receipts, counts } = await readPage(many, 'all');
  const found = recipients.filter(({ patientId }) => many.patientIds.has(patientId)).length;
  rows.push({
    what: 'of those who got it the page names',
    value: `${found} of ${RECIPIENTS}, ${counts.told} told, ${receipts.length} invoice`,
    budget: 'everybody',
    isKept:
      [found, recipients.length, counts.told, receipts.length].join() ===
      [RECIPIENTS, RECIPIENTS, TOLD, 1].join(),
  });
  for (const { organization } of [few, many]) await organization.dispose();
  const failed = printRows(`A recall among ${MANY} movements`, rows);
  await closeConnections();
  return failed;
}
