import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { billModel } from '@/features/cashier/bills/model';
import { getBill } from '@/features/cashier/bills/queries';
import { creditBillInput } from '@/features/cashier/bills/schema';
import { chargeModel } from '@/features/cashier/charges/model';
import { creditBill } from '@/features/cashier/payments/service';
import { fileModel } from '@/features/patients/files/model';
import { findSalePapers, openStoredFile } from '@/features/patients/files/queries';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import { holdBatchInput } from '@/features/pharmacy/medicines/schema';
import { holdBatch } from '@/features/pharmacy/medicines/service';
import { pharmacySettingsInput } from '@/features/pharmacy/pharmacy-settings/schema';
import { updatePharmacySettings } from '@/features/pharmacy/pharmacy-settings/service';
import { isSealed } from '@/lib/crypto/field-cipher';
import { objectId, op } from '@/lib/mongo';
import { bufferSource, piecesOf } from '@/lib/source';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthOf, shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { dispenseModel } from '../dispenses/model';
import { findGivenOut, getDispense, listGivenOut } from '../dispenses/queries';
import { pharmacyQuery } from '../dispenses/schema';
import { traceLot } from '../lot-recalls/queries';
import { openRecallInput } from '../lot-recalls/schema';
import { openRecall } from '../lot-recalls/service';
import { listRegister } from '../registers/queries';
import { listReturnable } from '../returns/queries';
import { takeBackInput } from '../returns/schema';
import { takeBack } from '../returns/service';
import { printSale } from './print-sale';
import { getSale, getSaleShelf, listDraftPapers, listPapers, openPaper } from './queries';
import { attachScanInput, sellInput } from './schema';
import { attachPaper, removePaper, sell } from './service';
import { findOldPapers, sweepPapers } from './work';

let a: Awaited<ReturnType<typeof testOrganization>>;
let pharmacist: TenantContext;
beforeAll(async () => {
  a = await testOrganization();
  const inIndia = (ctx: TenantContext): TenantContext => ({
    ...ctx,
    organization: { ...ctx.organization, country: 'IN' },
  });
  pharmacist = inIndia(a.ctx('pharmacist'));
  await updatePharmacySettings(a.ctx(), {
    ...pharmacySettingsInput.parse({ licences: '20: KA-B1-123', returnDays: '', version: '0' }),
  });
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

/** A medicine at 12.50 with 3 of EARLY and 3 of LATE. */
async function stocked(facts: Parameters<typeof aMedicine>[1] = {}) {
  const { id } = await aMedicine(pharmacist, facts);
  await aBatch(pharmacist, { medicineId: id, lotNumber: 'LATE', inDays: 300, quantity: 3 });
  await aBatch(pharmacist, { medicineId: id, lotNumber: 'EARLY', inDays: 30, quantity: 3 });
  return id;
}
type Line = { medicineId: string; quantity: number; batchId?: string };
const press = (lines: Line[], total: number, rest: Record<string, unknown> = {}) =>
  sellInput.parse({
    ...{ requestKey: randomUUID(), totalMinor: String(total), ...rest },
    lines: JSON.stringify(lines),
  });
const shelf = async (medicineId: string) => {
  const rows = await batchModel(pharmacist)
    .find({ medicineId: objectId(medicineId) })
    .lean();
  return Object.fromEntries(rows.map(({ lotNumber, quantity }) => [lotNumber, quantity]));
};

it('gives a discount with a reason, cut to the lines to the last paisa, and above the limit with a yes', async () => {
  const [one, two] = [await stocked(), await stocked({ price: '3.33' })];
  const lines = [
    { medicineId: one, quantity: 1 },
    { medicineId: two, quantity: 2 },
  ];
  const discounted = (total: number, rate: string, rest: Record<string, unknown> = {}) =>
    press(lines, total, { discountKind: 'rate', discountRate: rate, ...rest });
  const why = { discountReason: 'senior' };
  await expect(sell(pharmacist, discounted(1_800, '5'))).rejects.toMatchObject({ field: 'discountReason' });
  // 12.50 and 6.66 are 19.16, less 0.96, rounded to the rupee.
  const { id } = await sell(pharmacist, discounted(1_800, '5', why));
  const { billId } = await getSale(pharmacist, id);
  const bill = await getBill(pharmacist, billId);
  expect(bill).toMatchObject({
    grossMinor: 1_916,
    discountMinor: 96,
    totalMinor: 1_800,
    approvedByName: null,
  });
  expect(bill.lines.map(({ discountMinor }) => discountMinor)).toEqual([63, 33]);

  const before = await Promise.all([shelf(one), shelf(two)]);
  await expect(sell(pharmacist, discounted(1_000, '50', why))).rejects.toMatchObject({ field: 'approverId' });
  const asked = { ...why, approverId: a.owner.id };
  await expect(
    sell(pharmacist, discounted(1_000, '50', { ...asked, approverPin: 'wrong password' })),
  ).rejects.toMatchObject({ field: 'approverPin' });
  // Of another sum than was shown nothing is sold.
  await expect(
    sell(pharmacist, discounted(900, '50', { ...asked, approverPin: TEST_PASSWORD })),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await Promise.all([shelf(one), shelf(two)])).toEqual(before);
  const given = await sell(pharmacist, discounted(1_000, '50', { ...asked, approverPin: TEST_PASSWORD }));
  const approved = await getBill(pharmacist, (await getSale(pharmacist, given.id)).billId);
  expect(approved).toMatchObject({ discountMinor: 958, totalMinor: 1_000 });
  expect(approved.approvedByName).not.toBeNull();
});

it('takes stock, writes charge and bill together, and once for a press that arrives several times', async () => {
  const medicineId = await stocked();
  // 4 at 12.50 are 50.00.
  const once = press([{ medicineId, quantity: 4 }], 5_000, { buyerName: 'Ravi', buyerPhone: '98480 11111' });
  const all = await Promise.all([1, 2, 3].map(() => sell(pharmacist, once)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(await shelf(medicineId)).toEqual({ EARLY: 0, LATE: 2 });
  const [sold] = all;
  if (!sold) throw new Error('Not sold');
  const sale = await getSale(pharmacist, sold.id);
  expect(sale.sale.buyer).toEqual({ name: 'Ravi', number: 'Walk-in', phone: '98480 11111' });
  const bill = await getBill(pharmacist, sale.billId);
  expect(bill).toMatchObject({
    ...{ totalMinor: 5_000, dueMinor: 5_000, patientName: 'Ravi', isWalkIn: true },
    supplier: { licences: '20: KA-B1-123' },
  });
  expect(bill.lines[0]?.lots.map(({ lotNumber }) => lotNumber)).toEqual(['EARLY', 'LATE']);
  const charges = await chargeModel(pharmacist)
    .find({ dispenseId: objectId(sold.id) })
    .lean();
  expect(charges.map(({ status, quantity }) => [status, quantity])).toEqual([['billed', 4]]);
  expect(await billModel(pharmacist).countDocuments({ requestKey: once.requestKey })).toBe(1);
  // Who bought it is sealed, and it stands among what was given.
  const raw = await dispenseModel(pharmacist).collection.findOne({ requestKey: once.requestKey });
  expect(isSealed(raw?.sale)).toBe(true);
  const { given } = await listGivenOut(pharmacist, pharmacyQuery.parse({ show: 'given' }));
  expect(given.find(({ id }) => id === sold.id)?.patientName).toBe('Ravi');
  const text = readPdf((await printSale(pharmacist, sold.id, 'a4')).content).text.join(' ');
  for (const word of ['KA-B1-123', 'EARLY', 'Customer', bill.number]) expect(text).toContain(word);
  await expect(sell(pharmacist, { ...once, lines: [{ medicineId, quantity: 1 }] })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

it('has the tax of each medicine, and that of medicines where nothing is said', async () => {
  const [usual, nil, solution] = [
    await stocked(),
    await stocked({ taxClass: 'medicine-nil' }),
    await stocked({ taxClass: 'accessory' }),
  ];
  const ids = [usual, nil, solution];
  await sell(
    pharmacist,
    press(
      ids.map((medicineId) => ({ medicineId, quantity: 1 })),
      3_800,
    ),
  );
  const charges = await chargeModel(pharmacist)
    .find({ medicineId: op({ $in: ids.map((id) => objectId(id)) }) })
    .lean();
  const of = (id: string) => charges.find(({ medicineId }) => medicineId?.equals(objectId(id)))?.taxClass;
  expect(ids.map(of)).toEqual(['medicine', 'medicine-nil', 'accessory']);
  // A service's tax, and one that another country has, are none of a medicine.
  for (const taxClass of ['health', 'standard', 'toString'])
    await expect(stocked({ taxClass })).rejects.toMatchObject({ field: 'taxClass' });
});

it('does nothing at all where something is held, too little, at another price, or without a price', async () => {
  const medicineId = await stocked();
  const unpriced = await stocked({ price: '' });
  const late = (await getSaleShelf(pharmacist, medicineId)).lots.find(
    ({ lotNumber }) => lotNumber === 'LATE',
  );
  await holdBatch(
    pharmacist,
    holdBatchInput.parse({ medicineId, batchId: late?.id, reason: 'Looks cloudy' }),
  );
  const wrong: [Line[], number][] = [
    [[{ medicineId, quantity: 4 }], 5_000],
    [[{ medicineId, quantity: 1, batchId: String(late?.id) }], 1_300],
    [[{ medicineId, quantity: 2 }], 2_400],
    [
      [
        { medicineId, quantity: 2 },
        { medicineId: unpriced, quantity: 1 },
      ],
      2_500,
    ],
  ];
  for (const [lines, total] of wrong)
    await expect(sell(pharmacist, press(lines, total))).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await shelf(medicineId)).toEqual({ EARLY: 3, LATE: 3 });
  expect(
    await movementModel(pharmacist).countDocuments({ medicineId: objectId(medicineId), kind: 'dispense' }),
  ).toBe(0);
  expect(await chargeModel(pharmacist).countDocuments({ medicineId: objectId(medicineId) })).toBe(0);
});

it('gives the lot that was scanned, and the last pieces to one of several counters', async () => {
  const medicineId = await stocked();
  const { lots } = await getSaleShelf(pharmacist, medicineId);
  const batchId = lots.find(({ lotNumber }) => lotNumber === 'LATE')?.id ?? '';
  await sell(pharmacist, press([{ medicineId, quantity: 2, batchId }], 2_500));
  expect(await shelf(medicineId)).toEqual({ EARLY: 3, LATE: 1 });
  const outcomes = await Promise.allSettled(
    [1, 2, 3, 4].map(() => sell(pharmacist, press([{ medicineId, quantity: 3 }], 3_800))),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(Object.values(await shelf(medicineId)).reduce((sum, one) => sum + one, 0)).toBe(1);
});

it('asks for doctor, paper and name where the class does, writes the register, and is found by a recall', async () => {
  const medicineId = await stocked({ controlClass: 'h1' });
  const line = [{ medicineId, quantity: 2 }];
  const paper = {
    prescriber: 'Dr. Meena',
    prescriberAddress: 'KMC 77',
    paperDay: shiftDay(today(pharmacist.timeZone), -1),
  };
  for (const [missing, field] of [
    [{ ...paper }, 'buyerName'],
    [{ buyerName: 'Lata' }, 'prescriber'],
    [{ buyerName: 'Lata', prescriber: 'Dr. Meena' }, 'paperDay'],
  ] as const)
    await expect(sell(pharmacist, press(line, 2_500, missing))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field,
    });
  const { id } = await sell(
    pharmacist,
    press(line, 2_500, { ...paper, buyerName: 'Lata', buyerPhone: '9848022222' }),
  );
  const rows = await listRegister(pharmacist, 'h1', monthOf(today(pharmacist.timeZone)));
  expect(rows).toMatchObject([
    { quantity: 2, patient: 'Lata', prescriber: 'Dr. Meena', registration: 'KMC 77', address: '9848022222' },
  ]);
  const [lot] = (await getDispense(pharmacist, id)).lines[0]?.lots ?? [];
  const recall = await openRecall(
    pharmacist,
    openRecallInput.parse({ medicineId, batchId: lot?.batchId, source: 'maker', reason: 'Sterility' }),
  );
  const { recipients, nameless } = await traceLot(pharmacist, recall, 'all');
  expect(nameless).toBe(0);
  expect(recipients).toMatchObject([{ name: 'Lata', phone: '9848022222', kept: 2, isPatient: false }]);
});

it('of two lines of one medicine at two prices each comes back at its own', async () => {
  const medicineId = await stocked({ price: '100' });
  const { lots } = await getSaleShelf(pharmacist, medicineId);
  const [early, late] = ['EARLY', 'LATE'].map(
    (wanted) => lots.find(({ lotNumber }) => lotNumber === wanted)?.id ?? '',
  );
  await batchModel(pharmacist).updateOne({ _id: objectId(early ?? '') }, { $set: { mrpMinor: 3_000 } });
  await batchModel(pharmacist).updateOne({ _id: objectId(late ?? '') }, { $set: { mrpMinor: 5_000 } });
  const { id: patientId } = await aPatient(pharmacist);
  const lines = [
    { medicineId, quantity: 2, batchId: early ?? '' },
    { medicineId, quantity: 2, batchId: late ?? '' },
  ];
  const { id, billId } = await sell(pharmacist, press(lines, 16_000, { patientId }));
  const back = (await listReturnable(pharmacist, await getDispense(pharmacist, id))).lots.find(
    ({ lotNumber }) => lotNumber === 'LATE',
  );
  await takeBack(
    pharmacist,
    takeBackInput.parse({
      ...{ dispenseId: id, requestKey: randomUUID(), reason: 'unused' },
      lines: JSON.stringify([{ movementId: back?.movementId, quantity: 1, place: 'shelf', isOpened: false }]),
    }),
  );
  const charges = await chargeModel(pharmacist)
    .find({ dispenseId: objectId(id) })
    .sort({ sourceKey: 1 })
    .lean();
  expect(charges.map(({ unitMinor, toCreditQuantity }) => [unitMinor, toCreditQuantity])).toEqual([
    [3_000, 0],
    [5_000, 1],
  ]);
  const bill = await getBill(pharmacist, billId ?? '');
  const line = bill.lines.findIndex(({ unitMinor }) => unitMinor === 5_000);
  const { note } = await creditBill(
    a.ctx(),
    creditBillInput.parse({
      ...{ billId, requestKey: randomUUID(), reason: 'Came back' },
      lines: JSON.stringify([{ line, quantity: 1 }]),
    }),
  );
  expect(note.totalMinor).toBe(-5_000);
  expectIndexed(
    await findGivenOut(pharmacist, pharmacyQuery.parse({ show: 'given' }), [patientId]).find.explain(
      'executionStats',
    ),
  );
});

const PAPER = Buffer.from('%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n');
const scan = (saleKey: string, place = pharmacist) =>
  attachPaper(
    place,
    attachScanInput.parse({ saleKey, name: 'paper.pdf', claimedType: '', sizeBytes: PAPER.length }),
    piecesOf(bufferSource(PAPER), 1_000),
  );

it('keeps a scan of the paper with the sale where the class asks for it, and offers it for others', async () => {
  const [kept, offered, plain] = [
    await stocked({ controlClass: 'x' }),
    await stocked({ controlClass: 'h1' }),
    await stocked({ controlClass: 'h' }),
  ];
  const ask = async (id: string) => (await getSaleShelf(pharmacist, id)).scan;
  // The settings of this test were saved without it; saved with it, it is asked for.
  expect([await ask(kept), await ask(offered), await ask(plain)]).toEqual(['offered', 'offered', null]);
  await updatePharmacySettings(a.ctx(), {
    ...pharmacySettingsInput.parse({ isScanAsked: 'on', returnDays: '', version: '1' }),
  });
  expect([await ask(kept), await ask(offered), await ask(plain)]).toEqual(['asked', 'offered', null]);

  const paper = { buyerName: 'Ravi', prescriber: 'Dr Sen', paperDay: today(pharmacist.timeZone) };
  const sale = press([{ medicineId: kept, quantity: 1 }], 1_300, paper);
  await expect(sell(pharmacist, sale)).rejects.toMatchObject({ field: 'paperScan' });
  expect(await shelf(kept)).toEqual({ EARLY: 3, LATE: 3 });
  const { id: wrong } = await scan(sale.requestKey);
  await removePaper(pharmacist, { saleKey: sale.requestKey, fileId: wrong });
  await expect(sell(pharmacist, sale)).rejects.toMatchObject({ field: 'paperScan' });
  const { id: fileId } = await scan(sale.requestKey);
  // Who opens the page once more goes on with the paper that is there.
  expect(await listDraftPapers(pharmacist, sale.requestKey)).toEqual([{ id: fileId, name: 'paper.pdf' }]);
  expect(await listDraftPapers(pharmacist, randomUUID())).toEqual([]);
  const { id } = await sell(pharmacist, sale);
  expect(await listDraftPapers(pharmacist, sale.requestKey)).toEqual([]);
  expect(await listPapers(pharmacist, id)).toMatchObject([{ id: fileId, name: 'paper.pdf' }]);
  const { source } = await openPaper(pharmacist, { dispenseId: id, fileId });
  expect(Buffer.from(await source.read(0, PAPER.length)).equals(PAPER)).toBe(true);

  // Once it is sold the paper stays; with another sale, or as a document, it is not found.
  const after = { saleKey: sale.requestKey, fileId };
  await expect(removePaper(pharmacist, after)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(scan(sale.requestKey)).rejects.toMatchObject({ code: 'CONFLICT' });
  const other = await sell(pharmacist, press([{ medicineId: offered, quantity: 1 }], 1_300, paper));
  for (const dispenseId of [other.id, 'f'.repeat(24)])
    await expect(openPaper(pharmacist, { dispenseId, fileId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(openStoredFile(pharmacist, fileId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const month = monthOf(today(pharmacist.timeZone));
  expect((await listRegister(pharmacist, 'x', month)).at(-1)).toMatchObject({ saleId: id, papers: [fileId] });
  expect((await listRegister(pharmacist, 'h1', month)).at(-1)).toMatchObject({ papers: [] });
  expectIndexed(await findSalePapers(pharmacist, [sale.requestKey]).explain('executionStats'));
});

it('reads settings and papers once a sale, however many lines ask for one', async () => {
  const ids = [
    await stocked({ controlClass: 'x' }),
    await stocked({ controlClass: 'x' }),
    await stocked({ controlClass: 'x' }),
  ];
  const paper = { buyerName: 'Ravi', prescriber: 'Dr Sen', paperDay: today(pharmacist.timeZone) };
  const commandsFor = async (medicineIds: readonly string[]) => {
    const total = { 1: 1_300, 3: 3_800 }[medicineIds.length] ?? 0;
    const sale = press(
      medicineIds.map((medicineId) => ({ medicineId, quantity: 1 })),
      total,
      paper,
    );
    await scan(sale.requestKey);
    const asked: string[] = [];
    mongoose.set('debug', (collection: string) => void asked.push(collection));
    await sell(pharmacist, sale).finally(() => mongoose.set('debug', false));
    return asked.filter((collection) => ['pharmacy_settings', 'files'].includes(collection));
  };
  const once = await commandsFor(ids.slice(0, 1));
  expect(new Set(once)).toEqual(new Set(['pharmacy_settings', 'files']));
  expect(await commandsFor(ids)).toEqual(once);
});

it('removes after two days what nothing was sold with, and looks at what was sold with once', async () => {
  const scope = { organizationId: pharmacist.organizationId, db: pharmacist.db };
  // As from a moment at which the paper came after its sale was looked for.
  const medicineId = await stocked();
  const early = press([{ medicineId, quantity: 1 }], 1_300);
  const { id: late } = await scan(early.requestKey);
  await sell(pharmacist, early);
  await fileModel(pharmacist).updateOne({ _id: objectId(late) }, { $set: { unsoldSince: new Date() } });
  const left = await scan(randomUUID());
  expect(await sweepPapers(scope)).toBe(0);
  const later = new Date(Date.now() + 3 * 86_400_000);
  const before = await fileModel(pharmacist).countDocuments({ 'subject.kind': 'sale' });
  expect(await sweepPapers(scope, later)).toBe(1);
  expect(await sweepPapers(scope, later)).toBe(0);
  expect(await fileModel(pharmacist).exists({ _id: objectId(left.id) })).toBeNull();
  expect(await fileModel(pharmacist).countDocuments({ 'subject.kind': 'sale' })).toBe(before - 1);
  // Nothing is left to be looked at, of all that was ever sold with.
  expect(await findOldPapers(scope, later).lean()).toEqual([]);
  expectIndexed(await findOldPapers(scope, later).explain('executionStats'));
});
