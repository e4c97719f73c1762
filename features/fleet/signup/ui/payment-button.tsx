'use client';
import { loadStripe } from '@stripe/stripe-js/pure';
import { useRef, useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/lib/action-result';
import { continuePaymentAction } from '../actions';
import { ToPayment } from './to-payment';

type Payment = { url: string; clientSecret: string | null };
const SCRIPT_TIMEOUT_MS = 4_000;

/** Stripe's script, or null when it cannot be loaded in time: then the hosted page does the same. */
async function tryStripe(publishableKey: string) {
  const timeout = new Promise<null>((resolve) => setTimeout(() => resolve(null), SCRIPT_TIMEOUT_MS));
  return Promise.race([loadStripe(publishableKey).catch(() => null), timeout]);
}

/** Pays on this page where Stripe's script can be loaded, else on the hosted page. */
export function PaymentButton({ token, publishableKey }: { token: string; publishableKey: string | null }) {
  const [isEmbedded, setEmbedded] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const frame = useRef<HTMLDivElement>(null);

  async function pay(previous: ActionResult<Payment>, form: FormData): Promise<ActionResult<Payment>> {
    const stripe = publishableKey ? await tryStripe(publishableKey) : null;
    form.set('mode', stripe ? 'embedded_page' : 'hosted_page');
    const result = await continuePaymentAction(previous, form);
    const secret = result.status === 'ok' ? result.data.clientSecret : null;
    if (stripe && secret) {
      const checkout = await stripe.createEmbeddedCheckoutPage({ fetchClientSecret: async () => secret });
      setEmbedded(true);
      if (frame.current) checkout.mount(frame.current);
    }
    return result;
  }

  return (
    <>
      <div ref={frame} hidden={!isEmbedded} />
      {isEmbedded ? null : (
        <ActionForm
          action={pay}
          onSuccess={({ url, clientSecret }) => {
            if (clientSecret || !url) return;
            setLeaving(true);
            window.location.assign(url);
          }}
        >
          <input type="hidden" name="token" value={token} />
          <ToPayment isLeaving={isLeaving} label="Continue to payment" />
        </ActionForm>
      )}
    </>
  );
}
