import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** Named counters: patient numbers, and the day's queue tokens. */
const schema = new Schema(
  { _id: { type: String, required: true }, value: { type: Number, required: true } },
  { strict: 'throw' },
);

export const counterModel = defineTenantModel('Counter', 'counters', schema);
