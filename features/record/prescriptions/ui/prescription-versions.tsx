import { Section } from '@/components/ui/card';
import { formatInstant } from '@/lib/time';
import type { PrescriptionVersion } from '../dto';
import type { Override, Stop } from '../policy';
import { PrescriptionLines } from './prescription-view';

/** What a signed prescription said before it was changed. */
export function PrescriptionVersions({
  versions,
  day,
  timeZone,
}: {
  versions: readonly PrescriptionVersion[];
  day: string;
  timeZone: string;
}) {
  if (versions.length === 0) return null;
  return (
    <Section title="Before it was changed" description="What the signed prescription said.">
      <ul className="grid gap-4">
        {versions.map((one) => (
          <li key={one.id}>
            <details>
              <summary className="cursor-pointer text-sm text-text">
                By {one.byName}, until {formatInstant(new Date(one.replacedAt), timeZone)}
              </summary>
              <p className="my-2 text-[0.8125rem] text-text-subtle">
                Changed by {one.replacedByName}: {one.reason}
              </p>
              <PrescriptionLines lines={one.lines} day={day} />
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What was stopped, and what was prescribed although a rule of safety spoke against it. */
export function PrescriptionReasons({
  stops,
  overrides,
}: {
  stops: readonly Stop[];
  overrides: readonly Override[];
}) {
  if (stops.length === 0 && overrides.length === 0) return null;
  return (
    <Section title="Reasons">
      <ul className="grid gap-2 text-sm text-text-muted">
        {stops.map(({ lineId, name, reason }) => (
          <li key={lineId}>
            <span className="font-medium text-text">{name} stopped:</span> {reason}
          </li>
        ))}
        {overrides.map(({ key, sentence, reason }) => (
          <li key={key}>
            <span className="font-medium text-text">{sentence}</span> Prescribed all the same: {reason}
          </li>
        ))}
      </ul>
    </Section>
  );
}
