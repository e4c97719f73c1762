import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const count = new Schema(
  {
    kind: { type: String, enum: ['note', 'coin'], required: true },
    faceMinor: { type: Number, required: true },
    pieces: { type: Number, required: true },
  },
  { _id: false, strict: 'throw' },
);
const total = { type: Number, required: true, default: 0 };

/** A cashier's drawer from its opening to its count. */
const shift = new Schema(
  {
    cashierId: { type: String, required: true },
    cashierName: { type: String, required: true },
    /** Where; absent at the first branch. */
    branchId: Schema.Types.ObjectId,
    /** Of its opening; it takes nothing on another day. */
    day: { type: String, required: true },
    status: { type: String, enum: ['open', 'closed'], required: true },
    openedAt: { type: Date, required: true },
    floatMinor: { type: Number, required: true },
    /** What came in less what went out by method, written with each receipt. */
    totals: {
      type: new Schema(
        { cash: total, card: total, upi: total, transfer: total, cheque: total },
        { _id: false, strict: 'throw' },
      ),
      required: true,
    },
    receipts: { type: Number, required: true },
    /** Cash that colleagues have handed over to it, beside its float. */
    receivedMinor: Number,
    /** It is being handed over, and takes nothing until that is answered. */
    handoverId: Schema.Types.ObjectId,
    closedAt: Date,
    /** Its cashier, or the manager who counted it for them. */
    closedById: String,
    closedByName: String,
    count: { type: [count], default: undefined },
    countedMinor: Number,
    expectedMinor: Number,
    /** Counted less expected. */
    differenceMinor: Number,
    reason: String,
    /** How much of what was counted went to the bank; absent in shifts closed before there were deposits. */
    depositedMinor: Number,
    /** How much of what was counted went to the drawer of a colleague. */
    handedMinor: Number,
    handedToName: String,
    /** There is more of it here than its float. */
    isToDeposit: Boolean,
  },
  { timestamps: true, strict: 'throw' },
);
// the shifts of a day, and of a person, newest first
shift.index({ day: 1, openedAt: -1, _id: -1 });
shift.index({ cashierId: 1, openedAt: -1, _id: -1 });
// whose takings are still here, the oldest first
shift.index({ isToDeposit: 1, openedAt: 1, _id: 1 });
// what is still open
shift.index({ status: 1, openedAt: 1, _id: 1 });
export const shiftModel = defineTenantModel('Shift', 'shifts', shift, { sensitive: ['reason'] });

/**
 * One row per person with an open shift, so that however often it is opened, one is. Removed at the close.
 */
const open = new Schema(
  { _id: { type: String, required: true }, shiftId: { type: Schema.Types.ObjectId, required: true } },
  { strict: 'throw' },
);
export const openShiftModel = defineTenantModel('OpenShift', 'open_shifts', open);

/** A day of money. Each bill and each receipt raises its row, so that nothing comes in while it is closed. */
const day = new Schema(
  {
    _id: { type: String, required: true },
    isClosed: { type: Boolean, required: true },
    rows: { type: Number, required: true },
    closedAt: Date,
    closedByName: String,
    /** As they were at the close, for comparing what is read later. */
    billedMinor: Number,
    collectedMinor: Number,
  },
  { strict: 'throw' },
);
export const moneyDayModel = defineTenantModel('MoneyDay', 'money_days', day);
