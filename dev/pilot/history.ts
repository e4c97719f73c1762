import { randomBytes } from 'node:crypto';
import { counterModel } from '@/lib/features/counters/model';
import { noteRecalls } from '@/lib/features/migrations/note-recalls';
import { contactTextsOf, nameKeysOf, patientNumberOf, sortNameOf } from '@/lib/features/patients/keys';
import { patientModel } from '@/lib/features/patients/model';
import { PATIENT_COUNTER } from '@/lib/features/patients/queries';
import { contactTokens } from '@/lib/features/patients/tokens';
import { queueEntryModel, visitModel } from '@/lib/features/queue/model';
import { listDoctors } from '@/lib/features/staff/directory';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, instantAt, shiftDay, today } from '@/lib/time';
import { ExaminationHistory } from './examinations';
import type { PilotKind } from './kinds';

const TWO_YEARS = 730;
const BATCH = 1_000;
const MINUTE = 60_000;

/** The same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Person = {
  /** The days of the first and the last visit so far. */
  firstDay?: Day;
  lastDay?: Day;
  lastAt?: Date;
  _id: ReturnType<typeof newObjectId>;
  name: string;
  number: string;
  sex: 'female' | 'male';
  dateOfBirth: string;
};

/**
 * Visits of so many days, of patients who are written through the product's own model, so sealed as they are. Nothing is added to an organization that
 * has visits. @returns how many were added.
 */
export async function addHistory(
  ctx: TenantContext,
  kind: Pick<PilotKind, 'names'>,
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
  const first = shiftDay(today(ctx.timeZone), -days);
  let [visitRows, entryRows]: [object[], object[]] = [[], []];
  const write = async () => {
    if (visitRows.length === 0) return;
    await examinations.write();
    // Past the schema's documents, which would take half an hour for a million: none of these fields is a sealed one.
    await visitModel(ctx).collection.insertMany(visitRows, { ordered: false });
    await queueEntryModel(ctx).collection.insertMany(entryRows, { ordered: false });
    [visitRows, entryRows] = [[], []];
  };
  let made = 0;
  for (let ahead = 0; ahead < days && made < visits; ahead++) {
    const day = shiftDay(first, ahead);
    const isSunday = new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
    const share = (visits - made) / (days - ahead);
    const count = isSunday && ahead < days - 8 ? 0 : Math.min(visits - made, Math.ceil(share * 1.17));
    for (let token = 1; token <= count; token++) {
      const doctor = doctors[Math.floor(random() * doctors.length)];
      const person = people[Math.floor(random() * people.length)];
      if (!person) continue;
      const { visit, entries } = visitOf({ day, token, person, doctor, timeZone: ctx.timeZone, random });
      visitRows.push(visit);
      entryRows.push(...entries);
      examinations.add(visit);
      made++;
      if (visitRows.length >= BATCH) await write();
    }
    if (log && ahead % 73 === 72) log(`  ${made} of ${visits} visits`);
  }
  await write();
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
  doctor: { id: string; name: string; room: string | null } | undefined;
  timeZone: string;
  random: () => number;
}) {
  const { day, token, person, doctor, timeZone, random } = given;
  const visitId = newObjectId();
  const { _id: patientId, firstDay = day, lastDay, lastAt: _, ...patient } = person;
  const startedAt = new Date(
    instantAt(day, '08:30', timeZone).getTime() + Math.floor(random() * 480) * MINUTE,
  );
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

async function addPatients(
  ctx: TenantContext,
  { names }: Pick<PilotKind, 'names'>,
  count: number,
  { days, random }: { days: number; random: () => number },
): Promise<Person[]> {
  const people: Person[] = [];
  for (let start = 1; start <= count; start += BATCH) {
    const rows = await Promise.all(
      Array.from({ length: Math.min(BATCH, count - start + 1) }, async (_, index) => {
        const sequence = start + index;
        const firstName = names.first[Math.floor(random() * names.first.length)] ?? 'A';
        const lastName = names.last[Math.floor(random() * names.last.length)] ?? 'B';
        const phone = `+91 9${String(800_000_000 + sequence * 7).padStart(9, '0')}`;
        const year = 1935 + Math.floor(random() * 85);
        const person: Person = {
          _id: newObjectId(),
          name: `${firstName} ${lastName}`,
          number: patientNumberOf(sequence),
          sex: random() < 0.5 ? 'female' : 'male',
          dateOfBirth: `${year}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`,
        };
        people.push(person);
        const { name: _name, ...facts } = person;
        return {
          ...facts,
          sequence,
          firstName,
          lastName,
          phone,
          nameKeys: nameKeysOf(firstName, lastName),
          sortName: sortNameOf(firstName, lastName),
          contactTokens: await contactTokens(ctx.organizationId, contactTextsOf({ phone })),
          createdById: 'pilot',
          createdByName: 'Pilot',
          createdAt: new Date(Date.now() - Math.floor(random() * days) * 86_400_000),
        };
      }),
    );
    await patientModel(ctx).insertMany(rows, { ordered: false });
  }
  await counterModel(ctx).updateOne({ _id: PATIENT_COUNTER }, { $max: { value: count } }, { upsert: true });
  return people;
}

/** A telephone number that nobody has had yet. */
export const newPhone = (): string =>
  `+91 7${String(randomBytes(6).readUIntBE(0, 6) % 1_000_000_000).padStart(9, '0')}`;
