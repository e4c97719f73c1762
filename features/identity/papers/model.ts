import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** One row: what stands at the top of each paper. */
const letterheadSchema = new Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    secondName: String,
    address: { type: String, default: '' },
    phone: String,
    registration: String,
    /** Doctors with their degrees, a line each. */
    doctors: String,
    footer: String,
    /** When the hospital is open, in words. */
    openingHours: String,
    /** A PNG in base64, drawn by us. */
    logo: String,
    size: { type: String, required: true },
    isPreprinted: { type: Boolean, required: true },
    top: { type: Number, required: true },
    bottom: { type: Number, required: true },
    side: { type: Number, required: true },
    /** Names of VISIT_PAPERS with commas between them; absent until somebody has chosen. */
    visitPapers: String,
    /** How long a prescription of glasses holds unless its writer says otherwise. */
    glassesMonths: Number,
  },
  { timestamps: true, strict: 'throw' },
);
export const letterheadModel = defineTenantModel('Letterhead', 'letterheads', letterheadSchema, {
  sensitive: ['logo'],
});

/** Each time that a paper was printed: the second one of the same is a copy. Written once, never changed. */
const printSchema = new Schema(
  {
    /** Such as `prescription:<id>:v2`: a new version is a new paper. */
    subject: { type: String, required: true, immutable: true },
    byName: { type: String, required: true, immutable: true },
    at: { type: Date, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// how often a paper was printed, and the last times
printSchema.index({ subject: 1, at: -1 });
// what was printed in a span of time
printSchema.index({ at: 1 });
export const printModel = defineTenantModel('PaperPrint', 'paper_prints', printSchema);
