import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { formatInstant } from '@/lib/time';
import { counted } from '@/lib/words';
import { checksIn, type MeasuredLevel } from '../measured';
import { LEVEL_LABEL, STATUS_COMPONENTS } from '../policy';
import type { Part } from '../queries';
import { LEVEL_TONE } from './incident-list';

const inUtc = (iso: string): string => `${formatInstant(new Date(iso), 'UTC')} UTC`;

function measuredWords({ checkedAt, isStale, since }: Part): string {
  if (!checkedAt) return 'Not measured yet';
  if (since) return `Measured ${inUtc(checkedAt)}; trouble since ${inUtc(since)}`;
  return isStale ? `Not measured since ${inUtc(checkedAt)}` : `Measured ${inUtc(checkedAt)}`;
}

/** The parts of the product, how each does now and how it did in 90 days. */
export function PartList({ parts }: { parts: readonly Part[] }) {
  return (
    <Card>
      <ul className="divide-y divide-border">
        {parts.map((part) => (
          <li key={part.id} className="grid gap-2.5 px-4 py-4 sm:px-5">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <h3 className="font-medium text-text">{STATUS_COMPONENTS[part.id]}</h3>
              <Badge tone={LEVEL_TONE[part.level]} dot>
                {LEVEL_LABEL[part.level]}
              </Badge>
            </div>
            <UptimeBar part={part} />
            <div className="flex flex-wrap justify-between gap-x-4 text-[0.8125rem] text-text-muted">
              <p>
                {part.uptime.percent
                  ? `Worked in ${part.uptime.percent} of ${checksIn(part.uptime.checks)} on ${counted(part.uptime.days.filter(({ level }) => level !== null).length, 'day')}`
                  : 'No checks yet'}
              </p>
              <p>{measuredWords(part)}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Heights differ as well as colours: the bar is read by those who do not tell them apart. */
const BAR: Record<MeasuredLevel | 'none', string> = {
  up: 'h-full bg-success',
  degraded: 'h-2/3 bg-warning',
  outage: 'h-1/3 bg-danger',
  none: 'h-full bg-surface-sunken',
};

/** One element for each day: a page of them is large, and a phone has to wake each. */
function UptimeBar({ part }: { part: Part }) {
  return (
    <figure
      aria-label={`${STATUS_COMPONENTS[part.id]}, day by day`}
      // The days are many: what they share is said once.
      className="flex h-7 items-end gap-px overflow-hidden rounded-sm *:min-w-0 *:flex-1 *:rounded-[1px] sm:gap-0.5"
    >
      {part.uptime.days.map(({ day, level, text }) => (
        <span key={day} role="img" title={text} className={BAR[level ?? 'none']} />
      ))}
    </figure>
  );
}
