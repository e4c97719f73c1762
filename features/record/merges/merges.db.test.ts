import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { duesOfPatient } from '@/features/cashier/bills/queries';
import { listAdvances } from '@/features/cashier/payments/queries';
import { takeAdvanceInput } from '@/features/cashier/payments/schema';
import { takeAdvance } from '@/features/cashier/payments/service';
import { recallContactModel } from '@/features/dispensary/lot-recalls/model';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { visitModel } from '@/features/frontdesk/queue/model';
import { checkInInput } from '@/features/frontdesk/queue/schema';
import { checkIn } from '@/features/frontdesk/queue/service/check-in';
import { findAllergies } from '@/features/patients/allergies/queries';
import { addAllergyInput } from '@/features/patients/allergies/schema';
import { addAllergy } from '@/features/patients/allergies/service';
import { itemField } from '@/features/patients/histories/fields';
import { findHistory } from '@/features/patients/histories/queries';
import { saveHistoryInput } from '@/features/patients/histories/schema';
import { saveHistory } from '@/features/patients/histories/service';
import { findDuplicates, findPatients, getPatient, listPatients } from '@/features/patients/patients/queries';
import { patientListQuery, recordDeathInput, updatePatientInput } from '@/features/patients/patients/schema';
import { recordDeath, updatePatient } from '@/features/patients/patients/service';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { shiftDay, today } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import { anAppointment } from '@/tests/builders/appointment';
import { aBill, aPayment, aService, aShift } from '@/tests/builders/bill';
import { anExamination } from '@/tests/builders/examination';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aVisit } from '@/tests/builders/visit';
import { findEyeRecord } from '../examinations/queries';
import { mergeModel } from './model';
import { choiceField, type MergeField, MOVED } from './policy';
import { countMovable, findMerge } from './queries';
import { mergePatientsInput } from './schema';
import { keepMerged } from './service/keep-merged';
import { mergePatients } from './service/merge-patients';
import { placesOfPatients } from './service/move-records';
import { undoMerge } from './service/undo-merge';

const ZONE = 'Asia/Kathmandu';
let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
beforeAll(async () => {
  org = await testOrganization({ timeZone: ZONE, maxUsers: null });
  ctx = org.ctx();
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

type Pair = { keptId: string; mergedId: string };
async function merge({ keptId, mergedId }: Pair, taken: MergeField[] = []) {
  const [kept, merged] = [await getPatient(ctx, keptId), await getPatient(ctx, mergedId)];
  const chosen = Object.fromEntries(taken.map((field) => [choiceField(field), 'merged']));
  const input = { keptVersion: kept.version, mergedVersion: merged.version, isSure: 'on', ...chosen };
  return mergePatients(ctx, mergePatientsInput.parse({ keptId, mergedId, ...input }));
}
const pair = async (kept = {}, merged = {}): Promise<Pair> => ({
  keptId: (await aPatient(ctx, { firstName: 'Lakshmi', lastName: 'Iyer', ...kept })).id,
  mergedId: (await aPatient(ctx, { firstName: 'Lakshmi', lastName: 'Ayer', ...merged })).id,
});
const past = (daysAgo: number) => instantAt(shiftDay(today(ZONE), -daysAgo), '10:00', ZONE);

/** All that is stored of both, without what only counts writings. */
async function everythingOf({ keptId, mergedId }: Pair) {
  const ids = [keptId, mergedId];
  const found: Record<string, unknown> = {};
  for (const definition of tenantDefinitions()) {
    if (['merges', 'patient_changes', 'day_changes'].includes(definition.collection)) continue;
    const rows = await ctx.db.model(definition).find({}).lean<Record<string, unknown>[]>();
    const theirs = rows
      .filter((row) => ids.some((id) => JSON.stringify(row).includes(id)))
      .map(
        ({ version, revision, updatedAt, updatedByName, recallRevision, examinationRevision, ...row }) => row,
      );
    if (theirs.length > 0)
      found[definition.collection] = theirs.sort((a, b) => (String(a._id) < String(b._id) ? -1 : 1));
  }
  return JSON.parse(JSON.stringify(found));
}

describe('two records of one person', () => {
  let both: Pair;
  beforeEach(async () => {
    both = await pair({ phone: '9845010001' }, { phone: '9845010002', email: 'lakshmi@example.com' });
  });

  /** A life for each of the two. */
  async function live({ keptId, mergedId }: Pair) {
    const service = await aService(ctx, { price: '1000' });
    const cashier = org.ctx('cashier');
    await aShift(cashier).catch(() => null);
    for (const [patientId, days] of [
      [keptId, 400],
      [mergedId, 30],
    ] as const) {
      await anExamination(ctx, { visitId: (await aVisit(ctx, { patientId }, past(days))).id });
      await anAppointment(ctx, { patientId });
      const { id } = await aBill(ctx, { patientId, lines: [{ service, quantity: 1 }] });
      await aPayment(cashier, { billId: id, cash: '400' });
      await takeAdvance(
        cashier,
        takeAdvanceInput.parse({ patientId, requestKey: randomUUID(), method: 'cash', amount: '250' }),
      );
    }
    await addAllergy(ctx, addAllergyInput.parse({ patientId: keptId, substance: 'Penicillin' }));
    await addAllergy(ctx, addAllergyInput.parse({ patientId: mergedId, substance: 'penicillin' }));
    await addAllergy(ctx, addAllergyInput.parse({ patientId: mergedId, substance: 'Sulfa' }));
    const history = (patientId: string, what: string) =>
      saveHistory(
        ctx,
        saveHistoryInput.parse({ patientId, version: 0, [itemField('medical', 1, 'what')]: what }),
      );
    await history(keptId, 'Diabetes');
    await history(mergedId, 'Hypertension');
  }

  it('become one, with all that both have, and two again as if nothing had been', async () => {
    await live(both);
    const before = await everythingOf(both);
    const { keptId, mergedId } = both;
    await merge(both, ['email']);
    await keepMerged(ctx, mergedId);

    const kept = await getPatient(ctx, keptId);
    expect(kept).toMatchObject({
      name: 'Lakshmi Iyer',
      phone: '9845010001',
      alternatePhone: '9845010002',
      email: 'lakshmi@example.com',
      mergedInto: null,
      merged: [{ id: mergedId }],
    });
    expect((await getPatient(ctx, mergedId)).mergedInto).toEqual({ id: keptId, number: kept.number });
    expect((await countMovable(ctx, mergedId)).filter(({ count }) => count > 0)).toEqual([
      // The penicillin that both name.
      { from: 'allergies', count: 1 },
    ]);
    expect(await duesOfPatient(ctx, keptId)).toBe(120_000);
    expect(await listAdvances(ctx, keptId)).toHaveLength(2);
    const { allergies } = await findAllergies(ctx, keptId);
    expect(allergies.map(({ substance }) => substance)).toEqual(['Penicillin', 'Sulfa']);
    const { parts } = await findHistory(ctx, keptId);
    expect(parts.medical?.map(({ what }) => what)).toEqual(['Diabetes', 'Hypertension']);
    expect(
      await visitModel(ctx)
        .find({ patientId: objectId(keptId) })
        .sort({ day: 1 })
        .lean(),
    ).toMatchObject([
      { patient: { name: 'Lakshmi Iyer', number: kept.number } },
      { previousDay: shiftDay(today(ZONE), -400), patient: { name: 'Lakshmi Iyer', number: kept.number } },
    ]);
    expect(
      await appointmentModel(ctx)
        .find({ patientId: objectId(keptId) })
        .lean(),
    ).toMatchObject([
      { patientName: 'Lakshmi Iyer', patientNumber: kept.number },
      { patientName: 'Lakshmi Iyer', patientNumber: kept.number },
    ]);

    await undoMerge(ctx, { mergedId });
    await keepMerged(ctx, mergedId);
    expect(await everythingOf(both)).toEqual(before);
    expect(await findMerge(ctx, mergedId)).toBeNull();
  });

  it('are found by the name, the number and the phone of either, as the one that is used', async () => {
    const { keptId, mergedId } = await pair(
      { firstName: 'Meenakshi', lastName: 'Raghunathan', phone: '9811000001' },
      { firstName: 'Minaxi', lastName: 'Ragunatan', phone: '9811000002' },
    );
    const number = (await getPatient(ctx, mergedId)).number;
    await merge({ keptId, mergedId });
    for (const words of [number, 'Minaxi Ragunatan', '9811000002', 'Meenakshi Raghunathan']) {
      const found = await findPatients(ctx, words);
      expect(found.map(({ id }) => id)).toContain(keptId);
      expect(found.map(({ id }) => id)).not.toContain(mergedId);
    }
    expect(await findPatients(ctx, number)).toMatchObject([{ id: keptId, formerNumber: number }]);
    expect(await findPatients(ctx, 'Meenakshi Raghunathan')).toMatchObject([
      { id: keptId, formerNumber: null },
    ]);
    const { patients } = await listPatients(ctx, patientListQuery.parse({}));
    expect(patients.map(({ id }) => id)).toContain(keptId);
    expect(patients.map(({ id }) => id)).not.toContain(mergedId);
    const again = { firstName: 'Minaxi', lastName: 'Ragunatan', phone: '9811000002', dateOfBirth: '' };
    expect((await findDuplicates(ctx, again)).map(({ id }) => id)).toEqual([keptId]);
  });

  it('leads over two merges to the last record, and is taken back in order', async () => {
    const { keptId, mergedId } = both;
    const last = await aPatient(ctx, { firstName: 'Laxmi', lastName: 'Iyyer' });
    await merge(both);
    await expect(merge({ keptId: last.id, mergedId })).rejects.toMatchObject({ code: 'CONFLICT' });
    await merge({ keptId: last.id, mergedId: keptId });
    const { number } = await getPatient(ctx, mergedId);
    expect(await findPatients(ctx, number)).toMatchObject([{ id: last.id, formerNumber: number }]);
    await expect(undoMerge(ctx, { mergedId })).rejects.toThrow('Undo that merge first');
    await undoMerge(ctx, { mergedId: keptId });
    await undoMerge(ctx, { mergedId });
    await expect(undoMerge(ctx, { mergedId })).rejects.toThrow('taken this merge back already');
    expect(await findPatients(ctx, number)).toMatchObject([{ id: mergedId, formerNumber: null }]);
  });

  it('stay two when one of them was changed since it was looked at, died, or is somebody of elsewhere', async () => {
    const { keptId, mergedId } = both;
    const input = { keptId, mergedId, keptVersion: 0, mergedVersion: 7, isSure: 'on' };
    await expect(mergePatients(ctx, mergePatientsInput.parse(input))).rejects.toThrow('changed meanwhile');
    expect(mergePatientsInput.safeParse({ ...input, mergedId: keptId }).success).toBe(false);
    expect(mergePatientsInput.safeParse({ ...input, isSure: undefined }).success).toBe(false);
    await recordDeath(ctx, recordDeathInput.parse({ patientId: mergedId, deceasedOn: today(ZONE) }));
    await expect(merge(both)).rejects.toThrow('deceased');
    const unknown = { ...input, mergedId: newObjectId().toString() };
    await expect(mergePatients(ctx, mergePatientsInput.parse(unknown))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(undoMerge(ctx, { mergedId: keptId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await mergeModel(ctx).countDocuments({ keptId: objectId(keptId) })).toBe(0);
  });

  it('take the place in the queue along, of one of them', async () => {
    const { keptId, mergedId } = both;
    await aVisit(ctx, { patientId: mergedId });
    await merge(both);
    const comes = (patientId: string) => checkIn(ctx, checkInInput.parse({ patientId, priority: 'normal' }));
    await expect(comes(keptId)).rejects.toThrow('already in the queue');
    await expect(comes(mergedId)).rejects.toThrow('merged into');
    await undoMerge(ctx, { mergedId });
    await expect(comes(mergedId)).rejects.toThrow('already in the queue');
    await comes(keptId);
    await expect(merge(both)).rejects.toThrow('Both records are in the queue today');
    expect((await getPatient(ctx, mergedId)).mergedInto).toBeNull();
  });

  it('keep what was changed after the merge when it is taken back', async () => {
    const { keptId, mergedId } = both;
    await merge(both, ['email', 'name']);
    const merged = await getPatient(ctx, keptId);
    expect(merged).toMatchObject({ lastName: 'Ayer', email: 'lakshmi@example.com' });
    await updatePatient(
      ctx,
      updatePatientInput.parse({
        ...{ patientId: keptId, version: merged.version, firstName: 'Lakshmi', lastName: 'Ayyar' },
        ...{ sex: merged.sex, dateOfBirth: merged.dateOfBirth, birthOrder: 'dmy', phone: merged.phone },
        ...{ email: 'lakshmi@example.com', alternatePhone: merged.alternatePhone },
      }),
    );
    await undoMerge(ctx, { mergedId });
    expect(await getPatient(ctx, keptId)).toMatchObject({
      lastName: 'Ayyar',
      email: null,
      alternatePhone: null,
      phone: '9845010001',
    });
    expect((await findPatients(ctx, 'Lakshmi Ayyar')).map(({ id }) => id)).toContain(keptId);
  });

  it('move what a page that was open meanwhile wrote under the merged record', async () => {
    const { keptId, mergedId } = both;
    await aVisit(ctx, { patientId: mergedId }, past(3));
    const at = new Date();
    await merge(both);
    const late = await visitModel(ctx)
      .findOne({ patientId: objectId(keptId) })
      .lean();
    await visitModel(ctx).updateOne({ _id: late?._id }, { $set: { patientId: objectId(mergedId) } });
    const next = await keepMerged(ctx, mergedId, at);
    expect(next?.getTime()).toBeGreaterThan(at.getTime());
    expect(await visitModel(ctx).countDocuments({ patientId: objectId(keptId) })).toBe(1);
    expect(await keepMerged(ctx, mergedId, new Date(at.getTime() + 9 * 86_400_000))).toBeNull();
    await undoMerge(ctx, { mergedId });
    expect(await visitModel(ctx).countDocuments({ patientId: objectId(mergedId) })).toBe(1);
  });

  it('are refused where they are written by themselves', async () => {
    const { keptId, mergedId } = both;
    await merge(both);
    const allergy = addAllergyInput.parse({ patientId: mergedId, substance: 'Latex' });
    await expect(addAllergy(ctx, allergy)).rejects.toThrow('merged into');
    const history = saveHistoryInput.parse({
      patientId: mergedId,
      version: 0,
      [itemField('medical', 1, 'what')]: 'Gout',
    });
    await expect(saveHistory(ctx, history)).rejects.toThrow('merged into');
    await expect(anAppointment(ctx, { patientId: mergedId })).rejects.toThrow('merged into');
    const service = await aService(ctx, { price: '10' });
    const bill = { patientId: mergedId, lines: [{ service, quantity: 1 }] };
    await expect(aBill(ctx, bill)).rejects.toThrow('merged into');
    expect((await findAllergies(ctx, keptId)).allergies).toEqual([]);
  });

  it('leave what one patient can have once where it is', async () => {
    const { keptId, mergedId } = both;
    const recallId = newObjectId();
    const contact = { recallId, outcome: 'told', at: new Date(), byName: 'Neha' };
    for (const id of [keptId, mergedId])
      await recallContactModel(ctx).collection.insertOne({ ...contact, patientId: objectId(id) });
    await merge(both);
    expect(await recallContactModel(ctx).countDocuments({ patientId: objectId(mergedId) })).toBe(1);
  });

  it('say what is known of both eyes', async () => {
    const { keptId, mergedId } = both;
    const visitOf = async (patientId: string, daysAgo: number) =>
      (await aVisit(ctx, { patientId }, past(daysAgo))).id;
    await anExamination(ctx, { visitId: await visitOf(keptId, 50), assessed: { diagnoses: ['H25.1:left'] } });
    await anExamination(ctx, {
      visitId: await visitOf(mergedId, 5),
      assessed: { diagnoses: ['H40.1:right'] },
    });
    await merge(both);
    const problems = async (id: string) =>
      (await findEyeRecord(ctx, id)).problems.map(({ key }) => key).sort();
    expect(await problems(keptId)).toHaveLength(2);
    expect(await problems(mergedId)).toHaveLength(0);
    await undoMerge(ctx, { mergedId });
    expect(await problems(keptId)).toHaveLength(1);
    expect(await problems(mergedId)).toHaveLength(1);
  });
});

it('names every collection of which a patient can have records', () => {
  const collections = placesOfPatients().map(({ definition }) => definition.collection);
  expect(Object.keys(MOVED).sort()).toEqual(collections.sort());
});
