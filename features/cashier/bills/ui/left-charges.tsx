import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { Charged } from './typed-lines';

/** What was done and taken off this bill again: it stays to be billed, one press away. */
export function LeftCharges({ left, onAdd }: { left: readonly Charged[]; onAdd: (charge: Charged) => void }) {
  if (left.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-text-muted">Stays to be billed:</span>
      {left.map((charge) => (
        <Button
          key={charge.id}
          size="sm"
          onClick={() => onAdd(charge)}
          aria-label={`Put ${charge.name} on the bill`}
        >
          <Icon of="plus" /> {charge.name}
        </Button>
      ))}
    </div>
  );
}
