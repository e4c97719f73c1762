'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { ExternalLink } from '@/components/ui/icons';
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
        <ExternalLink aria-hidden="true" /> Open billing portal
      </SubmitButton>
    </ActionForm>
  );
}
