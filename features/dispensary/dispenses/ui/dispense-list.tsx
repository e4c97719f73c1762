import { Section } from '@/components/ui/card';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { formatDay, formatInstant } from '@/lib/time';
import type { Dispense } from '../dto';

/** What was given of a prescription, with the lots. */
export function DispenseList({ dispenses, timeZone }: { dispenses: readonly Dispense[]; timeZone: string }) {
  if (dispenses.length === 0) return null;
  return (
    <Section title="Given so far">
      <ul className="grid gap-3 text-sm">
        {dispenses.map(({ id, at, byName, lines }) => (
          <li key={id}>
            <p className="font-medium text-text">
              {formatInstant(new Date(at), timeZone)} by {byName}
            </p>
            {lines.map((line) => (
              <p key={line.lineId} className="text-text-muted">
                {line.notDispensedReason
                  ? `${line.name}: not dispensed, ${line.notDispensedReason}`
                  : `${line.name}: ${countOf(line.quantity, line.unit)}`}
                {line.lots.map((lot) => `, lot ${lot.lotNumber} (${formatDay(lot.expiresOn)})`).join('')}
                {line.agreedWith ? `, agreed with ${line.agreedWith}` : ''}
                {line.overrides
                  ?.map(({ sentence, reason }) => `. ${sentence} Given all the same: ${reason}`)
                  .join('')}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}
