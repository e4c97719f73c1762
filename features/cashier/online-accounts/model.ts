import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { PROVIDER_IDS } from './policy';

/**
 * A hospital's own account at a provider of payments. `_id` is the organization's: one account each. It is
 * kept here and not in the organization's database, so that an event finds its organization by the address
 * alone, and regular work asks only those that have one.
 */
const account = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    provider: { type: String, enum: PROVIDER_IDS, required: true },
    /** Sealed, and shown to nobody again. */
    secretKey: { type: String, required: true },
    /** Its last four characters, by which people know which of theirs it is. */
    keyEnding: { type: String, required: true },
    isLive: { type: Boolean, required: true },
    /** As the provider says; a restricted key may not be told. */
    accountId: String,
    accountName: String,
    currency: String,
    /** The part of the address for events that nobody can guess. */
    address: { type: String, required: true },
    /** Sealed; absent where the provider tells us nothing, and we ask it now and then. */
    eventSecret: String,
    /** The endpoint that we have made at the provider, and take away again. */
    endpointId: String,
    checkedAt: { type: Date, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// whose events come in at an address
account.index({ address: 1 }, { unique: true });
export const onlineAccountModel = defineMasterModel('OnlineAccount', 'online_accounts', account);
