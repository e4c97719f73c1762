import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** The address book of a hospital: whom its patients are sent to. */
const addresseeSchema = new Schema(
  {
    name: { type: String, required: true },
    /** The name as it is sorted and compared. */
    nameKey: { type: String, required: true },
    speciality: String,
    place: String,
    phone: String,
    email: String,
    savedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// the list by name; one of a name
addresseeSchema.index({ nameKey: 1 }, { unique: true });

export const addresseeModel = defineTenantModel('Addressee', 'addressees', addresseeSchema, {
  sensitive: ['place', 'phone', 'email'],
});
