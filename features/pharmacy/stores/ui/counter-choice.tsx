import { ActionButton } from '@/components/forms/action-button';
import { chooseCounterAction } from '../actions';
import type { NamedStore } from './store-field';

/** From which store this person gives out; a hospital with one is not asked. */
export function CounterChoice({ stores, chosen }: { stores: readonly NamedStore[]; chosen: NamedStore }) {
  if (stores.length < 2) return null;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2 text-sm">
      <p className="text-text-muted">
        You give out from <strong className="font-medium text-text">{chosen.name}</strong>.
      </p>
      {stores
        .filter(({ id }) => id !== chosen.id)
        .map(({ id, name }) => (
          <ActionButton key={id} size="sm" action={chooseCounterAction} fields={{ storeId: id }}>
            From {name}
          </ActionButton>
        ))}
    </div>
  );
}
