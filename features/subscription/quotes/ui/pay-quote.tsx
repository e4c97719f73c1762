'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { payQuoteAction } from '../actions';

/** From the offer to Stripe's payment page. */
export function PayQuote({ token }: { token: string }) {
  return (
    <ActionForm
      action={payQuoteAction}
      warnOnLeave={false}
      onSuccess={({ url }) => window.location.assign(url)}
    >
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg">Accept and pay</SubmitButton>
    </ActionForm>
  );
}
