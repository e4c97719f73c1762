import { doctorDayKey } from '@/features/frontdesk/appointments/doctor-day';
import type { AppointmentStatus } from '@/features/frontdesk/appointments/policy';
import type { Slot } from '@/features/frontdesk/appointments/slots';
import { DEFAULT_DURATION_MINUTES, WORKING_HOURS } from '@/features/frontdesk/schedules/policy';
import { minutesOf } from '@/lib/clock';
import { objectId } from '@/lib/mongo';
import { type Day, shiftDay, today } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import type { Bulk } from './bulk';
import type { Random } from './chance';
import type { Person } from './people';

const MINUTE = 60_000;
const DAY = 86_400_000;
const SLOT_MS = DEFAULT_DURATION_MINUTES * MINUTE;
const SLOTS = (minutesOf(WORKING_HOURS.end) - minutesOf(WORKING_HOURS.start)) / DEFAULT_DURATION_MINUTES;

/** Of the visits, those that were agreed on before, while the doctor has time left. */
const KEPT = 0.45;
/** Of all past appointments, those that nobody came to and those that were called off. */
const [MISSED, CALLED_OFF] = [0.08, 0.05];
const LONG = 0.15;
const DAYS_AHEAD = 14;

const REASONS = [
  'Blurred vision',
  'Cataract review',
  'Glaucoma check',
  'Diabetic eye check',
  'New glasses',
  'After surgery',
];
const CANCEL_REASONS = [
  'Is not well',
  'Travelling that day',
  'The doctor is away',
  'Will call for another day',
  'Went to another hospital',
];

export type Doctor = { id: string; name: string; room: string | null };
type Status = Exclude<AppointmentStatus, 'checked-in'>;
/** How often an appointment was changed until it came to this. */
const VERSIONS: Record<Status, number> = { booked: 0, cancelled: 1, 'no-show': 1, completed: 2 };

type Page = { taken: boolean[]; bookings: number };

/** The appointments of one day: whose time is taken, and the rows so far. */
export class DiaryDay {
  readonly opensAt: number;
  readonly #pages = new Map<string, Page>();

  constructor(
    readonly day: Day,
    timeZone: string,
    readonly diary: Diary,
  ) {
    this.opensAt = instantAt(day, WORKING_HOURS.start, timeZone).getTime();
  }

  /**
   * A time that nobody has had, or null. Also what is called off keeps it: simpler than giving it to somebody
   * else.
   */
  take(doctorId: string): Slot | null {
    const { random } = this.diary;
    const page = this.#pages.get(doctorId) ?? { taken: Array<boolean>(SLOTS).fill(false), bookings: 0 };
    const length = random() < LONG ? 2 : 1;
    const begin = Math.floor(random() * SLOTS);
    for (let step = 0; step < SLOTS; step++) {
      const at = (begin + step) % SLOTS;
      if (at + length > SLOTS || page.taken.slice(at, at + length).includes(true)) continue;
      page.taken.fill(true, at, at + length);
      page.bookings++;
      this.#pages.set(doctorId, page);
      const startsAt = this.opensAt + at * SLOT_MS;
      return { startsAt: new Date(startsAt), endsAt: new Date(startsAt + length * SLOT_MS) };
    }
    return null;
  }

  /** What the visit of a patient was agreed as, where it was; and beside it, who did not come. */
  agree(doctor: Doctor): Slot | null {
    return this.diary.random() < KEPT ? this.take(doctor.id) : null;
  }

  /** Those who were to come and did not, for one who did. */
  unkept(doctor: Doctor, pick: () => Person | undefined): void {
    const { random } = this.diary;
    for (const [status, share] of [
      ['no-show', MISSED],
      ['cancelled', CALLED_OFF],
    ] as const) {
      if (random() >= share / (1 - MISSED - CALLED_OFF)) continue;
      const person = pick();
      if (!person || person.lastDay === this.day) continue;
      const slot = this.take(doctor.id);
      if (!slot) continue;
      person.awayOn = this.day;
      const at =
        status === 'cancelled'
          ? slot.startsAt.getTime() - random() * DAY
          : slot.endsAt.getTime() + 30 * MINUTE;
      this.add({ status, person, doctor, slot, at: new Date(at) });
    }
  }

  /** @returns the appointment's id. */
  add(given: { status: Status; person: Person; doctor: Doctor; slot: Slot; at: Date }) {
    const { status, person, doctor, slot, at } = given;
    const { random } = this.diary;
    const before = Math.min(at.getTime(), slot.startsAt.getTime());
    const createdAt = new Date(before - Math.floor((1 + random() * 20) * DAY));
    const _id = this.diary.bulk.idAt(createdAt);
    this.diary.bulk.add('appointments', {
      _id,
      patientId: person._id,
      patientName: person.name,
      patientNumber: person.number,
      doctorId: objectId(doctor.id),
      doctorName: doctor.name,
      ...slot,
      day: this.day,
      status,
      reason: REASONS[Math.floor(random() * REASONS.length)] ?? '',
      ...(status === 'cancelled'
        ? { cancelReason: CANCEL_REASONS[Math.floor(random() * CANCEL_REASONS.length)] ?? '' }
        : {}),
      bookedByName: this.diary.bookedByName,
      version: VERSIONS[status],
      createdAt,
      updatedAt: status === 'booked' ? createdAt : at,
      __v: 0,
    });
    return _id;
  }

  /** The rows that bookings of these doctors' days change, as so many bookings would have left them. */
  close(): void {
    for (const [doctorId, { bookings }] of this.#pages)
      this.diary.bulk.add('doctor_days', {
        _id: doctorDayKey(doctorId, this.day),
        changes: bookings,
        __v: 0,
      });
  }
}

/** The appointments of the past and of the next days. */
export class Diary {
  constructor(
    readonly bulk: Bulk,
    readonly random: Random,
    readonly bookedByName: string,
  ) {}

  day = (day: Day): DiaryDay => new DiaryDay(day, this.bulk.ctx.timeZone, this);

  /** What is booked for the next two weeks: the further ahead, the less. */
  bookAhead(doctors: readonly Doctor[], people: readonly Person[], patientsPerDay: number): void {
    const now = new Date();
    for (let ahead = 1; ahead <= DAYS_AHEAD; ahead++) {
      const page = this.day(shiftDay(today(this.bulk.ctx.timeZone, now), ahead));
      if (isSunday(page.day)) continue;
      const wanted = Math.ceil(patientsPerDay * KEPT * (1 - ahead / (DAYS_AHEAD + 6)));
      for (let index = 0; index < wanted; index++) {
        const doctor = doctors[Math.floor(this.random() * doctors.length)];
        const person = people[Math.floor(this.random() * people.length)];
        if (!doctor || !person || person.bookedAhead) continue;
        const slot = page.take(doctor.id);
        if (!slot) continue;
        person.bookedAhead = page.day;
        page.add({ status: 'booked', person, doctor, slot, at: now });
      }
      page.close();
    }
  }
}

export const isSunday = (day: Day): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
