import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** The ledger of changes: an ended day that was changed afterwards. Read and removed by the roll-up. */
const changeSchema = new Schema({ day: { type: String, required: true } }, { strict: 'throw' });
export const dayChangeModel = defineTenantModel('DayChange', 'day_changes', changeSchema);

/** A patient of whom something changed that says when they are due again. Read and removed by the recalls. */
const patientSchema = new Schema(
  { patientId: { type: Schema.Types.ObjectId, required: true } },
  { strict: 'throw' },
);
export const patientChangeModel = defineTenantModel('PatientChange', 'patient_changes', patientSchema);
