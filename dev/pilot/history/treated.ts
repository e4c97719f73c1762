import type { Order } from '@/features/record/examinations/orders';
import type { Care } from './care';
import type { Signer } from './papers';
import type { Person } from './people';
import type { Practice } from './practice';
import type { visitOf } from './visits';

const MINUTE = 60_000;

export type Treated = {
  visit: ReturnType<typeof visitOf>['visit'];
  leftAt: Date;
  person: Person;
  care: Care;
  orders: readonly Order[];
  signer: Signer;
};

/** What the doctor signs, and what it leads to as the patient leaves. */
export function treat(practice: Practice, { visit, leftAt, person, care, orders, signer }: Treated): void {
  const { papers } = practice;
  const signedAt = new Date(visit.finishedAt.getTime() - 2 * MINUTE);
  const signed = care.medicines.length > 0 ? papers.prescribe(visit, care.medicines, signer, signedAt) : null;
  if (signed) practice.bulk.hold('prescriptions', signed.row, visit.day);
  if (care.hasGlasses) papers.glasses(visit, person, signer, signedAt);
  if (care.hasReferral) papers.referral(visit, signer, signedAt);
  practice.leaves(visit, { at: leftAt, orders, services: care.services, signed });
}
