import { randomBytes } from 'node:crypto';
import { contactTextsOf, nameKeysOf, patientNumberOf, sortNameOf } from '@/features/patients/patients/keys';
import { patientModel } from '@/features/patients/patients/model';
import { PATIENT_COUNTER } from '@/features/patients/patients/queries';
import { soundKeysOf } from '@/features/patients/patients/sounds';
import { contactTokens } from '@/features/patients/patients/tokens';
import { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { counterModel } from '@/lib/tenancy/counter-model';
import type { Day } from '@/lib/time';
import type { PilotKind } from './kinds';

const BATCH = 1_000;

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

export type Person = {
  /** The days of the first and the last visit so far. */
  firstDay?: Day;
  lastDay?: Day;
  lastAt?: Date;
  /** The last day on which an appointment was not kept: nobody comes on a day on which they did not come. */
  awayOn?: Day;
  isBookedAhead?: boolean;
  _id: ReturnType<typeof newObjectId>;
  name: string;
  number: string;
  sex: 'female' | 'male';
  dateOfBirth: string;
};

/** Patients who are written through the product's own model, so sealed as they are. */
export async function addPatients(
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
          soundKeys: soundKeysOf(firstName, lastName),
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
