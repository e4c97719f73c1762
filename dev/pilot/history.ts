import { noteRecalls } from '@/features/fleet/migrations/note-recalls';
import { queueEntryModel, visitModel } from '@/features/frontdesk/queue/model';
import { listDoctors } from '@/features/identity/staff/directory';
import { patientModel } from '@/features/patients/patients/model';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay, today } from '@/lib/time';
import { Diary, type Doctor, isSunday } from './diary';
import { ExaminationHistory } from './examinations';
import type { PilotKind } from './kinds';
import { addPatients, type Person, randomOf } from './people';

const TWO_YEARS = 730;
const BATCH = 1_000;
const MINUTE = 60_000;

/**
 * Visits of so many days, some of them by appointment, with the appointments that were not kept and those of
 * the next two weeks.
 * Nothing is added to an organization that has visits. @returns how many visits were added.
 */
export async function addHistory(
  ctx: TenantContext,
  kind: Pick<PilotKind, 'names' | 'patientsPerDay'>,
  {
    visits,
    seed,
    days = TWO_YEARS,
    log,
  }: { visits: number; seed: number; days?: number; log?: (line: string) => void },
): Promise<number> {
  if (visits === 0 || (await visitModel(ctx).exists({}))) return 0;
  const random = randomOf(seed);
  const people = await addPatients(ctx, kind, Math.max(10, Math.min(20_000, Math.ceil(visits / 4))), {
    days,
    random,
  });
  const doctors = await listDoctors(ctx);
  const examinations = new ExaminationHistory(ctx, randomOf(seed + 1));
  const diary = new Diary(ctx, random);
  const anybody = () => people[Math.floor(random() * people.length)];
  const first = shiftDay(today(ctx.timeZone), -days);
  let [visitRows, entryRows]: [object[], object[]] = [[], []];
  const write = async () => {
    if (visitRows.length === 0) return;
    // Past the schemas' documents, which would take half an hour for a million: diary and examinations seal
    // what their models seal, and none of these fields is a sealed one.
    await visitModel(ctx).collection.insertMany(visitRows, { ordered: false });
    await queueEntryModel(ctx).collection.insertMany(entryRows, { ordered: false });
    await diary.write();
    await examinations.write();
    [visitRows, entryRows] = [[], []];
  };
  let made = 0;
  for (let ahead = 0; ahead < days && made < visits; ahead++) {
    const day = shiftDay(first, ahead);
    const page = diary.day(day);
    const left = visits - made;
    const share = left / (days - ahead);
    // By chance where a day has less than one, so that few visits are spread over the two years and not done
    // in the first weeks.
    const count = isSunday(day) && ahead < days - 8 ? 0 : Math.floor(share * 1.17 + random());
    for (let token = 1; token <= Math.min(count, left); token++) {
      const doctor = doctors[Math.floor(random() * doctors.length)];
      const person = Array.from({ length: 8 }, anybody).find(
        (one) => one && one.awayOn !== day && one.lastDay !== day,
      );
      if (!person) continue;
      const slot = doctor ? page.agree(doctor) : null;
      // Who has a time comes up to twenty minutes before it, or five after.
      const startedAt = slot
        ? slot.startsAt.getTime() + Math.floor(random() * 26 - 20) * MINUTE
        : page.opensAt + Math.floor(random() * 480 - 30) * MINUTE;
      const { visit, entries } = visitOf({ day, token, person, doctor, startedAt, random });
      if (slot && doctor) {
        const appointmentId = page.add({ status: 'completed', person, doctor, slot, at: visit.finishedAt });
        visitRows.push({ ...visit, appointmentId });
        page.unkept(doctor, anybody);
      } else visitRows.push(visit);
      entryRows.push(...entries);
      examinations.add(visit);
      made++;
      if (visitRows.length >= BATCH) await write();
    }
    page.close();
    if (log && ahead % 73 === 72) log(`  ${made} of ${visits} visits`);
  }
  await write();
  await diary.bookAhead(doctors, people, kind.patientsPerDay);
  const seen = people.flatMap(({ _id, lastAt }) => (lastAt ? [{ _id, lastAt }] : []));
  if (seen.length > 0)
    await patientModel(ctx).collection.bulkWrite(
      seen.map(({ _id, lastAt }) => ({
        updateOne: { filter: { _id }, update: { $set: { lastVisitAt: lastAt } } },
      })),
      { ordered: false },
    );
  await noteRecalls(ctx.db, { from: null, done: async () => undefined });
  return made;
}

function visitOf(given: {
  day: Day;
  token: number;
  person: Person;
  doctor: Doctor | undefined;
  startedAt: number;
  random: () => number;
}) {
  const { day, token, person, doctor, random } = given;
  const visitId = newObjectId();
  const { _id: patientId, firstDay = day, lastDay, name, number, sex, dateOfBirth } = person;
  const patient = { name, number, sex, dateOfBirth };
  const startedAt = new Date(given.startedAt);
  Object.assign(person, { firstDay, lastDay: day, lastAt: startedAt });
  const doctorFacts = doctor ? { doctorId: objectId(doctor.id), doctorName: doctor.name } : {};
  let at = startedAt.getTime();
  const steps = (['optometry', 'doctor', 'pharmacy'] as const).slice(0, random() < 0.6 ? 3 : 2);
  const entries = steps.map((station, index) => {
    const waitingSince = new Date(at);
    at += Math.floor(4 + random() * 35) * MINUTE;
    const begun = new Date(at);
    at += Math.floor(3 + random() * 14) * MINUTE;
    return {
      visitId,
      patientId,
      patient,
      day,
      token,
      sequence: index + 1,
      station,
      status: 'done' as const,
      isOpen: false,
      priority: 'normal' as const,
      priorityRank: 1,
      waitingSince,
      queuedAt: waitingSince,
      startedAt: begun,
      endedAt: new Date(at),
      timesRequeued: 0,
      byUserId: 'pilot',
      byName: 'Pilot',
      createdAt: startedAt,
      updatedAt: new Date(at),
      __v: 0,
      room: roomOf(station, doctor),
      ...(station === 'doctor' ? doctorFacts : {}),
    };
  });
  const visit = {
    _id: visitId,
    patientId,
    patient,
    day,
    token,
    status: 'finished' as const,
    priority: 'normal' as const,
    startedAt,
    finishedAt: new Date(at),
    checkedInByName: 'Pilot',
    firstDay,
    ...(lastDay ? { previousDay: lastDay } : {}),
    createdAt: startedAt,
    updatedAt: new Date(at),
    __v: 0,
    ...doctorFacts,
  };
  return { visit, entries };
}

const ROOMS = { optometry: 'Refraction', pharmacy: 'Counter' } as const;
const roomOf = (station: 'optometry' | 'doctor' | 'pharmacy', doctor?: { room: string | null }): string =>
  station === 'doctor' ? (doctor?.room ?? 'Consulting room') : ROOMS[station];
