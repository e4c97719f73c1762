'use client';
import { RefreshCw, RotateCcw } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import { openCellAction, retryProvisioningAction, syncOrganizationAction } from '../actions';

export function SyncButton({ organizationId }: { organizationId: string }) {
  return (
    <ActionButton action={syncOrganizationAction} fields={{ organizationId }}>
      <RefreshCw aria-hidden="true" />
      Sync with Stripe
    </ActionButton>
  );
}

/** `name` where several organizations stand in a list: the buttons are told apart when read aloud. */
export function RetryProvisioningButton({ organizationId, name }: { organizationId: string; name?: string }) {
  return (
    <ActionButton
      {...(name ? { size: 'sm' as const } : { variant: 'primary' as const })}
      action={retryProvisioningAction}
      fields={{ organizationId }}
    >
      <RotateCcw aria-hidden="true" />
      Retry provisioning
      {name ? <span className="sr-only">of {name}</span> : null}
    </ActionButton>
  );
}

export function OpenCellButton({ cellId, acceptsNew }: { cellId: string; acceptsNew: boolean }) {
  return (
    <ActionButton
      size="sm"
      action={openCellAction}
      fields={{ cellId, acceptsNew: acceptsNew ? 'no' : 'yes' }}
    >
      {acceptsNew ? 'Close to new organizations' : 'Open to new organizations'}
      <span className="sr-only">: {cellId}</span>
    </ActionButton>
  );
}
