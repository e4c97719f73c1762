import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBillsOfPatient } from '@/features/cashier/bills/queries';
import { findAppointmentsOfPatient } from '@/features/frontdesk/appointments/queries';
import { visitModel } from '@/features/frontdesk/queue/model';
import {
  findFirstVisit,
  findVisitsOfYear,
  firstDayOf,
  listVisitsOfYear,
} from '@/features/frontdesk/queue/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { letterheadInput } from '@/features/identity/papers/schema';
import { saveLetterhead } from '@/features/identity/papers/service';
import { findContactLensesOfVisits } from '@/features/record/contact-lenses/queries';
import { examinationModel } from '@/features/record/examinations/model';
import {
  findBefore,
  findEarlier,
  findExaminationsOfYear,
  listExaminationsOfPatient,
  listExaminationsOfYear,
} from '@/features/record/examinations/queries';
import { letterModel } from '@/features/record/letters/model';
import {
  findLettersOfVisits,
  listLettersBeside,
  listLettersOfPatient,
} from '@/features/record/letters/queries';
import { signLetterInput } from '@/features/record/letters/schema';
import { signLetter } from '@/features/record/letters/service/sign-letter';
import { findPrescriptionsOfVisits } from '@/features/record/prescriptions/queries';
import { findSpectaclesOfVisits } from '@/features/record/spectacles/queries';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { instantAt } from '@/lib/wall-clock';
import { expectIndexed } from '@/tests/assertions/explain';
import { anExamination } from '@/tests/builders/examination';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aRegistration } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { readVisitPapers } from './visit-papers';

let a: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
beforeAll(async () => {
  a = await testOrganization();
  doctor = a.ctx('doctor');
  await aRegistration(doctor, 'TN 12345');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

it('is found a year at a time, from the first visit on, by an index', async () => {
  const visit = await aVisit(doctor);
  const { patientId } = visit;
  await anExamination(doctor, { visitId: visit.id });
  const { _id, ...row } = await visitModel(doctor).findById(objectId(visit.id)).orFail().lean();
  const at = (day: string, time: string) => ({
    ...{ ...row, _id: newObjectId(), day, startedAt: instantAt(day, time, doctor.timeZone) },
  });
  const many = Array.from({ length: 40 }, (_, index) =>
    at(`2024-${String((index % 12) + 1).padStart(2, '0')}-${String(10 + Math.floor(index / 12))}`, '10:00'),
  );
  await visitModel(doctor).insertMany([at('2021-12-31', '23:30'), at('2022-01-01', '00:10'), ...many]);
  expect(await firstDayOf(doctor, patientId)).toBe('2021-12-31');
  const daysOf = async (year: number) =>
    (await listVisitsOfYear(doctor, patientId, year)).map(({ day }) => day);
  expect(await daysOf(2021)).toEqual(['2021-12-31']);
  expect(await daysOf(2022)).toEqual(['2022-01-01']);
  expect(await daysOf(2023)).toEqual([]);
  expect(await daysOf(2024)).toHaveLength(40);
  const thisYear = Number(visit.day.slice(0, 4));
  expect((await listExaminationsOfYear(doctor, patientId, thisYear)).map(({ visitId }) => visitId)).toEqual([
    visit.id,
  ]);
  expect(await listExaminationsOfYear(doctor, patientId, 2022)).toEqual([]);
  const stranger = (await aVisit(doctor)).patientId;
  expect(await listVisitsOfYear(doctor, stranger, 2024)).toEqual([]);
  for (const find of [
    findFirstVisit(doctor, patientId),
    findVisitsOfYear(doctor, patientId, 2022),
    findExaminationsOfYear(doctor, patientId, thisYear),
    findAppointmentsOfPatient(doctor, patientId, 2024),
    findAppointmentsOfPatient(doctor, patientId),
    findBillsOfPatient(doctor, patientId, 2024),
    findPrescriptionsOfVisits(doctor, [visit.id]),
    findSpectaclesOfVisits(doctor, [visit.id]),
    findContactLensesOfVisits(doctor, [visit.id]),
  ])
    expectIndexed(await find.explain('executionStats'));
});

it('keeps the papers of a visit that is older than all that is listed', async () => {
  const visit = await aVisit(doctor);
  const leave = { kind: 'leave', from: '2026-11-29', until: '2026-12-01' };
  const press = { visitId: visit.id, version: 0, requestKey: randomUUID() };
  const letter = await signLetter(doctor, signLetterInput.parse({ ...press, ...leave }));
  const { _id, ...row } = await letterModel(doctor).findById(objectId(letter.id)).orFail().lean();
  await letterModel(doctor).insertMany(
    Array.from({ length: 60 }, (_, index) => ({
      ...{ ...row, visitId: newObjectId(), number: `L-9${index}`, requestKey: randomUUID() },
    })),
  );
  const ids = (letters: readonly { id: string }[]) => letters.map(({ id }) => id);
  expect(ids(await listLettersOfPatient(doctor, visit.patientId))).not.toContain(letter.id);
  expect(ids(await listLettersBeside(doctor, visit))[0]).toBe(letter.id);
  expectIndexed(await findLettersOfVisits(doctor, [visit.id]).explain('executionStats'));
  const head = { name: 'Sri Netralaya', size: 'A4', top: '12', bottom: '12', side: '14' };
  await saveLetterhead(
    a.ctx(),
    letterheadInput.omit({ version: true }).parse({ ...head, visitPapers: ['letters'] }),
  );
  const papers = await readVisitPapers(doctor, visit, await paperFrame(doctor));
  expect(papers.map(({ subject }) => subject)).toEqual([`letter:${letter.id}`]);
});

it('compares a visit with the one before it, however many came since', async () => {
  const first = await aVisit(doctor, {}, new Date(Date.now() - 40 * 86_400_000));
  await anExamination(doctor, { visitId: first.id });
  const visit = await aVisit(doctor, { patientId: first.patientId });
  await anExamination(doctor, { visitId: visit.id });
  const { _id, ...row } = await examinationModel(doctor).findById(objectId(visit.id)).orFail().lean();
  await examinationModel(doctor).insertMany(
    Array.from({ length: 60 }, (_, index) => ({
      ...{
        ...row,
        _id: newObjectId(),
        startedAt: new Date(row.startedAt.getTime() + (index + 1) * 86_400_000),
      },
    })),
  );
  const all = await listExaminationsOfPatient(doctor, visit.patientId);
  expect(all.map(({ visitId }) => visitId)).not.toContain(first.id);
  // All of these say the same day; what is listed of another day is later.
  const later = all.map((one) => ({ ...one, day: '2999-01-01' }));
  expect((await findEarlier(doctor, visit, later))?.visitId).toBe(first.id);
  expect(await findEarlier(doctor, first, later)).toBeNull();
  expectIndexed(await findBefore(doctor, visit).explain('executionStats'));
});
