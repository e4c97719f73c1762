import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Timeline } from '@/components/ui/timeline';
import { formatInstant } from '@/lib/time';
import { IMPACTS, INCIDENT_STATES, type Level, STATUS_COMPONENTS } from '../policy';
import type { Incident } from '../queries';

export const LEVEL_TONE: Record<Level, BadgeTone> = {
  up: 'success',
  unknown: 'neutral',
  maintenance: 'info',
  degraded: 'warning',
  outage: 'danger',
};

const inUtc = (iso: string): string => `${formatInstant(new Date(iso), 'UTC')} UTC`;

/** Incidents with what was said of them, the newest word first. */
export function IncidentCard({
  incident,
  isPlanned = false,
  children,
}: {
  incident: Incident;
  /** It has not begun. */
  isPlanned?: boolean;
  children?: React.ReactNode;
}) {
  return (
    <Card className="grid gap-4 p-4 sm:p-5">
      <div className="grid gap-1.5">
        <div className="flex flex-wrap items-center gap-2">
          <h3 className="font-semibold text-text">{incident.title}</h3>
          <Badge tone={incident.resolvedAt ? 'neutral' : LEVEL_TONE[incident.impact]}>
            {incident.resolvedAt ? 'Over' : IMPACTS[incident.impact]}
          </Badge>
        </div>
        <p className="text-[0.8125rem] text-text-muted">
          {incident.components.map((id) => STATUS_COMPONENTS[id]).join(', ')}
        </p>
        {isPlanned ? <p className="text-text">Begins {inUtc(incident.startedAt)}</p> : null}
      </div>
      <Timeline
        items={incident.updates.map(({ state, text, at }) => ({
          id: `${at}${state}`,
          title: INCIDENT_STATES[state],
          time: inUtc(at),
          description: <span className="whitespace-pre-line">{text}</span>,
          tone: state === 'resolved' ? ('success' as const) : ('warning' as const),
        }))}
      />
      {children}
    </Card>
  );
}
