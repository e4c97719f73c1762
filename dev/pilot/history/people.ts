import { randomBytes } from 'node:crypto';
import { contactTextsOf, nameKeysOf, patientNumberOf, sortNameOf } from '@/features/patients/patients/keys';
import { PATIENT_COUNTER } from '@/features/patients/patients/queries';
import { soundKeysOf } from '@/features/patients/patients/sounds';
import { contactTokens } from '@/features/patients/patients/tokens';
import { counterModel } from '@/lib/tenancy/counter-model';
import type { Day } from '@/lib/time';
import type { Bulk, Id, Row } from './bulk';
import { between, byShare, oneOf, type Random } from './chance';
import { type Story, storyOf } from './stories';

/** What patients are called and where they live. */
export type Names = {
  first: readonly string[];
  last: readonly string[];
  cities?: readonly string[];
  phonePrefix?: string;
};

export type Person = {
  _id: Id;
  name: string;
  number: string;
  sex: 'female' | 'male';
  dateOfBirth: string;
  story: Story;
  firstName: string;
  lastName: string;
  sequence: number;
  createdAt: Date;
  /** The days of the first and the last visit so far. */
  firstDay?: Day;
  lastDay?: Day;
  lastAt?: Date;
  /** The last day on which an appointment was not kept: nobody comes on a day on which they did not come. */
  awayOn?: Day;
  comingOn?: Day;
  bookedAhead?: Day;
  operatedOn?: Day;
  /** When the doctor wants to see them, and the visit that said so. */
  review?: { day: Day; from: Day };
};

const WRITTEN_AT_ONCE = 10_000;

const AGES = [
  { least: 3, most: 15, share: 11 },
  { least: 16, most: 39, share: 27 },
  { least: 40, most: 59, share: 31 },
  { least: 60, most: 86, share: 31 },
];
const OCCUPATIONS = [
  'Farmer',
  'Homemaker',
  'Driver',
  'Teacher',
  'Tailor',
  'Retired',
  'Shopkeeper',
  'Software engineer',
];

/** The patients of a hospital, in the order in which they come for the first time. */
export class People {
  readonly all: Person[] = [];

  constructor(
    readonly bulk: Bulk,
    readonly names: Names,
    readonly random: Random,
    readonly firstSequence = 1,
  ) {}

  /** Somebody who comes for the first time. */
  register(at: Date): Person {
    const { random, names } = this;
    const sequence = this.firstSequence + this.all.length;
    const [firstName, lastName] = [oneOf(random, names.first), oneOf(random, names.last)];
    const { least, most } = byShare(random, AGES);
    const age = between(random, least, most);
    const two = (value: number) => String(value).padStart(2, '0');
    const person: Person = {
      ...{ _id: this.bulk.idAt(at), name: `${firstName} ${lastName}`, number: patientNumberOf(sequence) },
      sex: random() < 0.5 ? 'female' : 'male',
      dateOfBirth: `${at.getUTCFullYear() - age}-${two(between(random, 1, 12))}-${two(between(random, 1, 28))}`,
      ...{ story: storyOf(age, random), firstName, lastName, sequence, createdAt: at },
    };
    this.all.push(person);
    return person;
  }

  /** Writes them as they are at the end: since when each waits to be asked again is known by then. */
  async write(): Promise<void> {
    const { cities = [], phonePrefix } = this.names;
    for (const [index, person] of this.all.entries()) {
      const { _id, number, sequence, firstName, lastName, sex, dateOfBirth, createdAt } = person;
      const digits = String(800_000_000 + sequence * 7).padStart(9, '0');
      const phone = phonePrefix ? `${phonePrefix} ${digits.slice(-6)}` : `+91 9${digits}`;
      const { lastAt, lastDay, bookedAhead, review } = person;
      const recallFrom = bookedAhead && lastDay && bookedAhead > lastDay ? bookedAhead : lastDay;
      const isReviewDue = review && recallFrom && recallFrom <= review.from;
      const row: Row = {
        ...{ _id, number, sequence, firstName, lastName, sex, dateOfBirth, phone },
        ...(cities.length > 0 ? { city: cities[index % cities.length] } : {}),
        ...(index % 3 === 0 ? { occupation: OCCUPATIONS[index % OCCUPATIONS.length] } : {}),
        ...{ isBirthEstimated: index % 7 === 3, isActive: true, version: 0 },
        ...{ nameKeys: nameKeysOf(firstName, lastName), soundKeys: soundKeysOf(firstName, lastName) },
        sortName: sortNameOf(firstName, lastName),
        contactTokens: await contactTokens(this.bulk.ctx.organizationId, contactTextsOf({ phone })),
        ...{
          createdById: 'pilot',
          createdByName: 'Pilot',
          createdAt,
          updatedAt: lastAt ?? createdAt,
          __v: 0,
        },
        ...(lastAt ? { lastVisitAt: lastAt } : {}),
        ...(recallFrom ? { recallFrom, recallRevision: 1 } : {}),
        ...(review ? { reviewDay: review.day, reviewFrom: review.from } : {}),
        ...(isReviewDue ? { reviewDue: review.day } : {}),
      };
      this.bulk.add('patients', row);
      // A million of them would not fit into memory beside each other.
      if (index % WRITTEN_AT_ONCE === WRITTEN_AT_ONCE - 1) await this.bulk.write('');
    }
    const $max = { value: this.firstSequence + this.all.length - 1 };
    await counterModel(this.bulk.ctx).updateOne({ _id: PATIENT_COUNTER }, { $max }, { upsert: true });
  }
}

/** A telephone number that nobody has had yet. */
export const newPhone = (): string =>
  `+91 7${String(randomBytes(6).readUIntBE(0, 6) % 1_000_000_000).padStart(9, '0')}`;
