'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormField } from '@/components/forms/form-field';
import { saveOnlineAccountAction } from '../actions';
import type { OnlineAccount } from '../dto';

const schema = async () => (await import('../schema')).saveOnlineAccountInput;

/** The key of the hospital's own account; it is checked at the provider before it is kept. */
export function AccountForm({ account }: { account: OnlineAccount | null }) {
  return (
    <ActionForm action={saveOnlineAccountAction} schema={schema} label="Account">
      <FormField
        name="secretKey"
        label={account ? 'New secret key' : 'Secret key'}
        type="password"
        autoComplete="off"
        help="Of your Stripe account: sk_live_… or a restricted key, rk_live_…, that may write Checkout Sessions, Refunds and Webhook Endpoints. Kept sealed, and never shown again."
        required
      />
      <FormField
        name="eventSecret"
        label="Signing secret"
        type="password"
        autoComplete="off"
        help="Only where you have made the endpoint for events at Stripe yourself: whsec_…"
      />
      <CurrentPassword help={PASSWORD_OR_CODE} />
      <FormActions>
        <SubmitButton pendingLabel="Asking Stripe">{account ? 'Change key' : 'Set up account'}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
