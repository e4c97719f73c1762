import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { CONSULTATION_IDS, GROUP_IDS } from './policy';

const service = new Schema(
  {
    code: { type: String, required: true },
    name: { type: String, required: true },
    group: { type: String, enum: GROUP_IDS, required: true },
    taxClass: { type: String, required: true },
    /** Set where it is the fee that is proposed when somebody comes. */
    consultation: { type: String, enum: CONSULTATION_IDS },
    /** A package: what its price holds, and for how many days. */
    includes: {
      type: [
        new Schema(
          {
            serviceId: { type: Schema.Types.ObjectId, required: true },
            quantity: { type: Number, required: true },
          },
          { _id: false, strict: 'throw' },
        ),
      ],
      default: undefined,
    },
    includeDays: Number,
    isActive: { type: Boolean, required: true },
    sortName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// each code once
service.index({ code: 1 }, { unique: true });
// the list by group and name
service.index({ isActive: 1, group: 1, sortName: 1, _id: 1 });
export const serviceModel = defineTenantModel('Service', 'services', service);

/** What a service costs from a day on. Ended and added, never changed in its amount. */
const price = new Schema(
  {
    serviceId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    payer: { type: String, required: true, immutable: true },
    amountMinor: { type: Number, required: true, immutable: true },
    /** The amount holds the tax, as a printed maximum price does. */
    isInclusive: { type: Boolean, required: true, immutable: true },
    from: { type: String, required: true, immutable: true },
    /** The last day. */
    to: { type: String, required: true },
    byName: { type: String, required: true, immutable: true },
  },
  { timestamps: true, strict: 'throw' },
);
// the prices of a service, newest first
price.index({ serviceId: 1, from: -1, _id: -1 });
// what has not ended, of all services
price.index({ to: 1, serviceId: 1, _id: 1 });
export const priceModel = defineTenantModel('Price', 'prices', price);
