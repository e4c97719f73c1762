import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { dispense } from '@/features/pharmacy/medicines/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthOf, shiftMonth, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
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
  a = await testOrganization();
  doctor = inIndia(a.ctx('doctor'));
  pharmacist = inIndia(a.ctx('pharmacist'));
  await aRegistration(doctor, 'TN 4711');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

async function give(medicineId: string, quantity: number) {
  const line = aLine({ medicineId, quantity });
  const { id: prescriptionId } = await aPrescription(doctor, { lines: [line] });
  return dispensePrescription(
    pharmacist,
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
