import { Section } from '@/components/ui/card';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { formatInstant } from '@/lib/time';
import type { MedicineReturn } from '../dto';
import { RETURN_PLACES, RETURN_REASONS } from '../policy';

/** What came back of a dispense so far. */
export function ReturnList({ returns, timeZone }: { returns: readonly MedicineReturn[]; timeZone: string }) {
  if (returns.length === 0) return null;
  return (
    <Section title="Came back">
      <ul className="grid gap-3 text-sm">
        {returns.map(({ id, at, byName, lines, reason, note }) => (
          <li key={id}>
            <p className="font-medium text-text">
              {formatInstant(new Date(at), timeZone)} by {byName}
            </p>
            {lines.map((line) => (
              <p key={line.movementId} className="text-text-muted">
                {line.name}: {countOf(line.quantity, line.unit)}, lot {line.lotNumber},{' '}
                {RETURN_PLACES[line.place].toLowerCase()}
                {line.isOpened ? ', opened' : ''}
              </p>
            ))}
            <p className="text-text-muted">{[RETURN_REASONS[reason], note].filter(Boolean).join('. ')}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
