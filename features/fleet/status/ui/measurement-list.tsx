import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { LEVEL_LABEL } from '../policy';
import type { Measurement } from '../queries';
import { LEVEL_TONE } from './incident-list';

/** What is measured of each part, and what was wrong last. */
export function MeasurementList({ measurements }: { measurements: readonly Measurement[] }) {
  return (
    <Section
      title="Measured"
      description="Every two minutes. The public page shows the worse of this and the open incidents."
      flush
    >
      <ul className="divide-y divide-border">
        {measurements.map((one) => (
          <li key={one.id} className="grid gap-1 px-4 py-3 sm:px-5">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <h3 className="font-medium text-text">{one.name}</h3>
              <Badge tone={LEVEL_TONE[one.level]} dot>
                {LEVEL_LABEL[one.level]}
              </Badge>
            </div>
            <p className="text-[0.8125rem] text-text-muted">
              {one.checkedAt ? (
                <>
                  Measured <RelativeTime value={one.checkedAt} timeZone="UTC" />
                  {one.since && one.level !== 'unknown' ? (
                    <>
                      , the same since <RelativeTime value={one.since} timeZone="UTC" />
                    </>
                  ) : null}
                </>
              ) : (
                'Not measured yet. The worker does it; WORKER must be on in one process.'
              )}
            </p>
            {one.lastError && one.lastErrorAt ? (
              <p className="wrap-break-word text-[0.8125rem] text-text-muted">
                Last found wrong <RelativeTime value={one.lastErrorAt} timeZone="UTC" />:{' '}
                <span className="text-text">{one.lastError}</span>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
