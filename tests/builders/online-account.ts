import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { onlineAccountModel } from '@/features/cashier/online-accounts/model';
import { findAccountAt } from '@/features/cashier/online-accounts/queries';
import { saveOnlineAccountInput } from '@/features/cashier/online-accounts/schema';
import { saveOnlineAccount } from '@/features/cashier/online-accounts/service';
import { paymentEventModel } from '@/features/cashier/payment-links/model';
import { processEvent, receiveEvent } from '@/features/cashier/payment-links/service';
import { stripeWith } from '@/lib/stripe/client';
import type { TenantContext } from '@/lib/tenancy/context';

type Emulator = {
  control: (path: string, body?: object, key?: string) => Promise<{ status: number; body: unknown }>;
};

/** A hospital's own account at the emulator, set up as its owner does. */
export async function anOnlineAccount(ctx: TenantContext, emulator: Emulator) {
  const secretKey = `sk_test_${randomUUID().replaceAll('-', '')}`;
  await emulator.control('accounts', { secretKey, name: ctx.organization.name });
  await saveOnlineAccount(ctx, saveOnlineAccountInput.parse({ secretKey }));
  const { address } = await onlineAccountModel.findById(ctx.organizationId).orFail().lean();
  const stripe = stripeWith(secretKey);
  const control = (path: string, body: object = {}) => emulator.control(path, body, secretKey);
  /** The newest events at Stripe of a type. */
  const events = async (type: string) => (await stripe.events.list({ type, limit: 10 })).data;
  /** Tells one as Stripe does, signed; `at` and `secret` are those of this account unless said otherwise. */
  const tell = async (event: Stripe.Event, over: { at?: string; secret?: string } = {}) => {
    const secret = over.secret ?? (await findAccountAt(address))?.secret ?? '';
    const payload = JSON.stringify(event);
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret });
    return receiveEvent(over.at ?? address, Buffer.from(payload), signature);
  };
  return {
    ...{ secretKey, address, stripe, control, events, tell },
    /** Pays a page as the patient does. */
    pay: async (providerId: string) => {
      const { status, body } = await control(`checkout/${providerId}/complete`);
      if (status !== 200) throw new Error(`The payment failed: ${JSON.stringify(body)}`);
      return body as Stripe.Checkout.Session;
    },
    /** What the worker does with all that was told. */
    work: async () => {
      const rows = await paymentEventModel
        .find({ organizationId: ctx.organizationId, outcome: 'received' })
        .lean();
      for (const { _id } of rows) await processEvent(_id);
    },
  };
}
