import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { listBatches } from '@/features/pharmacy/medicines/queries';
import { dispense } from '@/features/pharmacy/medicines/service';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { newObjectId } from '@/lib/mongo';
import { EVERYWHERE, scopeOf } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { dispenseModel } from '../dispenses/model';
import { getDispense } from '../dispenses/queries';
import { dispensePrescriptionInput } from '../dispenses/schema';
import { dispensePrescription } from '../dispenses/service';
import { listReturnable } from '../returns/queries';
import { takeBackInput } from '../returns/schema';
import { takeBack } from '../returns/service';
import { printRecallLetters } from './print-letters';
import {
  findContacts,
  findDispensesOfLot,
  findGivenOfLot,
  findRecalls,
  findReceiptsOfLot,
  getRecall,
  listRecalls,
  traceLot,
} from './queries';
import { openRecallInput } from './schema';
import { closeRecall, noteContact, openRecall } from './service';

let a: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
let pharmacist: TenantContext;
beforeAll(async () => {
  a = await testOrganization({ plan: 'professional' });
  doctor = a.ctx('doctor');
  pharmacist = a.ctx('pharmacist');
  await aRegistration(doctor, 'TN 1');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

async function give(medicineId: string, quantity: number, by = pharmacist) {
  const line = aLine({ medicineId, quantity });
  const { id: prescriptionId, patientId } = await aPrescription(doctor, { lines: [line] });
  const { id } = await dispensePrescription(
    by,
    dispensePrescriptionInput.parse({
      ...{ prescriptionId, version: 1, requestKey: randomUUID() },
      lines: JSON.stringify([{ lineId: line.id, quantity }]),
    }),
  );
  return { dispenseId: id, patientId };
}

it('writes to all who have a lot, also to those whom the list on the page has no room for', async () => {
  const { id: medicineId } = await aMedicine(doctor);
  await aBatch(doctor, { medicineId, lotNumber: 'MANY', inDays: 300, quantity: 5 });
  const { dispenseId } = await give(medicineId, 1);
  const [lot] = await listBatches(pharmacist, medicineId);
  const batchId = lot?.id ?? '';
  const [given] = await findGivenOfLot(pharmacist, batchId).lean();
  if (!given) throw new Error('Nothing was given');
  const {
    _id: _,
    requestKey: __,
    ...dispensed
  } = await dispenseModel(pharmacist).findById(dispenseId).orFail().lean();
  const sold = Array.from({ length: 204 }, (___, index) => ({
    ...dispensed,
    _id: newObjectId(),
    requestKey: randomUUID(),
    sale: JSON.stringify({ buyer: { name: `Buyer ${index}` } }),
  }));
  for (const one of sold) Reflect.deleteProperty(one, 'patientId');
  await dispenseModel(pharmacist).insertMany(sold);
  const moved = sold.map((one) => ({ ...given, _id: newObjectId(), dispenseId: one._id }));
  await movementModel(pharmacist).collection.insertMany(moved);
  const recall = await openRecall(
    pharmacist,
    openRecallInput.parse({ medicineId, batchId, source: 'maker', reason: 'Particles' }),
  );
  expect(await traceLot(pharmacist, recall, 'open')).toMatchObject({ more: 5, counts: { patients: 205 } });
  const letters = await readPdf((await printRecallLetters(pharmacist, recall.id)).content);
  expect(letters.pages).toBe(205);
  await closeRecall(pharmacist, { recallId: recall.id });
});

it('finds who got a lot, what came back of it, and who has been told; and gives nothing more of it', async () => {
  const { id: medicineId } = await aMedicine(doctor);
  await aBatch(doctor, { medicineId, lotNumber: 'BAD', inDays: 30, quantity: 10 });
  await aBatch(doctor, { medicineId, lotNumber: 'GOOD', inDays: 300, quantity: 10 });
  const [bad] = await listBatches(pharmacist, medicineId);
  const batchId = bad?.id ?? '';
  const [first, second] = [await give(medicineId, 3), await give(medicineId, 2)];
  await dispense(pharmacist, { medicineId, quantity: 1, note: undefined });
  const { lots } = await listReturnable(pharmacist, await getDispense(pharmacist, first.dispenseId));
  const back = { movementId: lots[0]?.movementId, quantity: 1, place: 'quarantine', isOpened: false };
  await takeBack(
    pharmacist,
    takeBackInput.parse({
      ...{ dispenseId: first.dispenseId, requestKey: randomUUID(), reason: 'damaged' },
      lines: JSON.stringify([back]),
    }),
  );

  const input = openRecallInput.parse({ medicineId, batchId, source: 'maker', reason: 'Particles' });
  const recall = await openRecall(pharmacist, input);
  await expect(openRecall(pharmacist, input)).rejects.toMatchObject({ code: 'CONFLICT' });
  const later = await give(medicineId, 1);

  const trace = await traceLot(pharmacist, recall, 'open');
  expect(trace).toMatchObject({
    ...{ onShelf: 4, inQuarantine: 1, isHeld: true, nameless: 1, more: 0 },
    counts: { patients: 2, told: 0 },
  });
  const keptBy = Object.fromEntries(trace.recipients.map(({ patientId, kept }) => [patientId, kept]));
  expect(keptBy).toEqual({ [first.patientId]: 2, [second.patientId]: 2 });
  expect(keptBy).not.toHaveProperty(later.patientId);

  // A letter to each who was not told, and to nobody else.
  const lettersTo = async () => readPdf((await printRecallLetters(pharmacist, recall.id)).content);
  const letters = await lettersTo();
  expect(letters.pages).toBe(2);
  const text = letters.text.join(' ');
  for (const { name } of trace.recipients) expect(text).toContain(name);
  for (const words of ['BAD', 'Particles', 'Do not use it any more']) expect(text).toContain(words);

  const word = (patientId: string, outcome: 'told' | 'written' | 'not-reached') =>
    noteContact(pharmacist, { recallId: recall.id, patientId, outcome });
  await word(first.patientId, 'not-reached');
  await word(first.patientId, 'told');
  await word(second.patientId, 'not-reached');
  expect((await lettersTo()).pages).toBe(1);
  const after = await traceLot(pharmacist, recall, 'open');
  expect(after.counts).toEqual({ patients: 2, told: 1, back: 0 });
  expect(after.recipients).toMatchObject([
    { patientId: second.patientId, contact: { outcome: 'not-reached', attempts: 1 } },
  ]);
  expect((await traceLot(pharmacist, recall, 'all')).recipients).toHaveLength(2);

  // Who brings all of it back has nothing to be warned of, and stands apart.
  const theirs = await listReturnable(pharmacist, await getDispense(pharmacist, second.dispenseId));
  await takeBack(
    pharmacist,
    takeBackInput.parse({
      ...{ dispenseId: second.dispenseId, requestKey: randomUUID(), reason: 'damaged' },
      lines: JSON.stringify([{ ...back, movementId: theirs.lots[0]?.movementId, quantity: 2 }]),
    }),
  );
  const peopleOf = async (show: 'open' | 'all' | 'back') => {
    const { counts, recipients, inAll } = await traceLot(pharmacist, recall, show);
    expect(counts).toEqual({ patients: 1, told: 1, back: 1 });
    expect(inAll).toEqual({ patients: 1, told: 1 });
    return recipients.map(({ patientId }) => patientId);
  };
  expect(await peopleOf('open')).toEqual([]);
  expect(await peopleOf('all')).toEqual([first.patientId]);
  expect(await peopleOf('back')).toEqual([second.patientId]);
  await expect(word('0'.repeat(24), 'told')).rejects.toMatchObject({ code: 'NOT_FOUND' });

  await closeRecall(pharmacist, { recallId: recall.id });
  await expect(closeRecall(pharmacist, { recallId: recall.id })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(word(second.patientId, 'told')).rejects.toMatchObject({ code: 'CONFLICT' });
  // Closed is not released.
  expect((await listBatches(pharmacist, medicineId))[0]?.isHeld).toBe(true);
  expect((await listRecalls(pharmacist))[0]).toMatchObject({ id: recall.id, isOpen: false });
  await expect(getRecall(pharmacist, '0'.repeat(24))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const given = await findGivenOfLot(pharmacist, batchId).lean();
  const dispenseIds = given.flatMap(({ dispenseId }) => dispenseId ?? []);
  expect(dispenseIds).toHaveLength(2);
  for (const find of [
    findGivenOfLot(pharmacist, batchId),
    findDispensesOfLot(pharmacist, dispenseIds),
    findReceiptsOfLot(pharmacist, batchId),
    findContacts(pharmacist, recall.id),
    findRecalls(pharmacist),
  ])
    expectIndexed(await find.explain('executionStats'));

  // A list that cannot hold everybody says so.
  expect(trace.isCut).toBe(false);
  const [row] = given.slice(-1).map(({ _id: _, dispenseId: __, ...rest }) => rest);
  const older = { ...row, at: new Date(Date.now() - 86_400_000), kind: 'dispense', quantity: -1 };
  await movementModel(pharmacist).collection.insertMany(Array.from({ length: 20_000 }, () => ({ ...older })));
  expect((await traceLot(pharmacist, recall, 'all')).isCut).toBe(true);
});

it('lets each branch call those who got it there, and is one recall that all of them see the end of', async () => {
  const { id: there } = await aBranch(a, 'Hebbal', 'HB');
  const [here, hebbal] = [await ctxAt(a, 'pharmacist', FIRST_BRANCH_ID), await ctxAt(a, 'pharmacist', there)];
  const { id: medicineId } = await aMedicine(doctor);
  await aBatch(doctor, { medicineId, lotNumber: 'TWO', inDays: 300, quantity: 9 });
  const [lot] = await listBatches(here, medicineId);
  const [main, other] = [await give(medicineId, 1, here), await give(medicineId, 2, hebbal)];
  const recall = await openRecall(
    hebbal,
    openRecallInput.parse({ medicineId, batchId: lot?.id ?? '', source: 'maker', reason: 'Particles' }),
  );
  // Held at each branch, and not only where it was recalled.
  await expect(give(medicineId, 1, here)).rejects.toMatchObject({ code: 'CONFLICT' });
  const at = async (scope?: string) => traceLot(hebbal, recall, 'open', scope ? { scope } : {});
  const whom = async (scope?: string) =>
    (await at(scope)).recipients.map(({ patientId }) => patientId).sort();
  expect(await whom()).toEqual([main.patientId, other.patientId].sort());
  expect(await whom(there)).toEqual([other.patientId]);
  expect(await whom(FIRST_BRANCH_ID)).toEqual([main.patientId]);
  expect(readPdf((await printRecallLetters(hebbal, recall.id, there)).content).pages).toBe(1);
  await noteContact(hebbal, { recallId: recall.id, patientId: other.patientId, outcome: 'told' });
  expect(await at(there)).toMatchObject({
    ...{ recipients: [], counts: { patients: 1, told: 1 }, inAll: { patients: 2, told: 1 } },
  });
  // Who is kept to a branch is not shown the patients of another, whatever the address says.
  const kept = { ...hebbal, isKept: true, ownBranches: hebbal.ownBranches.filter(({ id }) => id === there) };
  expect(scopeOf(kept, EVERYWHERE)).toBe(there);
  await expect(printRecallLetters(kept, recall.id, FIRST_BRANCH_ID)).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});
