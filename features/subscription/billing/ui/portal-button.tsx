'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { Icon } from '@/components/ui/icon';
import { openBillingPortalAction } from '../actions';

/** Card, invoices, cancellation: on Stripe's own pages. */
export function PortalButton() {
  return (
    <ActionForm
      action={openBillingPortalAction}
      warnOnLeave={false}
      onSuccess={({ url }) => window.location.assign(url)}
    >
      <SubmitButton>
        <Icon of="external-link" /> Open billing portal
      </SubmitButton>
    </ActionForm>
  );
}
