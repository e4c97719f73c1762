import { Section } from '@/components/ui/card';
import { Timeline } from '@/components/ui/timeline';
import { formatInstant } from '@/lib/time';
import type { AuditLogEntry } from '../dto';

/** Who opened a patient's chart lately. */
export function ChartOpenings({
  openings,
  timeZone,
}: {
  openings: readonly AuditLogEntry[];
  timeZone: string;
}) {
  return (
    <Section title="Who opened this chart" description="The latest 20, newest first">
      {openings.length === 0 ? (
        <p className="text-text-muted">Nobody yet.</p>
      ) : (
        <Timeline
          items={openings.map((one) => ({
            id: String(one.seq),
            title: one.onBehalfOfName ? `${one.actorName} for ${one.onBehalfOfName}` : one.actorName,
            time: formatInstant(new Date(one.at), timeZone),
            description: one.role,
          }))}
        />
      )}
    </Section>
  );
}
