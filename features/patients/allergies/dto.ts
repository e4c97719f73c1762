import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { allergyAnswerModel, allergyModel } from './model';
import { SEVERITY_IDS } from './policy';

export type AllergyRow = InferSchemaType<ReturnType<typeof allergyModel>['schema']> & { _id: Types.ObjectId };
export type AnswerRow = InferSchemaType<ReturnType<typeof allergyAnswerModel>['schema']>;

export const toAllergy = (row: AllergyRow) => ({
  id: row._id.toString(),
  patientId: row.patientId.toString(),
  substance: row.substance,
  reaction: row.reaction ?? null,
  severity: SEVERITY_IDS.find((one) => one === row.severity) ?? null,
  since: row.since ?? null,
  noted: { name: row.notedByName, at: row.notedAt.toISOString() },
  ended:
    row.endedAt && row.endedByName
      ? { name: row.endedByName, at: row.endedAt.toISOString(), reason: row.endReason ?? '' }
      : null,
});
export type Allergy = ReturnType<typeof toAllergy>;

/**
 * What is known of a patient's allergies. `unasked` is not "none": nobody has asked, and each page says so.
 */
export function toAllergies(rows: readonly AllergyRow[], answer: AnswerRow | null) {
  const all = rows.map(toAllergy);
  const allergies = all.filter(({ ended }) => !ended);
  const status = allergies.length > 0 ? 'known' : answer ? 'none-known' : 'unasked';
  return {
    status: status as 'known' | 'none-known' | 'unasked',
    asked: answer ? { name: answer.askedByName, at: answer.askedAt.toISOString() } : null,
    allergies,
    ended: all.filter((one) => one.ended),
  };
}
export type Allergies = ReturnType<typeof toAllergies>;
