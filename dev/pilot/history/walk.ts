import { visitModel } from '@/features/frontdesk/queue/model';
import { listDoctors } from '@/features/identity/staff/directory';
import { PATIENT_COUNTER } from '@/features/patients/patients/queries';
import type { TenantContext } from '@/lib/tenancy/context';
import { lastNumber } from '@/lib/tenancy/counters';
import { type Day, shiftDay, today } from '@/lib/time';
import { assessmentOf } from './assessed';
import { Bulk } from './bulk';
import { type Care, careOf } from './care';
import { oneOf, type Random, randomOf } from './chance';
import { type Crew, readCrew } from './crew';
import { Diary, type DiaryDay, type Doctor, isSunday } from './diary';
import { Examinations } from './examinations';
import { measurementsOf } from './measured';
import { type Names, People, type Person } from './people';
import { Practice } from './practice';
import { livedOn } from './stories';
import { type Treated, treat } from './treated';
import { type Arrival, visitOf } from './visits';

const TWO_YEARS = 730;
const MINUTE = 60_000;
const MOST_PATIENTS = 20_000;
/** Visits of a patient in two years, and who does as the doctor says. */
const [VISITS_EACH, COMES_BACK, CALLED_OFF, UNEXAMINED] = [4, 0.82, 0.06, 0.06];

type Options = {
  visits: number;
  seed: number;
  days?: number;
  /** How many times as many come on the last day as on the first. */
  growth?: number;
  /** Whether anything is charged, bought and given out; a bench of reports needs none of it. */
  hasTrade?: boolean;
  log?: (line: string) => void;
};

/**
 * A past of so many days: visits, some of them by appointment, what was found, prescribed, given and paid,
 * the appointments that were not kept and those of the next two weeks. Written in bulk, in the rows of the
 * services. Nothing is added to an organization that has visits. @returns how many visits were added.
 */
export async function addHistory(
  ctx: TenantContext,
  kind: { names: Names; patientsPerDay: number },
  { visits, seed, days = TWO_YEARS, growth = 1, hasTrade = true, log }: Options,
): Promise<number> {
  if (visits === 0 || (await visitModel(ctx).exists({}))) return 0;
  const present = today(ctx.timeZone);
  const first = shiftDay(present, -days);
  const [random, bulk, crew, doctors] = [
    randomOf(seed),
    new Bulk(ctx),
    await readCrew(ctx),
    await listDoctors(ctx),
  ];
  const practice = hasTrade ? await Practice.open(bulk, randomOf(seed + 2), crew, { first, present }) : null;
  const firstSequence = (await lastNumber(ctx, PATIENT_COUNTER)) + 1;
  const people = new People(bulk, kind.names, random, firstSequence);
  const most = Math.max(10, Math.min(MOST_PATIENTS, Math.ceil(visits / VISITS_EACH)));
  const years = new Years({ bulk, random, crew, doctors, people, practice, most, visits });
  const weights = Array.from({ length: days }, (_, ahead) => growth ** (ahead / days));
  let [made, weightLeft] = [0, weights.reduce((sum, one) => sum + one, 0)];
  for (let ahead = 0; ahead < days && made < visits; ahead++) {
    const day = shiftDay(first, ahead);
    const left = visits - made;
    const share = (left * (weights[ahead] ?? 1)) / weightLeft;
    weightLeft -= weights[ahead] ?? 1;
    // By chance where a day has less than one, so that few visits are spread over the two years and not done
    // in the first weeks.
    const isClosed = isSunday(day) && ahead < days - 8;
    const count = isClosed ? 0 : Math.min(left, Math.floor(share * 1.17 + random()));
    if (count > 0) made += years.live(day, count);
    await bulk.write(day);
    if (log && ahead % 73 === 72) log(`  ${made} of ${visits} visits`);
  }
  await years.close(kind.patientsPerDay);
  return made;
}

type Parts = {
  bulk: Bulk;
  random: Random;
  crew: Crew;
  doctors: readonly Doctor[];
  people: People;
  practice: Practice | null;
  most: number;
  visits: number;
};

/** The days of the past, one after the other. */
class Years {
  readonly #due = new Map<Day, Person[]>();
  readonly #examinations: Examinations;
  readonly #diary: Diary;
  #overdue: Person[] = [];
  #made = 0;

  constructor(readonly parts: Parts) {
    this.#examinations = new Examinations(parts.bulk, parts.crew.optometrist.name);
    this.#diary = new Diary(parts.bulk, parts.random, parts.crew.receptionist.name);
  }

  /** @returns how many came. */
  live(day: Day, count: number): number {
    const { practice } = this.parts;
    const page = this.#diary.day(day);
    practice?.beginDay(day);
    const arrivals = this.#arrivals(day, page, count);
    for (const [index, arrival] of arrivals.entries()) this.#seen(page, { ...arrival, token: index + 1 });
    practice?.endDay(day);
    page.close();
    this.#made += arrivals.length;
    return arrivals.length;
  }

  /** Who comes on a day, in the order of coming: those who are due, new ones, and some who just come. */
  #arrivals(day: Day, page: DiaryDay, count: number): Omit<Arrival, 'token'>[] {
    const { random, people, most, visits, doctors } = this.parts;
    const due = [...this.#overdue, ...this.#dueUntil(day)];
    const arrivals: Omit<Arrival, 'token'>[] = [];
    const isFree = (one: Person) => one.awayOn !== day && one.lastDay !== day && one.comingOn !== day;
    for (let index = 0; index < count; index++) {
      const isNew = random() < (most - people.all.length) / Math.max(1, visits - this.#made - index);
      const known = isNew ? undefined : (take(due, isFree) ?? this.#anybody(isFree));
      const doctor = known
        ? doctors[known.sequence % doctors.length]
        : doctors[(people.all.length + 1) % doctors.length];
      const slot = doctor ? page.agree(doctor) : null;
      // Who has a time comes up to twenty minutes before it, or five after.
      const startedAt = slot
        ? slot.startsAt.getTime() + Math.floor(random() * 26 - 20) * MINUTE
        : page.opensAt + Math.floor(random() * 480 - 10) * MINUTE;
      const person = known ?? people.register(new Date(startedAt - 3 * MINUTE));
      person.comingOn = day;
      arrivals.push({ day, person, doctor, slot, startedAt });
    }
    this.#overdue = due.slice(0, 400);
    return arrivals.sort((a, b) => a.startedAt - b.startedAt);
  }

  #dueUntil(day: Day): Person[] {
    return [...this.#due].flatMap(([on, all]) => {
      if (on > day) return [];
      this.#due.delete(on);
      return all;
    });
  }

  #anybody(isFree: (one: Person) => boolean): Person | undefined {
    const { all } = this.parts.people;
    for (let tries = 0; tries < 8; tries++) {
      const one = all[Math.floor(this.parts.random() * all.length)];
      if (one && isFree(one)) return one;
    }
    return undefined;
  }

  /** A visit from the door to the door. */
  #seen(page: DiaryDay, arrival: Arrival): void {
    const { random, practice, crew, bulk, people } = this.parts;
    const { person, doctor, slot, day } = arrival;
    const hasComeBefore = person.lastDay !== undefined;
    if (hasComeBefore) person.story = livedOn(person.story, random);
    const isOperated = person.operatedOn !== undefined && person.operatedOn < day;
    if (isOperated) person.story = { ...person.story, isOperated: true };
    const daysSince = isOperated ? daysBetween(person.operatedOn ?? day, day) : null;
    const isExamined = random() >= UNEXAMINED;
    const care = isExamined ? careOf(person.story, random, daysSince) : null;
    const { visit, entries, leftAt } = visitOf(arrival, {
      bulk,
      crew,
      random,
      hasMedicines: (care?.medicines.length ?? 0) > 0,
    });
    const appointmentId =
      slot && doctor ? page.add({ status: 'completed', person, doctor, slot, at: visit.finishedAt }) : null;
    if (appointmentId && doctor)
      page.unkept(doctor, () => take([oneOf(random, people.all)], ({ comingOn }) => comingOn !== day));
    bulk.add('visits', appointmentId ? { ...visit, appointmentId } : visit);
    bulk.add('queue_entries', ...entries);
    practice?.comes({ visit, hasComeBefore });
    if (!care) return;
    const assessment = assessmentOf(person.story, care.returnInDays);
    this.#examinations.add(visit, measurementsOf(person.story, random), assessment);
    const signer = doctor ? crew.signers.get(doctor.id) : undefined;
    if (practice && signer)
      this.#treated(practice, { visit, leftAt, person, care, orders: assessment.orders ?? [], signer });
    this.#comesAgain(day, person, care);
  }

  #treated(practice: Practice, of: Treated): void {
    treat(practice, of);
    const { care, visit, person, leftAt } = of;
    if (!care.surgery) return;
    const { codes, inDays } = care.surgery;
    const on = workday(shiftDay(visit.day, inDays));
    const isCalledOff = this.parts.random() < CALLED_OFF;
    practice.agreeSurgery(visit, { codes, on, left: leftAt, isCalledOff });
    if (!isCalledOff) person.operatedOn = on;
  }

  #comesAgain(day: Day, person: Person, { returnInDays, surgery }: Care): void {
    const { random } = this.parts;
    if (returnInDays === null) return;
    const isSure = surgery !== undefined && person.operatedOn !== undefined;
    if (!isSure && random() > COMES_BACK) return;
    const on = workday(
      isSure ? shiftDay(person.operatedOn ?? day, 1) : shiftDay(day, Math.max(1, returnInDays)),
    );
    const known = this.#due.get(on);
    if (known) known.push(person);
    else this.#due.set(on, [person]);
  }

  async close(patientsPerDay: number): Promise<void> {
    const { doctors, people, practice, bulk } = this.parts;
    this.#diary.bookAhead(doctors, people.all, patientsPerDay);
    const reviews = this.#examinations.close();
    for (const person of people.all) {
      const review = reviews.get(person._id.toString());
      if (review) person.review = review;
    }
    await people.write();
    await practice?.close();
    await bulk.finish();
  }
}

/** Takes the first that fits out of a list. */
function take<T>(all: T[], fits: (one: T) => boolean): T | undefined {
  const index = all.findIndex(fits);
  return index < 0 ? undefined : all.splice(index, 1)[0];
}

const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
const workday = (day: Day): Day => (isSunday(day) ? shiftDay(day, 1) : day);
