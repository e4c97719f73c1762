import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { MADE_OUTCOME_IDS } from './policy';

const id = Schema.Types.ObjectId;

/** Glasses as they were prescribed. A change is a new row that replaces the one before it. */
const spectaclesSchema = new Schema(
  {
    /** Of the press that made it. */
    requestKey: { type: String, required: true, immutable: true },
    visitId: { type: id, required: true, immutable: true },
    patientId: { type: id, required: true, immutable: true },
    patientName: { type: String, required: true },
    patientNumber: { type: String, required: true },
    /** Of the visit. */
    day: { type: String, required: true, immutable: true },
    isVoid: { type: Boolean, required: true },
    /** Spectacles as JSON. */
    content: { type: String, required: true, immutable: true },
    signedAt: { type: Date, required: true, immutable: true },
    signedByName: { type: String, required: true, immutable: true },
    registrationNumber: { type: String, immutable: true },
    voidedAt: Date,
    voidedByName: String,
    voidReason: String,
  },
  { timestamps: true, strict: 'throw' },
);
// a press that arrives twice
spectaclesSchema.index({ requestKey: 1 }, { unique: true });
// what a visit has
spectaclesSchema.index({ visitId: 1, _id: -1 });
// what was prescribed on a day
spectaclesSchema.index({ day: 1, isVoid: 1 });
// a patient's glasses, newest first
spectaclesSchema.index({ patientId: 1, _id: -1 });

export const spectaclesModel = defineTenantModel('Spectacles', 'spectacles', spectaclesSchema, {
  sensitive: ['content', 'voidReason'],
});

/** What the optical shop made of a prescription, or that it did not. Written once; the last one counts. */
const madeSchema = new Schema(
  {
    spectaclesId: { type: id, required: true, immutable: true },
    /** 1, 2, ...: two people who note it at the same time do not both. */
    place: { type: Number, required: true, immutable: true },
    /** Absent in rows of before, which all say what was made otherwise. */
    outcome: { type: String, enum: MADE_OUTCOME_IDS, immutable: true },
    /** Spectacles and the reason as JSON. */
    content: { type: String, required: true, immutable: true },
    at: { type: Date, required: true, immutable: true },
    byName: { type: String, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// what was made of a prescription, in order
madeSchema.index({ spectaclesId: 1, place: 1 }, { unique: true });

export const madeGlassesModel = defineTenantModel('MadeGlasses', 'made_glasses', madeSchema, {
  sensitive: ['content'],
});
