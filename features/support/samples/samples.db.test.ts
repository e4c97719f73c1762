import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'chakravue-samples-'));
process.env.FILES_FOLDER = directory;

import { issueBillInput } from '@/features/cashier/bills/schema';
import { issueBill } from '@/features/cashier/bills/service';
import { listOpenCharges } from '@/features/cashier/charges/queries';
import { dispensePrescriptionInput } from '@/features/dispensary/dispenses/schema';
import { dispensePrescription } from '@/features/dispensary/dispenses/service';
import { takeBackInput } from '@/features/dispensary/returns/schema';
import { takeBack } from '@/features/dispensary/returns/service';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { listDay, nextFreeTimes } from '@/features/frontdesk/appointments/queries';
import { bookAppointmentInput } from '@/features/frontdesk/appointments/schema';
import { bookAppointment } from '@/features/frontdesk/appointments/service';
import { listQueue } from '@/features/frontdesk/queue/queries';
import { completeStep } from '@/features/frontdesk/queue/service/complete-step';
import { deleteAbsence } from '@/features/frontdesk/rebookings/service';
import { listAbsences } from '@/features/frontdesk/schedules/queries';
import { printModel } from '@/features/identity/papers/model';
import { getPrescribing } from '@/features/insight/prescribing/queries';
import { summarizeDay } from '@/features/insight/reports/rollups/day';
import { summarizePapers } from '@/features/insight/reports/rollups/papers';
import { addAllergy } from '@/features/patients/allergies/service';
import { fileModel } from '@/features/patients/files/model';
import { openStoredFile } from '@/features/patients/files/queries';
import { uploadFileInput } from '@/features/patients/files/schema';
import { uploadFile } from '@/features/patients/files/service';
import { patientModel } from '@/features/patients/patients/model';
import { isSampleNumber } from '@/features/patients/patients/policy';
import { countPatients, findSamples, listPatients } from '@/features/patients/patients/queries';
import { patientListQuery } from '@/features/patients/patients/schema';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { findExamination } from '@/features/record/examinations/queries';
import { saveDraft } from '@/lib/drafts/drafts';
import { draftModel } from '@/lib/drafts/model';
import { saveDraftInput } from '@/lib/drafts/schema';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBill, aService } from '@/tests/builders/bill';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { anAbsence } from '@/tests/builders/schedule';
import { aVisit } from '@/tests/builders/visit';
import { SAMPLE_PEOPLE } from './people';
import { countSamples } from './queries';
import { addSamples } from './service/add-samples';
import { APART, removeSamples, rowsOf, STAYS } from './service/remove-samples';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
const made: Organization[] = [];
const anOrganization = async () => {
  const organization = await testOrganization({ maxUsers: null });
  made.push(organization);
  return organization;
};
afterAll(async () => {
  for (const organization of made) await organization.dispose();
  await closeConnections();
  rmSync(directory, { recursive: true, force: true });
});

/** What grows with each act: the log, locks, the version of live screens, the last day that was summed. */
const GROWS = /^(audit_|doctor_days$|queue_state$|request_keys$|rollup_state$)/;

/** Every row of the database as it lies there, sealed fields and all. */
async function contentOf(ctx: TenantContext): Promise<Record<string, unknown[]>> {
  const content: Record<string, unknown[]> = {};
  for (const definition of tenantDefinitions()) {
    if (GROWS.test(definition.collection)) continue;
    const rows = await ctx.db.model(definition).collection.find().sort({ _id: 1 }).toArray();
    content[definition.collection] = rows;
  }
  return content;
}

const usageOf = async ({ organizationId }: Organization) =>
  (await organizationModel.findById(organizationId).select('usage').orFail().lean()).usage;

describe('sample patients', () => {
  let organization: Organization;
  let ctx: TenantContext;
  beforeAll(async () => {
    organization = await anOrganization();
    ctx = organization.ctx();
    await organization.doctor();
    await aRegistration(ctx, 'MC 1');
  });

  it('are in the queue, booked and examined, named and numbered as samples', async () => {
    expect(await addSamples(ctx)).toBe(SAMPLE_PEOPLE.length);
    const { entries } = await listQueue(ctx);
    expect(entries.map(({ station }) => station).sort()).toEqual([
      'dilation',
      'doctor',
      'optometry',
      'optometry',
    ]);
    const day = today(ctx.timeZone);
    const booked = (await Promise.all([0, 1].map((ago) => listDay(ctx, shiftDay(day, ago))))).flat();
    expect(booked).toHaveLength(2);
    for (const { patientName, patientNumber } of [...entries, ...booked]) {
      expect(patientName).toMatch(/ Sample$/);
      expect(isSampleNumber(patientNumber)).toBe(true);
    }
    const { patients } = await listPatients(ctx, patientListQuery.parse({}));
    expect(patients).toHaveLength(6);
    const { patients: up } = await listPatients(ctx, patientListQuery.parse({ sort: 'registered' }));
    expect(up).toHaveLength(6);
    const seen = entries.find(({ station }) => station === 'doctor');
    const examination = await findExamination(ctx, seen?.visitId ?? '');
    expect(JSON.stringify(examination)).toContain('H25.1');
  });

  it('come once, whoever presses', async () => {
    await expect(addSamples(ctx)).rejects.toMatchObject({ code: 'CONFLICT' });
    const other = await anOrganization();
    await other.doctor();
    const presses = await Promise.allSettled([1, 2, 3].map(() => addSamples(other.ctx())));
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const press of presses)
      if (press.status === 'rejected') expect(press.reason).toMatchObject({ code: 'CONFLICT' });
    expect(await countSamples(other.ctx())).toBe(6);
  });

  it('are in no figure, take no number and no seat', async () => {
    const figures = await summarizeDay(ctx, today(ctx.timeZone));
    expect(figures).toMatchObject({ registered: 0, visits: 0, newPatients: 0, examined: 0 });
    expect(Object.values(figures.appointments).every((count) => count === 0)).toBe(true);
    expect(await countPatients(ctx)).toBe(0);
    expect(await usageOf(organization)).toMatchObject({ seats: 1, storageBytes: 0 });
    const { number } = await aPatient(ctx);
    expect(number).toBe('P-000001');
    const { visits, registered } = await summarizeDay(ctx, today(ctx.timeZone));
    expect([registered, visits]).toEqual([1, 0]);
  });

  it('are found by an index', async () => {
    const find = patientModel(ctx)
      .find({ sequence: op({ $lt: 0 }) })
      .sort({ sequence: -1 });
    expectIndexed(await find.explain('executionStats'));
    expect(await findSamples(ctx)).toHaveLength(6);
  });

  it('go with all that was written about them, and leave exactly what was there before', async () => {
    await removeSamples(ctx);
    const [real] = (await listPatients(ctx, patientListQuery.parse({}))).patients;
    await addAllergy(ctx, {
      patientId: real?.id ?? '',
      ...{ substance: 'Penicillins', reaction: 'Rash', severity: undefined, since: undefined },
    });
    const before = await contentOf(ctx);
    const usage = await usageOf(organization);

    await addSamples(ctx);
    const { entries } = await listQueue(ctx);
    const seen = entries.find(({ station }) => station === 'doctor');
    if (!seen) throw new Error('nobody is with the doctor');
    const { patientId, visitId } = seen;
    await addAllergy(ctx, {
      patientId,
      ...{ substance: 'Sulfonamides', reaction: undefined, severity: undefined, since: undefined },
    });
    await aPrescription(ctx, { visitId, lines: [aLine()] });
    const content = Buffer.from('%PDF-1.7\n%%EOF\n');
    const facts = { patientId, name: 'a.pdf', claimedType: '', sizeBytes: content.length };
    await uploadFile(
      ctx,
      uploadFileInput.parse(facts),
      (async function* () {
        yield content;
      })(),
    );
    await saveDraft(
      ctx,
      saveDraftInput.parse({
        form: 'patient',
        of: patientId,
        fields: { notes: 'typed' },
        base: {},
        version: 0,
      }),
    );
    await completeStep(ctx, seen.id);
    const day = today(ctx.timeZone);
    expect(await getPrescribing(ctx, { from: day, to: day, days: 1 })).toMatchObject({ prescriptions: 0 });
    expect((await usageOf(organization))?.storageBytes).toBeGreaterThan(usage?.storageBytes ?? 0);

    expect(await removeSamples(ctx)).toBe(6);
    expect(await contentOf(ctx)).toEqual(before);
    expect((await usageOf(organization))?.storageBytes).toBe(usage?.storageBytes);
    expect((await usageOf(organization))?.seats).toBe(usage?.seats);
    expect((await listQueue(ctx)).entries).toEqual([]);
    await expect(removeSamples(ctx)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('stay, all of them, where something of them is in the books', async () => {
    await addSamples(ctx);
    const [sample] = await findSamples(ctx);
    const lines = [{ service: await aService(ctx) }];
    await aBill(ctx, { patientId: sample?._id.toString() ?? '', lines });
    const before = await contentOf(ctx);
    await expect(removeSamples(ctx)).rejects.toThrow('there is a bill');
    expect(await contentOf(ctx)).toEqual(before);
  });

  it('are in no figure of what was handed out, earned and printed', async () => {
    const own = await anOrganization();
    const place = own.ctx();
    await own.doctor();
    await aRegistration(place, 'MC 2');
    await addSamples(place);
    const medicine = await aMedicine(place);
    await aBatch(place, { medicineId: medicine.id, quantity: 20 });
    const handOut = async (visitId: string, quantity: number) => {
      const line = aLine({ medicineId: medicine.id, name: medicine.name, quantity });
      const {
        id: prescriptionId,
        version,
        patientId,
      } = await aPrescription(place, { visitId, lines: [line] });
      const asked = { prescriptionId, version, requestKey: randomUUID() };
      const { id } = await dispensePrescription(
        place,
        dispensePrescriptionInput.parse({ ...asked, lines: JSON.stringify([{ lineId: line.id, quantity }]) }),
      );
      const [charge] = (await listOpenCharges(place, patientId)).filter((one) => one.medicineId);
      const lines = [{ chargeId: charge?.id, quantity, unitMinor: charge?.unitMinor }];
      await issueBill(
        place,
        issueBillInput.parse({ patientId, requestKey: randomUUID(), lines: JSON.stringify(lines) }),
      );
      const at = new Date();
      const subjects = [`prescription:${prescriptionId}:v1`, `summary:${visitId}:1`];
      await printModel(place).insertMany(subjects.map((subject) => ({ subject, byName: 'A', at })));
      return id;
    };
    const sample = (await listQueue(place)).entries.find(({ station }) => station === 'doctor');
    const dispenseId = await handOut(sample?.visitId ?? '', 4);
    const [given] = await movementModel(place).find({ kind: 'dispense' }).lean();
    const back = [{ movementId: String(given?._id), quantity: 1, place: 'shelf', isOpened: false }];
    const typed = { dispenseId, requestKey: randomUUID(), reason: 'unused' };
    await takeBack(place, takeBackInput.parse({ ...typed, lines: JSON.stringify(back) }));
    const day = today(place.timeZone);
    const nothing = await summarizePapers(place, day);
    expect(nothing.doctors).toEqual([]);
    expect(nothing.prints).toMatchObject({ prescription: { prints: 0 }, summary: { prints: 0 } });
    expect((await summarizeDay(place, day)).dispensed).toEqual([]);

    await handOut((await aVisit(place)).id, 2);
    const papers = await summarizePapers(place, day);
    expect(papers.doctors).toMatchObject([{ prescriptions: 1, lines: 1, whole: 1 }]);
    expect(papers.doctors[0]?.billedMinor).toBeGreaterThan(0);
    expect(papers.prints).toMatchObject({ prescription: { prints: 1 }, summary: { prints: 1 } });
    expect((await summarizeDay(place, day)).dispensed).toEqual([{ medicineId: medicine.id, quantity: 2 }]);
  });

  it('stay with their documents where the transaction is refused, and go though the person deletes no documents', async () => {
    const other = await anOrganization();
    await other.doctor();
    const own = other.ctx();
    await addSamples(own);
    const [sample] = await findSamples(own);
    const patientId = sample?._id.toString() ?? '';
    const content = Buffer.from('%PDF-1.7\n%%EOF\n');
    const send = (name: string) =>
      uploadFile(
        own,
        uploadFileInput.parse({ patientId, name, claimedType: '', sizeBytes: content.length }),
        (async function* () {
          yield content;
        })(),
      );
    const kept = await send('kept.pdf');
    const before = await contentOf(own);
    const used = (await usageOf(other))?.storageBytes;
    vi.spyOn(draftModel(own).collection, 'deleteMany').mockRejectedValueOnce(
      new Error('The network is away.'),
    );
    await expect(removeSamples(own)).rejects.toThrow('The network is away.');
    expect(await contentOf(own)).toEqual(before);
    expect((await usageOf(other))?.storageBytes).toBe(used);
    expect((await openStoredFile(own, kept.id)).file.name).toBe('kept.pdf');
    // An administrator of their own making, who may set things up and delete nothing of others.
    const can = (permission: string) => permission !== 'files:delete' && own.can(permission as never);
    expect(await removeSamples({ ...own, can: can as typeof own.can })).toBe(6);
    expect((await usageOf(other))?.storageBytes).toBe(0);
  });

  it('go with what is typed and printed of them while the rest is looked for', async () => {
    const other = await anOrganization();
    await other.doctor();
    const own = other.ctx();
    const before = await contentOf(own);
    await addSamples(own);
    const [sample] = await findSamples(own);
    const patientId = sample?._id.toString() ?? '';
    // Documents are asked for after drafts and prints were.
    const files = fileModel(own).collection;
    const find = files.find.bind(files);
    let late: Promise<unknown> | undefined;
    vi.spyOn(files, 'find').mockImplementation((...given: Parameters<typeof find>) => {
      const fields = { notes: 'typed late' };
      late ??= Promise.all([
        printModel(own).create({ subject: `prescription:${patientId}`, byName: 'A', at: new Date() }),
        saveDraft(
          own,
          saveDraftInput.parse({ form: 'patient', of: patientId, fields, base: {}, version: 0 }),
        ),
      ]);
      return find(...given);
    });
    expect(await removeSamples(own)).toBe(6);
    vi.restoreAllMocks();
    expect(await late).toBeDefined();
    expect(await contentOf(own)).toEqual(before);
  });

  it('are looked for by indexes alone while others wait in the queue', async () => {
    const ids = (await findSamples(ctx)).map(({ _id }) => _id.toString());
    const walked: string[] = [];
    for (const definition of tenantDefinitions()) {
      if (APART.test(definition.collection)) continue;
      const filter = rowsOf(definition, ids, new Date());
      if (!filter) continue;
      const plan = await ctx.db.model(definition).find(filter).explain('queryPlanner');
      if (JSON.stringify(plan).includes('COLLSCAN')) walked.push(definition.collection);
    }
    // These hold a day's rows, or a row each of a few things, and no index of what they name.
    expect(walked.sort()).toEqual([
      ...['counter_choices', 'lot_recalls', 'open_shifts', 'open_visits', 'pack_codes', 'supplier_numbers'],
    ]);
  });

  it('take no time of a doctor who has none, and the two next ones of another', async () => {
    const other = await anOrganization();
    const { id: doctorId } = await other.doctor();
    const own = other.ctx();
    const from = today(own.timeZone);
    await anAbsence(own, { doctorId, fromDay: from, toDay: shiftDay(from, 30) });
    expect(await addSamples(own)).toBe(6);
    expect(await appointmentModel(own).countDocuments()).toBe(0);
    await removeSamples(own);
    const [absence] = await listAbsences(own, from);
    await deleteAbsence(own, absence?.id ?? '');
    // Somebody books while the samples come: nobody has a time twice.
    const { id: patientId } = await aPatient(own);
    const [free] = await nextFreeTimes(own, { doctorId, from, count: 1 });
    const input = bookAppointmentInput.parse({ patientId, doctorId, date: free?.day, time: free?.time });
    await Promise.allSettled([addSamples(own), bookAppointment(own, input)]);
    const booked = await appointmentModel(own).find().lean();
    expect(booked.length).toBeGreaterThan(0);
    expect(new Set(booked.map(({ startsAt }) => startsAt.getTime())).size).toBe(booked.length);
    if ((await countSamples(own)) > 0) await removeSamples(own);
  });

  it('touch no other hospital', async () => {
    const other = await anOrganization();
    await other.doctor();
    await addSamples(other.ctx());
    const theirs = await contentOf(other.ctx());
    await expect(removeSamples(ctx)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await contentOf(other.ctx())).toEqual(theirs);
    expect(await removeSamples(other.ctx())).toBe(6);
    await aVisit(other.ctx());
    expect(await countSamples(other.ctx())).toBe(0);
  });
});

it('names each collection that keeps a patient, as staying or going', () => {
  const collections = tenantDefinitions().map(({ collection }) => collection);
  expect(Object.keys(STAYS).filter((name) => !collections.includes(name))).toEqual([]);
  // What takes a number of a series and names a patient leaves a gap when it goes; a letter's is only a name.
  const numbered = tenantDefinitions().filter(
    ({ schema }) => schema.path('number') && schema.path('patientId'),
  );
  expect(numbered.map(({ collection }) => collection).filter((name) => !(name in STAYS))).toEqual([
    'letters',
  ]);
});
