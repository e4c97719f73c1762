import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** One document: how the hospital's own bills look and what its cashiers may do. */
const settings = new Schema(
  {
    _id: { type: String, required: true },
    /** Written once: amounts that are stored are in its smallest unit. */
    currency: { type: String, required: true },
    legalName: String,
    address: String,
    /** Where registered; without one no tax is charged or printed. */
    taxNumber: String,
    numberPrefix: String,
    upiAddress: String,
    /** A review with the same doctor within so many days costs nothing. */
    reviewDays: Number,
    /** Above it somebody else approves, in basis points. */
    discountLimitBp: Number,
    /** From this on cash is refused, per patient and day, in the smallest unit. */
    cashLimitMinor: Number,
    isRounded: Boolean,
    footer: String,
    /** Of the settings, for those who change them at the same time. */
    version: Number,
  },
  { timestamps: true, strict: 'throw' },
);

export const billSettingsModel = defineTenantModel('BillSettings', 'bill_settings', settings);
