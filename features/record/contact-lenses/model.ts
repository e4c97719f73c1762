import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const id = Schema.Types.ObjectId;

/** Contact lenses as they were prescribed. A change is a new row that replaces the one before it. */
const contactLensesSchema = new Schema(
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
    /** ContactLenses as JSON. */
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
contactLensesSchema.index({ requestKey: 1 }, { unique: true });
// what a visit has
contactLensesSchema.index({ visitId: 1, _id: -1 });
// a patient’s contact lenses, newest first
contactLensesSchema.index({ patientId: 1, _id: -1 });

export const contactLensesModel = defineTenantModel('ContactLenses', 'contact_lenses', contactLensesSchema, {
  sensitive: ['content', 'voidReason'],
});
