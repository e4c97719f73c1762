import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { PLATFORM, paths } from '@/lib/paths';
import { counted } from '@/lib/words';
import type { BillingAttention } from '../queries/attention';
import { eventsHref } from './addresses';

const KIND_LABEL: Record<BillingAttention['alarms'][number]['kind'], string> = {
  two_live_subscriptions: 'Two subscriptions',
  customer_deleted: 'Deleted at Stripe',
  dispute: 'Disputed payment',
};

const linkClass = 'font-medium text-text underline-offset-4 hover:text-accent hover:underline';

/** What a person must settle, each line leading to where it is settled. */
export function BillingAttentionList({ attention }: { attention: BillingAttention }) {
  const { alarms, failedEvents, deadJobs, reconciliation } = attention;
  const lines = [
    ...(failedEvents > 0
      ? [
          {
            href: eventsHref({ outcome: 'failed' }),
            label: counted(failedEvents, 'Stripe event'),
            text: 'could not be processed. They are tried again by themselves; a fault on our side needs somebody to look.',
          },
        ]
      : []),
    ...(deadJobs > 0
      ? [
          {
            href: PLATFORM.organizations,
            label: counted(deadJobs, 'job'),
            text: 'gave up after every attempt. Those of an organization are shown on its page.',
          },
        ]
      : []),
    ...(reconciliation && (reconciliation.isLate || reconciliation.failed > 0)
      ? [
          {
            href: PLATFORM.reconciliation,
            label: 'The comparison with Stripe',
            text: reconciliation.isLate
              ? 'has not run for more than a day and a half.'
              : `could not compare ${counted(reconciliation.failed, 'organization')}.`,
          },
        ]
      : []),
  ];
  if (alarms.length === 0 && lines.length === 0) {
    return (
      <EmptyState title="Nothing to settle" className="py-8">
        Two subscriptions of one organization, disputed payments and failed events appear here.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-border">
      {alarms.map((alarm) => (
        <li key={alarm.organizationId} className="grid gap-1 px-4 py-3 sm:px-5">
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <Link href={paths.platformOrganization(alarm.organizationId)} className={linkClass}>
              {alarm.name}
            </Link>
            <Badge tone="danger">{KIND_LABEL[alarm.kind]}</Badge>
          </div>
          <p className="break-words text-[0.8125rem] text-text-muted">
            {alarm.detail} <RelativeTime value={alarm.since} timeZone="UTC" />
          </p>
        </li>
      ))}
      {lines.map(({ href, label, text }) => (
        <li key={href} className="px-4 py-3 text-[0.8125rem] text-text-muted sm:px-5">
          <Link href={href} className={`${linkClass} text-sm`}>
            {label}
          </Link>{' '}
          {text}
        </li>
      ))}
    </ul>
  );
}
