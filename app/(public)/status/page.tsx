import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Alert } from '@/components/ui/alert';
import { HISTORY_DAYS, type Level } from '@/features/fleet/status/policy';
import { getStatus } from '@/features/fleet/status/queries';
import { IncidentCard } from '@/features/fleet/status/ui/incident-list';
import { PartList } from '@/features/fleet/status/ui/part-list';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';

export const metadata: Metadata = {
  title: 'Status',
  description: 'Whether each part of Chakravue works now, and how it was in the last ninety days.',
  alternates: { canonical: paths.status },
};

const OVERALL: Record<Level, { tone: 'success' | 'info' | 'warning' | 'danger'; title: string }> = {
  up: { tone: 'success', title: 'Everything works' },
  unknown: { tone: 'info', title: 'Not everything is measured right now' },
  maintenance: { tone: 'info', title: 'We are working on the system' },
  degraded: { tone: 'warning', title: 'Something is slow or partly broken' },
  outage: { tone: 'danger', title: 'Something does not work' },
};

export default async function StatusPage() {
  await connection();
  const { asOf, overall, parts, open, planned, past } = await getStatus();
  return (
    <div className="mx-auto grid w-full max-w-3xl gap-8 px-5 py-14">
      <h1 className="font-semibold text-4xl tracking-tight">Status</h1>
      <Alert tone={OVERALL[overall].tone} title={OVERALL[overall].title}>
        As of {formatInstant(new Date(asOf), 'UTC')} UTC.{' '}
        <a href={paths.statusSubscribe} className="underline underline-offset-2">
          Get it by mail
        </a>
      </Alert>
      {open.length > 0 ? (
        <section aria-labelledby="open" className="grid gap-3">
          <h2 id="open" className="font-semibold text-xl">
            Now
          </h2>
          {open.map((incident) => (
            <IncidentCard key={incident.id} incident={incident} />
          ))}
        </section>
      ) : null}
      {planned.length > 0 ? (
        <section aria-labelledby="planned" className="grid gap-3">
          <h2 id="planned" className="font-semibold text-xl">
            Planned
          </h2>
          {planned.map((incident) => (
            <IncidentCard key={incident.id} incident={incident} isPlanned />
          ))}
        </section>
      ) : null}
      <section aria-labelledby="parts" className="grid gap-3">
        <h2 id="parts" className="font-semibold text-xl">
          Parts
        </h2>
        <PartList parts={parts} />
      </section>
      <section aria-labelledby="past" className="grid gap-3">
        <h2 id="past" className="font-semibold text-xl">
          The last {HISTORY_DAYS} days
        </h2>
        {past.length === 0 ? (
          <p className="text-text-muted">
            {open.length > 0 ? 'Nothing else happened.' : 'Nothing happened.'}
          </p>
        ) : null}
        {past.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} />
        ))}
      </section>
    </div>
  );
}
