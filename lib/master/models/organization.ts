import 'server-only';
import { Schema } from 'mongoose';
import { onceWhereGiven } from '../../mongo';
import { defineMasterModel } from '../define-master-model';
import { HOLD_MODES, ORGANIZATION_PURPOSES, ORGANIZATION_STATES, PLAN_IDS, PROVIDERS } from '../vocabulary';

/** Where the organization's database lives. The connection string is ciphertext (lib/crypto). */
const placement = new Schema(
  {
    provider: {
      type: String,
      enum: PROVIDERS,
      required: true,
    },
    cellId: { type: String, required: true },
    databaseName: { type: String, required: true },
    isolation: { type: String, enum: ['dedicated-user', 'shared-user'], required: true },
    username: { type: String, required: true },
    /** Sealed `mongodb://user:password@...` of the organization's own database user. */
    connectionString: { type: String, required: true },
    schemaVersion: { type: Number, default: 0 },
  },
  { _id: false, strict: 'throw' },
);

/** A place at which it works, see `lib/branches.ts`. */
const branch = new Schema(
  {
    name: { type: String, required: true },
    isOpen: { type: Boolean, required: true },
    numberPrefix: String,
    address: String,
    phone: String,
    taxNumber: String,
  },
  { strict: 'throw' },
);

const schema = new Schema(
  {
    organizationName: { type: String, required: true },
    /** Folded name; with the country it is unique, so that one hospital does not sign up twice. */
    nameKey: { type: String, required: true },
    email: { type: String, required: true },
    phone: { type: String, required: true },
    industry: { type: String, required: true },
    country: { type: String, required: true },
    timeZone: { type: String, required: true },
    expectedUsers: { type: Number, required: true },
    plan: { type: String, enum: PLAN_IDS, required: true },
    status: { type: String, enum: ORGANIZATION_STATES, required: true },
    /** Said when it is made, and never changed: what was once a customer's cannot become a template. */
    purpose: { type: String, enum: ORGANIZATION_PURPOSES, default: 'customer', immutable: true },
    /** What a demo or a sandbox is filled from. */
    templateId: { type: Schema.Types.ObjectId, immutable: true },
    /** When it entered the status; drives what the billing page and sign-in say. */
    statusSince: { type: Date, required: true },
    /** What was chosen at sign-up, for coming back to the payment page. */
    checkoutChoice: {
      type: new Schema(
        { interval: { type: String, enum: ['month', 'year'] }, hasTrial: Boolean },
        { _id: false, strict: 'throw' },
      ),
    },
    /** The newest version of each agreement with us that was accepted (features/subscription/agreements). */
    acceptedVersions: { type: Map, of: String },
    /**
     * Of a sign-up with the address of an account: what was typed opens the unfinished sign-up, and never the
     * account.
     */
    signupPasswordHash: { type: String, select: false },
    stripeCustomerId: String,
    subscriptionId: String,
    /** What Stripe said last; written by syncSubscription alone. */
    subscription: {
      type: new Schema(
        {
          status: { type: String, required: true },
          plan: { type: String, required: true },
          priceCents: { type: Number, required: true },
          currency: { type: String, required: true },
          interval: { type: String, enum: ['month', 'year'], required: true },
          quantity: { type: Number, required: true },
          currentPeriodEnd: { type: Date, required: true },
          cancelAtPeriodEnd: { type: Boolean, required: true },
          canceledAt: Date,
          syncedAt: { type: Date, required: true },
          priceId: String,
          startedAt: Date,
          currentPeriodStart: Date,
          /** A cancellation that is asked for and has not come yet. */
          cancelAt: Date,
          trialEnd: Date,
          collectionMethod: String,
          isTaxAutomatic: Boolean,
          pause: {
            type: new Schema({ behavior: String, resumesAt: Date }, { _id: false, strict: 'throw' }),
          },
          discount: {
            type: new Schema(
              {
                id: String,
                name: String,
                percentOff: Number,
                amountOffCents: Number,
                endsAt: Date,
              },
              { _id: false, strict: 'throw' },
            ),
          },
          paymentMethod: {
            type: new Schema(
              { type: { type: String }, brand: String, last4: String, expMonth: Number, expYear: Number },
              { _id: false, strict: 'throw' },
            ),
          },
          latestInvoice: {
            type: new Schema(
              {
                id: String,
                number: String,
                status: String,
                totalCents: Number,
                remainingCents: Number,
                taxCents: Number,
                attemptCount: Number,
                nextPaymentAttempt: Date,
                hostedUrl: String,
              },
              { _id: false, strict: 'throw' },
            ),
          },
          /** A change of plan that Stripe's schedule makes later. */
          pendingChange: {
            type: new Schema(
              { scheduleId: String, plan: String, interval: String, priceCents: Number, at: Date },
              { _id: false, strict: 'throw' },
            ),
          },
        },
        { _id: false, strict: 'throw' },
      ),
    },
    /** Tickets of readers of Stripe: who drew a lower one than was written last writes nothing. */
    syncTicket: { type: Number, default: 0 },
    syncApplied: { type: Number, default: 0 },
    /** Something at Stripe that a person must settle; shown at /platform. */
    billingAlarm: {
      type: new Schema(
        {
          kind: { type: String, enum: ['two_live_subscriptions', 'customer_deleted', 'dispute'] },
          detail: String,
          since: Date,
        },
        { _id: false, strict: 'throw' },
      ),
    },
    /** While a payment is missing: since when, how far it has come, and when the next stage begins. */
    nonPayment: {
      type: new Schema(
        {
          since: { type: Date, required: true },
          /** The sum of all unpaid invoices. */
          owedCents: Number,
          stage: { type: String, enum: ['retrying', 'read_only', 'suspended', 'canceled'], required: true },
          nextStageAt: Date,
        },
        { _id: false, strict: 'throw' },
      ),
    },
    /** The trial end whose reminder has been mailed. */
    trialReminderFor: Date,
    /** End of what is paid for; null until the first payment. */
    expiresAt: Date,
    /**
     * Copied from the plan when granted, so that an agreed limit survives an edit of the table. null =
     * unlimited.
     */
    features: {
      type: new Schema(
        {
          maxUsers: { type: Number, default: null },
          maxStorage: { type: Number, default: null },
          enableAnalytics: { type: Boolean, required: true },
          enableReports: { type: Boolean, required: true },
        },
        { _id: false, strict: 'throw' },
      ),
      required: true,
    },
    /** Atomic counters: members + pending invitations, and stored bytes. */
    usage: {
      type: new Schema(
        {
          seats: { type: Number, default: 0 },
          storageBytes: { type: Number, default: 0 },
          /**
           * Grows with each change of the stored bytes or of their holds, so that a recount knows it was not
           * overtaken.
           */
          storageMoves: { type: Number, default: 0 },
        },
        { _id: false, strict: 'throw' },
      ),
      default: () => ({ seats: 0, storageBytes: 0 }),
    },
    placement,
    /** The one operation on its database that is under way, and what it keeps people from meanwhile. */
    hold: {
      type: new Schema(
        {
          operationId: { type: Schema.Types.ObjectId, required: true },
          mode: { type: String, enum: HOLD_MODES, required: true },
          since: { type: Date, required: true },
        },
        { _id: false, strict: 'throw' },
      ),
    },
    /** Numbers the databases that restores and moves make. */
    databaseGeneration: { type: Number, default: 0 },
    /** Closed by the company, whatever the subscription says. */
    suspension: {
      type: new Schema(
        { since: { type: Date, required: true }, reason: { type: String, required: true }, byName: String },
        { _id: false, strict: 'throw' },
      ),
    },
    /** What the owner asks of everybody's sign-in. */
    security: {
      type: new Schema(
        {
          requireSecondFactor: { type: Boolean, default: false },
          /** Until then people are only reminded. */
          requiredFrom: Date,
          idleMinutes: { type: Number, min: 5, max: 480 },
        },
        { _id: false, strict: 'throw' },
      ),
    },
    /** What was set up in the first days, so that nobody counts it again; when the list was put away. */
    onboarding: {
      type: new Schema({ done: { type: [String] }, putAwayAt: Date }, { _id: false, strict: 'throw' }),
    },
    /** How soon support answers, where more than the plan's promise was agreed. */
    agreedTarget: {
      type: new Schema(
        {
          minutes: { type: Number, required: true },
          counted: { type: String, enum: ['working', 'always'], required: true },
        },
        { _id: false, strict: 'throw' },
      ),
    },
    ownerId: { type: Schema.Types.ObjectId, required: true },
    /** Beside the first, which has a row once somebody has named it. */
    branches: { type: [branch], default: undefined },
    /** A customer asks to be moved up to Enterprise, with what it uses at that time. */
    offerRequest: {
      type: new Schema(
        {
          at: { type: Date, required: true },
          byName: { type: String, required: true },
          expectedUsers: { type: Number, required: true },
          note: String,
          seats: { type: Number, required: true },
          storageBytes: { type: Number, required: true },
        },
        { _id: false, strict: 'throw' },
      ),
    },
    /** What an Enterprise customer wrote when asking for an offer. */
    salesNote: String,
  },
  { timestamps: true, strict: 'throw' },
);

// /platform: who asks to be moved up
schema.index({ 'offerRequest.at': -1 }, { sparse: true });
// sign-up: the same hospital twice; not unique, because a name that nobody has paid for blocks nobody
schema.index({ nameKey: 1, country: 1 });
// signup.expire: sign-ups that wait for payment, the oldest first
schema.index({ status: 1, updatedAt: 1 });
// sign-up and sign-in: what a person has begun and not paid for
schema.index({ ownerId: 1, createdAt: -1 });
// webhook: customer -> organization
schema.index({ stripeCustomerId: 1 }, onceWhereGiven('stripeCustomerId'));
// billing.advance: whose next stage of non-payment has begun
schema.index({ 'nonPayment.nextStageAt': 1 }, { sparse: true });
// /platform: what a person must settle at Stripe
schema.index({ 'billingAlarm.since': 1 }, { sparse: true });
// /platform/revenue: subscriptions of a status, the soonest end of period first
schema.index({ 'subscription.status': 1, 'subscription.currentPeriodEnd': 1, _id: 1 });
// templates, demos and sandboxes: few among many
schema.index(
  { purpose: 1, nameKey: 1 },
  { partialFilterExpression: { purpose: { $in: ['template', 'demo', 'sandbox'] } } },
);
// /platform/organizations: newest first, filtered by status or plan
schema.index({ createdAt: -1, _id: -1 });
schema.index({ status: 1, createdAt: -1, _id: -1 });
schema.index({ plan: 1, createdAt: -1, _id: -1 });
schema.index({ status: 1, plan: 1, createdAt: -1, _id: -1 });
// /platform: search by any part of a name, an address, a phone or an id; it holds all that is looked at
schema.index({ nameKey: 1, email: 1, phone: 1, stripeCustomerId: 1, _id: 1 });
// /platform/organizations: by name, with the same filters
schema.index({ nameKey: 1, _id: 1 });
schema.index({ status: 1, nameKey: 1, _id: 1 });
schema.index({ plan: 1, nameKey: 1, _id: 1 });
schema.index({ status: 1, plan: 1, nameKey: 1, _id: 1 });

export const organizationModel = defineMasterModel('Organization', 'organizations', schema);
