import { assessmentOf } from '@/dev/pilot/history/assessed';
import { Bulk } from '@/dev/pilot/history/bulk';
import { careOf } from '@/dev/pilot/history/care';
import { oneOf, randomOf } from '@/dev/pilot/history/chance';
import { readCrew } from '@/dev/pilot/history/crew';
import { Examinations } from '@/dev/pilot/history/examinations';
import { measurementsOf } from '@/dev/pilot/history/measured';
import { People, type Person } from '@/dev/pilot/history/people';
import { livedOn } from '@/dev/pilot/history/stories';
import { visitOf } from '@/dev/pilot/history/visits';
import { listDoctors } from '@/features/identity/staff/directory';
import { PATIENT_COUNTER } from '@/features/patients/patients/queries';
import type { TenantContext } from '@/lib/tenancy/context';
import { lastNumber } from '@/lib/tenancy/counters';
import { shiftDay, today } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';

const TEN_YEARS = 3_650;
/** Tokens of the visits that were there before are below. */
const FIRST_TOKEN = 5_000;
/** Each so many days the patient of ten years comes. */
const COMES_EVERY = 30;
/** Of so many patients one has examinations of all visits: as many as a hospital has signed by hand. */
const EXAMINED_OF = 20;
const MINUTE = 60_000;
const HOURS_9 = 9 * 60 * MINUTE;
const HOURS_8 = 8 * 60 * MINUTE;

const SYLLABLES = ['', 'ba', 'dev', 'gan', 'jit', 'kar', 'lal', 'man', 'nath', 'raj'];
const ENDINGS = ['', 'an', 'esh', 'i', 'ita', 'oj', 'u', 'wati', 'yan', 'zad'];
/** A thousand of ten, so that a name is shared by as many as share one in a city. */
const manyOf = (names: readonly string[]): string[] =>
  names.flatMap((name) => SYLLABLES.flatMap((one) => ENDINGS.map((other) => name + one + other)));
const NAMES = {
  first: manyOf(['Lakshmi', 'Mohan', 'Saroj', 'Anil', 'Sunita', 'Ravi', 'Meena', 'Farida', 'Gopal', 'Zubin']),
  last: manyOf(['Iyer', 'Gehlot', 'Das', 'Rawat', 'Nair', 'Khan', 'Patel', 'Reddy', 'Fernand', 'Chaudh']),
  cities: ['Madurai', 'Theni', 'Dindigul'],
};

type Size = { patients: number; visits: number; log: (line: string) => void };

/**
 * Ten years of a large hospital beside what is there: patients, their visits and the steps of these, in the
 * rows of the services. One patient in twenty has examinations, and one has come every month for ten years.
 * @returns the patient of ten years, and the last visit
 */
export async function addLargePast(
  ctx: TenantContext,
  { patients, visits, log }: Size,
): Promise<{ patientId: string; visitId: string }> {
  const random = randomOf(11);
  const bulk = new Bulk(ctx);
  const crew = await readCrew(ctx);
  const doctors = await listDoctors(ctx);
  const people = new People(bulk, NAMES, random, (await lastNumber(ctx, PATIENT_COUNTER)) + 1);
  const examinations = new Examinations(bulk, crew.optometrist.name);
  const present = today(ctx.timeZone);
  let faithful: Person | undefined;
  let lastVisit = '';
  let made = 0;
  for (let ahead = 0; ahead < TEN_YEARS; ahead++) {
    const day = shiftDay(present, ahead - TEN_YEARS);
    const opensAt = dayRange(day, ctx.timeZone).start.getTime() + HOURS_9;
    const count = Math.floor(((ahead + 1) * visits) / TEN_YEARS) - made;
    const come = (person: Person, index: number, isExamined: boolean): string => {
      const startedAt = opensAt + Math.floor((index * HOURS_8) / (count + 1));
      if (person.lastDay) person.story = livedOn(person.story, random);
      const doctor = doctors[(person.sequence + ahead) % doctors.length];
      const arrival = { day, token: FIRST_TOKEN + index, person, doctor, slot: null, startedAt };
      const { visit, entries } = visitOf(arrival, { bulk, crew, random, hasMedicines: false });
      bulk.add('visits', visit);
      bulk.add('queue_entries', ...entries);
      if (isExamined) {
        const assessment = assessmentOf(person.story, careOf(person.story, random, null).returnInDays);
        examinations.add(visit, measurementsOf(person.story, random), assessment);
      }
      return visit._id.toString();
    };
    for (let index = 0; index < count; index++) {
      const isNew = people.all.length <= ((made + index) * patients) / visits;
      const at = new Date(opensAt + Math.floor((index * HOURS_8) / (count + 1)) - 3 * MINUTE);
      const someone = isNew ? people.register(at) : oneOf(random, people.all);
      // Nobody comes twice a day.
      if (someone.lastDay === day || someone === faithful) continue;
      faithful ??= someone;
      come(someone, index, someone.sequence % EXAMINED_OF === 0);
    }
    if (faithful && ahead % COMES_EVERY === COMES_EVERY - 1) lastVisit = come(faithful, count, true);
    made += count;
    await bulk.write(day);
    if (ahead % 365 === 364) log(`${made} of ${visits} visits, ${people.all.length} patients`);
  }
  const reviews = examinations.close();
  for (const person of people.all) {
    const review = reviews.get(person._id.toString());
    if (review) person.review = review;
  }
  await people.write();
  await bulk.finish();
  if (!faithful) throw new Error('Nobody came.');
  return { patientId: faithful._id.toString(), visitId: lastVisit };
}
