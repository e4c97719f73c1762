import { OpenState } from '@/components/forms/open-state';
import type { Store } from '@/features/pharmacy/stores/dto';
import { closeStoreAction, reopenStoreAction } from '../actions';

/** Closes an empty store, or opens one again. */
export function StoreState({ store: { id, name, isActive, isFirst, isCounter } }: { store: Store }) {
  if (isFirst || isCounter) return null;
  return (
    <OpenState
      name={name}
      isOpen={isActive}
      confirm="Close the store"
      description="Nothing comes into it any more. Its movements stay, and it can be opened again."
      fields={{ storeId: id }}
      close={closeStoreAction}
      reopen={reopenStoreAction}
    />
  );
}
