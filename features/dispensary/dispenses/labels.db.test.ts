import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listPrints } from '@/features/identity/papers/queries';
import { isSealed } from '@/lib/crypto/field-cipher';
import type { TenantContext } from '@/lib/tenancy/context';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { dispenseModel } from './model';
import { printLabels } from './print-labels';
import { listDispenses } from './queries';
import { counselInput, dispensePrescriptionInput, labelQuery } from './schema';
import { counsel, dispensePrescription } from './service';

let a: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
let pharmacist: TenantContext;
beforeAll(async () => {
  a = await testOrganization();
  doctor = a.ctx('doctor');
  pharmacist = a.ctx('pharmacist');
  await aRegistration(doctor, 'TN 1');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

async function dispensed(quantity: number) {
  const medicine = await aMedicine(doctor, { openDays: '60' });
  await aBatch(doctor, { medicineId: medicine.id, lotNumber: 'EARLY', inDays: 30, quantity: 1 });
  await aBatch(doctor, { medicineId: medicine.id, lotNumber: 'LATE', inDays: 300 });
  const line = aLine({ medicineId: medicine.id, quantity: 3 });
  const prescription = await aPrescription(doctor, { lines: [line] });
  const said = quantity === 0 ? { notDispensedReason: 'Out of stock' } : {};
  return dispensePrescription(
    pharmacist,
    dispensePrescriptionInput.parse({
      ...{ prescriptionId: prescription.id, version: 1, requestKey: randomUUID() },
      lines: JSON.stringify([{ lineId: line.id, quantity, ...said }]),
    }),
  );
}

it('prints a label for each bottle with its own lot, and counts the prints', async () => {
  const { id, prescriptionId } = await dispensed(2);
  const { content, isInline } = await printLabels(pharmacist, id, labelQuery.parse({ language: 'hi' }));
  expect(isInline).toBe(true);
  const { pages, text } = readPdf(content);
  expect(pages).toBe(2);
  const all = text.join(' ');
  expect(all).toMatch(/lot EARLY/);
  expect(all).toMatch(/lot LATE/);
  expect(all).toContain('discard 60 days later');
  await printLabels(pharmacist, id, labelQuery.parse({}));
  expect(await listPrints(pharmacist, `labels:${id}`)).toHaveLength(2);
  // What stands on the label was prescribed at that moment; it does not change with the prescription.
  const [given] = await listDispenses(pharmacist, prescriptionId ?? '');
  expect(given?.lines[0]).toMatchObject({ dosage: { site: 'right', form: 'drop' }, unit: 'bottle' });
});

it('has no labels of what was not given', async () => {
  const { id } = await dispensed(0);
  await expect(printLabels(pharmacist, id, labelQuery.parse({}))).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(printLabels(pharmacist, '0'.repeat(24), labelQuery.parse({}))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

it('keeps what the patient was told, sealed, and refuses to overwrite a colleague', async () => {
  const { id, version, counselling } = await dispensed(1);
  expect(counselling).toBeNull();
  const said = (rest: Record<string, unknown>) =>
    counsel(pharmacist, counselInput.parse({ dispenseId: id, version, ...rest }));
  const told = await said({ points: ['shake', 'gap'], note: 'Daughter gives them', isTaughtBack: 'on' });
  expect(told.counselling).toMatchObject({
    ...{ points: ['shake', 'gap'], note: 'Daughter gives them', isTaughtBack: true },
    byName: pharmacist.actor.name,
  });
  await expect(said({ points: 'hands' })).rejects.toMatchObject({ code: 'CONFLICT' });
  const kept = await dispenseModel(pharmacist)
    .collection.find({ counselling: { $exists: true } })
    .toArray();
  expect(kept.map((row) => isSealed(String(row.counselling)))).toEqual([true]);
});
