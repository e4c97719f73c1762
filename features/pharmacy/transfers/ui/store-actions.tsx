import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Button } from '@/components/ui/button';
import type { Store } from '@/features/pharmacy/stores/dto';
import { closeStoreAction, reopenStoreAction } from '../actions';

/** Closes an empty store, or opens one again. */
export function StoreState({ store: { id, name, isActive, isFirst, isCounter } }: { store: Store }) {
  if (isFirst || isCounter) return null;
  return isActive ? (
    <ConfirmAction
      trigger={
        <Button size="sm" aria-label={`Close ${name}`}>
          Close
        </Button>
      }
      title={`Close ${name}?`}
      description="Nothing comes into it any more. Its movements stay, and it can be opened again."
      confirm="Close the store"
      action={closeStoreAction}
      fields={{ storeId: id }}
    />
  ) : (
    <ActionButton
      size="sm"
      action={reopenStoreAction}
      fields={{ storeId: id }}
      aria-label={`Open ${name} again`}
    >
      Open again
    </ActionButton>
  );
}
