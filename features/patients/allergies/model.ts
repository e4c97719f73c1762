import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** One substance that a patient does not bear. It is never removed: it ends, with a name and a reason. */
const allergySchema = new Schema(
  {
    patientId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    substance: { type: String, required: true, immutable: true },
    reaction: { type: String, immutable: true },
    severity: { type: String, immutable: true },
    since: { type: String, immutable: true },
    notedAt: { type: Date, required: true, immutable: true },
    notedByName: { type: String, required: true, immutable: true },
    endedAt: Date,
    endedByName: String,
    endReason: String,
  },
  { strict: 'throw' },
);
// a patient's allergies, in the order in which they were noted
allergySchema.index({ patientId: 1, notedAt: 1, _id: 1 });

export const allergyModel = defineTenantModel('Allergy', 'allergies', allergySchema, {
  sensitive: ['substance', 'reaction', 'severity', 'since', 'endReason'],
});

/** That somebody asked about allergies, under the patient's id: "none known" is an answer, silence is not. */
const askedSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    askedAt: { type: Date, required: true },
    askedByName: { type: String, required: true },
    /** Grows with each answer: of two people who write at once, one waits and sees the other's list. */
    revision: { type: Number, required: true, default: 0 },
  },
  { strict: 'throw' },
);

export const allergyAnswerModel = defineTenantModel('AllergyAnswer', 'allergy_answers', askedSchema);
