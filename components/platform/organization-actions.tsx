'use client';
import { RefreshCw, RotateCcw } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import { retryProvisioningAction, syncOrganizationAction } from '@/lib/features/platform/actions';

export function SyncButton({ organizationId }: { organizationId: string }) {
  return (
    <ActionButton action={syncOrganizationAction} fields={{ organizationId }}>
      <RefreshCw aria-hidden="true" />
      Sync with Stripe
    </ActionButton>
  );
}

export function RetryProvisioningButton({ organizationId }: { organizationId: string }) {
  return (
    <ActionButton variant="primary" action={retryProvisioningAction} fields={{ organizationId }}>
      <RotateCcw aria-hidden="true" />
      Retry provisioning
    </ActionButton>
  );
}
