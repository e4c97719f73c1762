import type Stripe from 'stripe';
import type { CardDetails } from './cards';
import type { LineFields } from './objects/invoice';

/** What Stripe knows of a checkout session but shows only on request, or never. */
export type CheckoutRecord = {
  session: Stripe.Checkout.Session;
  lineItems: Stripe.LineItem[];
  /** Of the subscription, the setup intent or the payment intent that it leads to. */
  subscriptionMetadata: Stripe.Metadata;
  subscriptionDescription: string | null;
  /** Absent in what older versions wrote. */
  trialEndAfterDays?: number | null;
  coupon?: string | null;
  promotionCode?: string | null;
  /** The promotion code as it is written, for the page. */
  promotionText?: string | null;
  /** A card that waits for its owner's confirmation; the full number is never kept. */
  waitingCard: (CardDetails & { email: string | null }) | null;
};

export type Delivery = {
  id: string;
  event: string;
  /** Absent: the endpoint that was configured outside of the API. */
  endpoint?: string;
  type: string;
  state: 'pending' | 'delivered' | 'failed';
  attempts: number;
  /** Milliseconds since 1970, unlike Stripe's own times: the first retries are half a second apart. */
  createdAt: number;
  nextAttemptAt: number | null;
  lastStatus: number | null;
  lastError: string | null;
  deliveredAt: number | null;
};

/** An account beside the first, with the one key that opens it. */
export type StoredAccount = {
  id: string;
  name: string;
  country: string;
  currency: string;
  secretKey: string;
};

/** An endpoint for events; its secret is told once, when it is made. */
type StoredEndpoint = { id: string; endpoint: Stripe.WebhookEndpoint; secret: string };

/** What has been done once and is not done again, for example the warning before a trial ends. */
type Mark = { id: string };
/** What the account's owner chooses in Stripe's dashboard. */
type Settings = { afterLastRetry: 'cancel' | 'unpaid' | 'past_due' };

/** How events reach the webhook; anything but the normal way is asked for by a test. */
export type DeliveryPlan = { id: 'plan'; hold: boolean; shuffle: boolean; times: number; delayMs: number };
export const NORMAL_DELIVERY: DeliveryPlan = {
  id: 'plan',
  hold: false,
  shuffle: false,
  times: 1,
  delayMs: 0,
};

/** A card that waits until its owner confirms the payment of an invoice. */
type WaitingCard = { id: string; card: CardDetails };

/** Prorations that wait for a subscription's next invoice. */
type PendingLines = { subscription: string; lines: LineFields[] };

type StoredAnswer = {
  key: string;
  endpoint: string;
  params: string;
  status: number;
  body: string;
  requestId: string;
  createdAt: number;
};

export type Collections = {
  customers: Stripe.Customer | Stripe.DeletedCustomer;
  products: Stripe.Product | Stripe.DeletedProduct;
  prices: Stripe.Price;
  checkouts: CheckoutRecord;
  subscriptions: Stripe.Subscription;
  invoices: Stripe.Invoice;
  paymentMethods: Stripe.PaymentMethod;
  portalSessions: Stripe.BillingPortal.Session;
  pendingLines: PendingLines;
  events: Stripe.EventBase;
  deliveries: Delivery;
  answers: StoredAnswer;
  testClocks: Stripe.TestHelpers.TestClock;
  schedules: Stripe.SubscriptionSchedule;
  coupons: Stripe.Coupon;
  promotionCodes: Stripe.PromotionCode;
  discounts: Stripe.Discount;
  charges: Stripe.Charge;
  refunds: Stripe.Refund;
  creditNotes: Stripe.CreditNote;
  invoicePayments: Stripe.InvoicePayment;
  marks: Mark;
  settings: Settings;
  disputes: Stripe.Dispute;
  taxIds: Stripe.TaxId;
  balanceTransactions: Stripe.CustomerBalanceTransaction;
  setupIntents: Stripe.SetupIntent;
  deliveryPlan: DeliveryPlan;
  waitingCards: WaitingCard;
  paymentIntents: Stripe.PaymentIntent;
  webhookEndpoints: StoredEndpoint;
  accounts: StoredAccount;
};
export type CollectionName = keyof Collections;
export type Change = [collection: CollectionName, id: string, value: Collections[CollectionName] | null];

export const NAMES: readonly CollectionName[] = [
  'customers',
  'products',
  'prices',
  'checkouts',
  'subscriptions',
  'invoices',
  'paymentMethods',
  'portalSessions',
  'pendingLines',
  'events',
  'deliveries',
  'answers',
  'testClocks',
  'schedules',
  'coupons',
  'promotionCodes',
  'discounts',
  'charges',
  'refunds',
  'creditNotes',
  'invoicePayments',
  'marks',
  'settings',
  'disputes',
  'taxIds',
  'balanceTransactions',
  'setupIntents',
  'deliveryPlan',
  'waitingCards',
  'paymentIntents',
  'webhookEndpoints',
  'accounts',
];
export type Tables = { [K in CollectionName]: Map<string, Collections[K]> };
export const emptyTables = (): Tables => ({
  customers: new Map(),
  products: new Map(),
  prices: new Map(),
  checkouts: new Map(),
  subscriptions: new Map(),
  invoices: new Map(),
  paymentMethods: new Map(),
  portalSessions: new Map(),
  pendingLines: new Map(),
  events: new Map(),
  deliveries: new Map(),
  answers: new Map(),
  testClocks: new Map(),
  schedules: new Map(),
  coupons: new Map(),
  promotionCodes: new Map(),
  discounts: new Map(),
  charges: new Map(),
  refunds: new Map(),
  creditNotes: new Map(),
  invoicePayments: new Map(),
  marks: new Map(),
  settings: new Map(),
  disputes: new Map(),
  taxIds: new Map(),
  balanceTransactions: new Map(),
  setupIntents: new Map(),
  deliveryPlan: new Map(),
  waitingCards: new Map(),
  paymentIntents: new Map(),
  webhookEndpoints: new Map(),
  accounts: new Map(),
});
