import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { dispense } from '@/features/pharmacy/medicines/service';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { EVERYWHERE } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthOf, shiftMonth, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { getDispense } from '../dispenses/queries';
import { dispensePrescriptionInput } from '../dispenses/schema';
import { dispensePrescription } from '../dispenses/service';
import { listReturnable } from '../returns/queries';
import { takeBackInput } from '../returns/schema';
import { takeBack } from '../returns/service';
import { printRegister } from './print-register';
import { findRegister, listRegister } from './queries';
import { registerQuery } from './schema';

let a: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
let pharmacist: TenantContext;
const inIndia = (ctx: TenantContext): TenantContext => ({
  ...ctx,
  organization: { ...ctx.organization, country: 'IN' },
});
beforeAll(async () => {
  a = await testOrganization({ plan: 'professional' });
  doctor = inIndia(a.ctx('doctor'));
  pharmacist = inIndia(a.ctx('pharmacist'));
  await aRegistration(doctor, 'TN 4711');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

async function give(medicineId: string, quantity: number, by = pharmacist) {
  const line = aLine({ medicineId, quantity });
  const { id: prescriptionId } = await aPrescription(doctor, { lines: [line] });
  return dispensePrescription(
    by,
    dispensePrescriptionInput.parse({
      ...{ prescriptionId, version: 1, requestKey: randomUUID() },
      lines: JSON.stringify([{ lineId: line.id, quantity }]),
    }),
  );
}

it('is the ledger of a class in a month, with who prescribed, who got it and what came back', async () => {
  const { id: watched } = await aMedicine(doctor, { controlClass: 'h1' });
  const { id: plain } = await aMedicine(doctor);
  for (const medicineId of [watched, plain]) {
    await aBatch(doctor, { medicineId, lotNumber: 'EARLY', inDays: 40, quantity: 2 });
    await aBatch(doctor, { medicineId, lotNumber: 'LATE', inDays: 300, quantity: 10 });
  }
  await expect(dispense(pharmacist, { medicineId: watched, quantity: 1, note: undefined })).rejects.toThrow(
    /against a prescription/,
  );
  const given = await give(watched, 3);
  await give(plain, 1);
  const { lots } = await listReturnable(pharmacist, await getDispense(pharmacist, given.id));
  const back = { movementId: lots[1]?.movementId, quantity: 1, place: 'shelf', isOpened: false };
  await takeBack(
    pharmacist,
    takeBackInput.parse({
      ...{ dispenseId: given.id, requestKey: randomUUID(), reason: 'unused' },
      lines: JSON.stringify([back]),
    }),
  );
  const month = monthOf(today(pharmacist.timeZone));
  const rows = await listRegister(pharmacist, 'h1', month);
  expect(rows.map(({ number, lotNumber, quantity }) => [number, lotNumber, quantity])).toEqual([
    [1, 'EARLY', 2],
    [2, 'LATE', 1],
    [3, 'LATE', -1],
  ]);
  for (const row of rows)
    expect(row).toMatchObject({ registration: 'TN 4711', patientNumber: expect.stringMatching(/\d/) });
  // It is a view of the ledger and equals it.
  const ledger = await movementModel(pharmacist).find({ controlClass: 'h1' }).lean();
  const sum = (all: readonly { quantity: number }[]) =>
    all.reduce((total, { quantity }) => total + quantity, 0);
  expect([ledger.length, 0 - sum(ledger)]).toEqual([rows.length, sum(rows)]);
  expect(await listRegister(pharmacist, 'h1', shiftMonth(month, -1))).toEqual([]);
  expectIndexed(await findRegister(pharmacist, 'h1', month).explain('executionStats'));

  const { content } = await printRegister(pharmacist, registerQuery.parse({ class: 'h1', month }));
  const text = readPdf(content).text.join(' ');
  expect(text).toContain('Schedule H1 register');
  expect(text.match(/TN 4711/g)).toHaveLength(3);
  await expect(printRegister(pharmacist, registerQuery.parse({ class: 'h' }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

it('is of a branch, numbered by itself, and whole for who sees all of them', async () => {
  const { id: there } = await aBranch(a, 'Hebbal', 'HB');
  const { id: watched } = await aMedicine(doctor, { controlClass: 'x' });
  await aBatch(doctor, { medicineId: watched, lotNumber: 'X', inDays: 300, quantity: 20 });
  const at = async (branchId: string) => inIndia(await ctxAt(a, 'pharmacist', branchId));
  const [here, hebbal] = [await at(FIRST_BRANCH_ID), await at(there)];
  await give(watched, 1, here);
  const given = await give(watched, 2, hebbal);
  await give(watched, 3, here);
  const [lot] = (await listReturnable(hebbal, await getDispense(hebbal, given.id))).lots;
  // It is taken back at the other branch, and stands where it was given out of.
  await takeBack(
    here,
    takeBackInput.parse({
      ...{ dispenseId: given.id, requestKey: randomUUID(), reason: 'unused' },
      lines: JSON.stringify([{ movementId: lot?.movementId, quantity: 1, place: 'shelf', isOpened: false }]),
    }),
  );
  const month = monthOf(today(here.timeZone));
  const of = async (scope?: string) =>
    (await listRegister(here, 'x', month, scope)).map(({ number, quantity }) => [number, quantity]);
  expect(await of(FIRST_BRANCH_ID)).toEqual([
    [1, 1],
    [2, 3],
  ]);
  expect(await of(there)).toEqual([
    [1, 2],
    [2, -1],
  ]);
  expect((await of()).map(([, quantity]) => quantity)).toEqual([1, 2, 3, -1]);
  const printed = async (ctx: TenantContext, branch?: string) =>
    readPdf((await printRegister(ctx, registerQuery.parse({ class: 'x', month, branch }))).content).text.join(
      ' ',
    );
  expect(await printed(hebbal)).toContain('Hebbal');
  expect(await printed(hebbal, EVERYWHERE)).toContain('All branches');
  // Who is kept to one branch has no other's, whatever the address says.
  const kept = { ...hebbal, isKept: true, ownBranches: hebbal.ownBranches.filter(({ id }) => id === there) };
  for (const branch of [EVERYWHERE, FIRST_BRANCH_ID]) {
    const text = await printed(kept, branch);
    expect(text).toContain('Hebbal');
    expect(text).not.toContain('All branches');
  }
});
