import { demo } from './demo';

const KEY = 'sk_test_chakravue_local';

/** One request to the payment emulator, as Stripe's API takes it. */
async function ask(path: string, form?: Record<string, string>): Promise<unknown> {
  const { stripe } = demo();
  const answer = await fetch(`${stripe}${path}`, {
    headers: { authorization: `Bearer ${KEY}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`);
  return body;
}

type Listed<T> = { data: T[] };
type Clock = { id: string; frozen_time: number };

/**
 * A paying hospital's own time at the payment emulator: months pass in a moment, and the app is told as by
 * Stripe.
 */
export async function stripeTimeOf(email: string) {
  const found = (await ask(`/v1/customers?email=${encodeURIComponent(email)}`)) as Listed<{ id: string }>;
  const customer = found.data[0]?.id;
  if (!customer) throw new Error(`Nobody pays as ${email}`);
  const clock = (await ask(`/_emulator/customers/${customer}/clock`, {})) as Clock;
  let now = clock.frozen_time;
  return {
    customer,
    advanceDays: async (days: number): Promise<void> => {
      now += days * 86_400;
      await ask(`/v1/test_helpers/test_clocks/${clock.id}/advance`, { frozen_time: String(now) });
    },
    subscription: async () => {
      const list = (await ask(`/v1/subscriptions?customer=${customer}&status=all`)) as Listed<{
        id: string;
        status: string;
      }>;
      const newest = list.data[0];
      if (!newest) throw new Error('No subscription');
      return newest;
    },
    /** What the customer has paid so far, in cents. */
    paidCents: async (): Promise<number> => {
      const list = (await ask(`/v1/invoices?customer=${customer}&limit=100`)) as Listed<{
        amount_paid: number;
      }>;
      return list.data.reduce((sum, { amount_paid }) => sum + amount_paid, 0);
    },
  };
}

/** The next period of a paying hospital begins now, and its card is refused. */
export async function renewalRefused(email: string): Promise<void> {
  const { data } = (await ask(`/v1/customers?email=${encodeURIComponent(email)}`)) as Listed<{ id: string }>;
  const list = (await ask(`/v1/subscriptions?customer=${data[0]?.id}`)) as Listed<{ id: string }>;
  const id = list.data[0]?.id;
  const { stripe } = demo();
  const answer = await fetch(`${stripe}/_emulator/subscriptions/${id}/renew`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ outcome: 'payment_failed' }),
  });
  if (!answer.ok) throw new Error(`The renewal of ${email}: ${answer.status}`);
}
