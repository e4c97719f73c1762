import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import * as patients from '@/features/patients/patients/actions';
import { patientModel } from '@/features/patients/patients/model';
import * as medicines from '@/features/pharmacy/medicines/actions';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import * as examinations from '@/features/record/examinations/actions';
import * as tickets from '@/features/support/tickets/actions';
import { ticketModel } from '@/features/support/tickets/model';
import type { ActionResult, FormAction } from '@/lib/action-result';
import { auditedWrite } from '@/lib/audit/audited';
import { auditEventModel } from '@/lib/audit/ledger';
import { objectId } from '@/lib/mongo';
import { newRequestKey, REQUEST_KEY } from '@/lib/request-key';
import { requestKeyModel } from '@/lib/tenancy/request-key-model';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { staffPrincipal } from '@/tests/builders/principals';
import { aVisit } from '@/tests/builders/visit';
import { request } from '@/tests/emulators/request';
import { staffAction } from './staff';

let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  request.principal = await staffPrincipal(org.organizationId, org.owner, 'owner');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

/** As a browser sends it; without a key as one without script does. */
function press<T>(action: FormAction<T>, fields: Record<string, string>, key?: string) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (key) form.set(REQUEST_KEY, key);
  return action({ status: 'idle' }, form);
}
const dataOf = <T>(result: ActionResult<T>): T => {
  if (result.status !== 'ok') throw new Error(JSON.stringify(result));
  return result.data;
};
const person = (firstName: string) => ({
  firstName,
  lastName: 'Twice',
  phone: '98450 12345',
  dateOfBirth: '1990-01-01',
  sex: 'female',
  allowDuplicate: 'yes',
});

it('registers a patient once, and answers the second arrival as the first, one after the other or at once', async () => {
  const [key, fields] = [newRequestKey(), person('Asha')];
  const first = dataOf(await press(patients.registerPatientAction, fields, key));
  const second = await press(patients.registerPatientAction, fields, key);
  expect(dataOf(second)).toEqual(first);
  expect(second).toMatchObject({ message: `Asha Twice is registered as ${first.number}.` });

  const other = newRequestKey();
  const both = await Promise.all(
    [1, 2, 3].map(() => press(patients.registerPatientAction, person('Ben'), other)),
  );
  expect(new Set(both.map((result) => dataOf(result).id)).size).toBe(1);
  expect(await patientModel(org.ctx()).countDocuments({ firstName: 'Ben' })).toBe(1);
  expect(await patientModel(org.ctx()).countDocuments({ firstName: 'Asha' })).toBe(1);
  // One entry for what happened once.
  expect(await auditEventModel(org.ctx()).countDocuments({ action: 'patient.register' })).toBe(2);
});

it('takes another press for another, also with the same words', async () => {
  await press(patients.registerPatientAction, person('Cara'), newRequestKey());
  await press(patients.registerPatientAction, person('Cara'), newRequestKey());
  await press(patients.registerPatientAction, person('Cara'));
  expect(await patientModel(org.ctx()).countDocuments({ firstName: 'Cara' })).toBe(3);
});

it('does not say "saved" of what was changed after the first arrival', async () => {
  const key = newRequestKey();
  await press(patients.registerPatientAction, person('Dia'), key);
  const changed = await press(
    patients.registerPatientAction,
    { ...person('Dia'), phone: '98450 99999' },
    key,
  );
  expect(changed).toMatchObject({
    status: 'error',
    code: 'ALREADY_DONE',
    values: { phone: '98450 99999' },
  });
  expect(await patientModel(org.ctx()).countDocuments({ firstName: 'Dia' })).toBe(1);
});

it('receives and dispenses a lot once', async () => {
  const medicine = { name: 'Timolol', form: 'drop', strength: '0.5 %', unit: 'bottle', reorderLevel: '5' };
  await press(medicines.addMedicineAction, medicine, newRequestKey());
  const row = await medicineModel(org.ctx()).findOne({ name: 'Timolol' }).orFail().lean();
  const medicineId = row._id.toString();
  const lot = { medicineId, lotNumber: 'B12', expiresOn: '12/2031', quantity: '10' };
  const [receive, dispense] = [newRequestKey(), newRequestKey()];
  for (let round = 0; round < 2; round++)
    expect(await press(medicines.receiveStockAction, lot, receive)).toMatchObject({ status: 'ok' });
  for (let round = 0; round < 2; round++)
    expect(await press(medicines.dispenseAction, { medicineId, quantity: '2' }, dispense)).toMatchObject({
      status: 'ok',
    });
  const batch = await batchModel(org.ctx()).findOne({ medicineId: row._id }).orFail().lean();
  expect(batch.quantity).toBe(8);
  expect(await movementModel(org.ctx()).countDocuments({ medicineId: row._id })).toBe(2);
});

it('answers a save of an examination again, though its version has gone on', async () => {
  const visit = await aVisit(org.ctx());
  const fields = { visitId: visit.id, version: '0', plan: 'Drops' };
  const key = newRequestKey();
  const first = dataOf(await press(examinations.assessAction, fields, key));
  expect(dataOf(await press(examinations.assessAction, fields, key))).toEqual(first);
  expect(await press(examinations.assessAction, fields, newRequestKey())).toMatchObject({ code: 'CONFLICT' });
});

it('opens a ticket once, which is kept in the master database', async () => {
  const fields = { category: 'question', priority: 'normal', subject: 'Once', message: 'Only once, please.' };
  const key = newRequestKey();
  const first = dataOf(await press(tickets.openTicketAction, fields, key));
  expect(dataOf(await press(tickets.openTicketAction, fields, key))).toEqual(first);
  // The process died after the change and before its answer was kept.
  await requestKeyModel(org.ctx()).deleteMany({});
  expect(await press(tickets.openTicketAction, fields, key)).toMatchObject({ code: 'ALREADY_DONE' });
  expect(
    await ticketModel.countDocuments({ organizationId: objectId(org.organizationId), subject: 'Once' }),
  ).toBe(1);
});

it('keeps no key of what failed or changed nothing, and nobody else is given an answer', async () => {
  let isFailing = true;
  const action = staffAction({
    permission: 'patients:write',
    input: z.object({}),
    audit: 'test.press',
    entryAfter: 'A test that may change nothing.',
    run: (ctx) =>
      auditedWrite(
        ctx,
        async () => {
          if (isFailing) throw new Error('lost');
          return ctx.actor.name;
        },
        { isChange: () => true },
      ),
  });
  const key = newRequestKey();
  expect(await press(action, {}, key)).toMatchObject({ code: 'INTERNAL' });
  expect(await requestKeyModel(org.ctx()).countDocuments({ action: 'test.press' })).toBe(0);
  isFailing = false;
  expect(dataOf(await press(action, {}, key))).toBe(org.owner.name);
  expect(await requestKeyModel(org.ctx()).countDocuments({ action: 'test.press' })).toBe(1);

  const doctor = await org.doctor();
  const mine = request.principal;
  request.principal = await staffPrincipal(
    org.organizationId,
    { ...org.owner, id: doctor.id, name: 'Somebody else' },
    'admin',
  );
  expect(dataOf(await press(action, {}, key))).toBe('Somebody else');
  request.principal = mine;
});

it('keeps what was answered sealed', async () => {
  await press(patients.registerPatientAction, person('Zara'), newRequestKey());
  const kept = await requestKeyModel(org.ctx()).collection.findOne({ action: 'patient.register' });
  expect(JSON.stringify(kept)).not.toContain('Zara');
  expect(String(kept?.answer).length).toBeGreaterThan(50);
});
