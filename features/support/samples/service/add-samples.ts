import 'server-only';
import type { ClientSession } from 'mongoose';
import { isFree } from '@/features/frontdesk/appointments/claim';
import {
  lockDoctorDay,
  lockPlan,
  openDoctorDay,
  openPlan,
} from '@/features/frontdesk/appointments/doctor-day';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { nextFreeTimes } from '@/features/frontdesk/appointments/queries';
import { slotAt } from '@/features/frontdesk/appointments/slots';
import { openVisitModel, queueEntryModel, visitModel } from '@/features/frontdesk/queue/model';
import { DEFAULT_DILATION_MINUTES, PRIORITY_RANK, type Station } from '@/features/frontdesk/queue/policy';
import { changeQueue } from '@/features/frontdesk/queue/service/queue-change';
import { DEFAULT_DURATION_MINUTES } from '@/features/frontdesk/schedules/policy';
import { listDoctors } from '@/features/identity/staff/directory';
import { nameKeysOf, sortNameOf } from '@/features/patients/patients/keys';
import { patientModel } from '@/features/patients/patients/model';
import { sampleNumberOf } from '@/features/patients/patients/policy';
import { countPatients, findSamples } from '@/features/patients/patients/queries';
import { soundKeysOf } from '@/features/patients/patients/sounds';
import { linkExaminations } from '@/features/record/examinations/earlier-readings';
import { examinationModel } from '@/features/record/examinations/model';
import { assessInput, measureInput } from '@/features/record/examinations/schema';
import { AppError, duplicateKey } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import { SAMPLE_PEOPLE, type SampleStory } from '../people';

const LAST_NAME = 'Sample';
/** Tokens of a day begin at 1; these are far from them. */
const FIRST_TOKEN = 901;
/** Who has that many patients knows the product, and would have to look for the samples among them. */
const MOST_PATIENTS = 100;
const MINUTE_MS = 60_000;

const THERE_ALREADY = 'The sample patients are there already. Look for “Sample” among the patients.';

type Person = { row: ReturnType<typeof personOf>; story: SampleStory };
type Doctor = { id: string; name: string };

/**
 * Adds the sample patients, in one transaction: their numbers and tokens are beside those of the hospital, so
 * that nothing is used up.
 * @returns how many. @throws AppError CONFLICT when they are there, and in a hospital that is at work.
 */
export async function addSamples(ctx: TenantContext, now = new Date()): Promise<number> {
  if ((await findSamples(ctx)).length > 0) throw new AppError('CONFLICT', THERE_ALREADY);
  if ((await countPatients(ctx)) > MOST_PATIENTS)
    throw new AppError(
      'CONFLICT',
      'Your hospital has more than a hundred patients. Ask our support for a sandbox to practise in.',
    );
  const doctor = await doctorOf(ctx);
  const day = today(ctx.timeZone, now);
  const booked = SAMPLE_PEOPLE.filter(({ is }) => is === 'booked');
  // Of a doctor with no time within two weeks nobody is booked: a sample takes no patient's place.
  const times = await nextFreeTimes(ctx, { doctorId: doctor.id, from: day, count: booked.length, now });
  const days = [...new Set(times.map((time) => time.day))];
  await Promise.all([openPlan(ctx, doctor.id), ...days.map((each) => openDoctorDay(ctx, doctor.id, each))]);
  const people = SAMPLE_PEOPLE.map((story, index) => ({ story, row: personOf(ctx, story, index + 1) }));
  try {
    await changeQueue(ctx, async (session) => {
      await lockPlan(ctx, doctor.id, session);
      for (const each of days) await lockDoctorDay(ctx, doctor.id, each, session);
      await patientModel(ctx).create(
        people.map(({ row }) => row),
        { session, ordered: true },
      );
      for (const [index, person] of people.filter(({ story }) => story.is === 'booked').entries()) {
        const time = times[index];
        if (time) await book(ctx, { person, doctor, ...time }, session);
      }
      for (const [index, person] of people.filter(({ story }) => story.is !== 'booked').entries())
        await arrive(ctx, { person, doctor, day, token: FIRST_TOKEN + index, now }, session);
      ctx.audit?.about(`samples:${people.length}`);
    });
  } catch (error) {
    // Somebody else pressed at the same moment.
    if (duplicateKey(error) || (error instanceof AppError && duplicateKey(error.cause)))
      throw new AppError('CONFLICT', THERE_ALREADY, { cause: error });
    throw error;
  }
  return people.length;
}

async function doctorOf(ctx: TenantContext): Promise<Doctor> {
  const [first] = await listDoctors(ctx);
  if (first) return first;
  throw new AppError('CONFLICT', 'Nobody sees patients yet. Under Staff, say so of one person first.');
}

function personOf({ actor }: TenantContext, { firstName, sex, born }: SampleStory, count: number) {
  return {
    _id: newObjectId(),
    number: sampleNumberOf(count),
    sequence: -count,
    firstName,
    lastName: LAST_NAME,
    sex,
    dateOfBirth: born,
    noPhoneReason: 'none',
    notes: 'A sample: nobody real. Removed with all others under Settings.',
    nameKeys: nameKeysOf(firstName, LAST_NAME),
    soundKeys: soundKeysOf(firstName, LAST_NAME),
    sortName: sortNameOf(firstName, LAST_NAME),
    createdById: actor.kind === 'staff' ? actor.userId : 'system',
    createdByName: actor.name,
  };
}

type Booking = { person: Person; doctor: Doctor; day: Day; time: string };

async function book(
  ctx: TenantContext,
  { person: { row, story }, doctor, day, time }: Booking,
  session: ClientSession,
): Promise<void> {
  const slot = slotAt(day, time, DEFAULT_DURATION_MINUTES, ctx.timeZone);
  if (!(await isFree(ctx, { doctorId: doctor.id, branchId: ctx.branch.id, day, slot }, session)))
    throw new AppError(
      'CONFLICT',
      'Somebody has just booked a time that a sample would have. Nothing was added; press once more.',
    );
  const appointment = {
    patientId: row._id,
    patientName: `${row.firstName} ${row.lastName}`,
    patientNumber: row.number,
    doctorId: objectId(doctor.id),
    doctorName: doctor.name,
    ...storedAt(ctx.branch),
    ...slot,
    day,
    status: 'booked' as const,
    reason: story.reason,
    bookedByName: ctx.actor.name,
    version: 0,
  };
  await appointmentModel(ctx).create([appointment], { session });
}

type Arriving = { person: Person; doctor: Doctor; day: Day; token: number; now: Date };

/** A visit of today with the steps that lie behind it, and the examination as far as it has come. */
async function arrive(ctx: TenantContext, arriving: Arriving, session: ClientSession): Promise<void> {
  const { person, doctor, day, token, now } = arriving;
  const { row, story } = person;
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * MINUTE_MS);
  const since = minutesAgo(story.is === 'arrived' ? 6 : 35);
  const visit = {
    _id: newObjectId(),
    patientId: row._id,
    patient: {
      name: `${row.firstName} ${row.lastName}`,
      number: row.number,
      sex: row.sex,
      dateOfBirth: row.dateOfBirth,
    },
    ...storedAt(ctx.branch),
    day,
    token,
    doctorId: objectId(doctor.id),
    doctorName: doctor.name,
    status: 'in-progress' as const,
    priority: 'normal' as const,
    startedAt: since,
    checkedInByName: ctx.actor.name,
    firstDay: day,
  };
  await openVisitModel(ctx).create([{ _id: `${row._id.toString()}:${day}`, visitId: visit._id }], {
    session,
  });
  await visitModel(ctx).create([visit], { session });
  const { _id: visitId, patientId, patient, doctorId, doctorName, priority } = visit;
  const step = (sequence: number, station: Station, waitingSince: Date) => ({
    ...{ visitId, patientId, patient, day, token, sequence, station, priority, doctorId, doctorName },
    ...storedAt(ctx.branch),
    priorityRank: PRIORITY_RANK[priority],
    waitingSince,
    queuedAt: waitingSince,
    timesRequeued: 0,
    byUserId: row.createdById,
    byName: ctx.actor.name,
  });
  const done = (startedAt: Date, endedAt: Date) =>
    ({ status: 'done', isOpen: false, startedAt, endedAt }) as const;
  const waiting = { status: 'waiting', isOpen: true } as const;
  const behind = [{ ...step(1, 'reception', since), ...done(since, since) }];
  if (story.is === 'arrived' || story.is === 'booked') {
    await queueEntryModel(ctx).create([...behind, { ...step(2, 'optometry', since), ...waiting }], {
      session,
      ordered: true,
    });
    return;
  }
  const measuredAt = minutesAgo(15);
  const measured = { ...step(2, 'optometry', since), ...done(minutesAgo(25), measuredAt) };
  const current =
    story.is === 'dilating'
      ? {
          ...step(3, 'dilation', measuredAt),
          ...waiting,
          readyAt: new Date(now.getTime() + DEFAULT_DILATION_MINUTES * MINUTE_MS),
          note: 'Tropicamide 1 %, both eyes',
        }
      : {
          ...step(3, 'doctor', measuredAt),
          ...({ status: 'in-progress', isOpen: true } as const),
          startedAt: minutesAgo(4),
        };
  await queueEntryModel(ctx).create([...behind, measured, current], { session, ordered: true });
  const { name } = ctx.actor;
  const first = { visitId: visitId.toString(), version: 0 };
  const { measurements } = measureInput.parse({ ...first, ...story.measured });
  const assessed =
    story.is === 'with-doctor'
      ? {
          assessment: JSON.stringify(assessInput.parse({ ...first, ...story.assessed }).assessment),
          assessmentVersion: 1,
          assessedAt: now,
          assessedByName: name,
        }
      : {};
  await examinationModel(ctx).create(
    [
      {
        ...{ _id: visitId, patientId, day, startedAt: since },
        measurements: JSON.stringify(measurements),
        measurementsVersion: 1,
        measuredAt,
        measuredByName: name,
        ...assessed,
      },
    ],
    { session },
  );
  await linkExaminations(ctx, patientId, session);
}
