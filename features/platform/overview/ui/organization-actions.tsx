'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { openCellAction, retryProvisioningAction, syncOrganizationAction } from '../actions';

export function SyncButton({ organizationId }: { organizationId: string }) {
  return (
    <ActionButton action={syncOrganizationAction} fields={{ organizationId }}>
      <Icon of="refresh-cw" />
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
      <Icon of="rotate-ccw" />
      Retry provisioning
      {name ? <span className="sr-only">of {name}</span> : null}
    </ActionButton>
  );
}

export function OpenCellButton({ cellId, acceptsNew }: { cellId: string; acceptsNew: boolean }) {
  if (acceptsNew) {
    return (
      <ConfirmAction
        trigger={
          <Button size="sm">
            Close to new organizations<span className="sr-only">: {cellId}</span>
          </Button>
        }
        title={`Close ${cellId} to new organizations`}
        description="Who is on it stays and works on. Databases that were prepared on it wait until it is open again."
        confirm="Close it"
        action={openCellAction}
        fields={{ cellId, acceptsNew: 'no' }}
      />
    );
  }
  return (
    <ActionButton size="sm" action={openCellAction} fields={{ cellId, acceptsNew: 'yes' }}>
      Open to new organizations
      <span className="sr-only">: {cellId}</span>
    </ActionButton>
  );
}
