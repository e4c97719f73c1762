import type { ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { type Description, DescriptionList } from '@/components/ui/description-list';
import { EmptyState } from '@/components/ui/empty-state';
import { Meter } from '@/components/ui/meter';
import { RelativeTime } from '@/components/ui/relative-time';
import { Timeline } from '@/components/ui/timeline';
import { PLANS } from '@/features/subscription/billing/plans';
import { countryName } from '@/lib/countries';
import { PROVISIONING_STEPS } from '@/lib/master/vocabulary';
import { formatBytes, formatMoney } from '@/lib/money';
import { INDUSTRIES } from '@/lib/organizations/industries';
import { counted, dayInUtc, inDuration, inLatency, inUtc } from '@/lib/words';
import type { AuditEntry, OrganizationDetail, ProvisioningHistory } from '../dto';
import type { DatabaseHealth } from '../queries/databases';
import type { OrganizationFile } from '../queries/organizations';
import { STEP_LABEL } from './labels';

const labelOf = (labels: Readonly<Record<string, string>>, key: string): string => labels[key] ?? key;

/** An identifier of a machine: it is copied, not typed. */
function Code({ text, label }: { text: string | null; label: string }) {
  if (!text) return null;
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span className="break-all font-mono text-xs">{text}</span>
      <CopyButton text={text} label={`Copy ${label}`} />
    </span>
  );
}

export function OrganizationCard({ organization }: { organization: OrganizationDetail }) {
  const items: Description[] = [
    {
      label: 'Email',
      value: (
        <a className="text-accent underline-offset-4 hover:underline" href={`mailto:${organization.email}`}>
          {organization.email}
        </a>
      ),
    },
    { label: 'Phone', value: organization.phone },
    { label: 'Industry', value: labelOf(INDUSTRIES, organization.industry) },
    { label: 'Country', value: countryName(organization.country) },
    { label: 'Time zone', value: organization.timeZone },
    { label: 'Expected users', value: organization.expectedUsers },
    { label: 'Created', value: inUtc(organization.createdAt) },
    { label: 'In this status since', value: inUtc(organization.statusSince) },
    { label: 'Changed last', value: inUtc(organization.updatedAt) },
    { label: 'Organization id', value: <Code text={organization.id} label="the organization id" /> },
  ];
  return (
    <Section title="Organization">
      <DescriptionList columns={3} items={items} />
      {organization.salesNote ? (
        <div className="mt-5 border-border border-t pt-4">
          <p className="text-[0.8125rem] text-text-subtle">What they wrote</p>
          <p className="mt-1 whitespace-pre-line break-words text-text">{organization.salesNote}</p>
        </div>
      ) : null}
    </Section>
  );
}

export function SubscriptionCard({ organization }: { organization: OrganizationDetail }) {
  const { subscription, mrr } = organization;
  const common: Description[] = [
    { label: 'Plan', value: PLANS[organization.plan].name },
    { label: 'Paid until', value: organization.expiresAt ? dayInUtc(organization.expiresAt) : null },
    { label: 'Reports', value: organization.enableReports ? 'Included' : 'Not included' },
    { label: 'Analytics', value: organization.enableAnalytics ? 'Included' : 'Not included' },
    {
      label: 'Stripe customer',
      value: <Code text={organization.stripeCustomerId} label="the Stripe customer" />,
    },
    {
      label: 'Stripe subscription',
      value: <Code text={organization.subscriptionId} label="the Stripe subscription" />,
    },
  ];
  const paid: Description[] = subscription
    ? [
        {
          label: 'Status at Stripe',
          value: (
            <Badge tone={subscription.status === 'active' ? 'success' : 'warning'}>
              {subscription.status}
            </Badge>
          ),
        },
        {
          label: 'Price',
          value: `${formatMoney(subscription.priceCents * subscription.quantity, subscription.currency)} a ${subscription.interval}`,
        },
        { label: 'MRR', value: mrr ? formatMoney(mrr.cents, mrr.currency) : null },
        {
          label: subscription.cancelAtPeriodEnd ? 'Ends' : 'Renews',
          value: dayInUtc(subscription.currentPeriodEnd),
        },
        ...(subscription.canceledAt ? [{ label: 'Canceled', value: inUtc(subscription.canceledAt) }] : []),
        { label: 'Read from Stripe', value: inUtc(subscription.syncedAt) },
      ]
    : [];
  return (
    <Section title="Subscription">
      {subscription ? null : (
        <Alert className="mb-5" title="No subscription">
          Stripe has not reported a subscription of this organization yet.
        </Alert>
      )}
      <DescriptionList columns={3} items={[...paid, ...common]} />
    </Section>
  );
}

export function UsageCard({ organization, members }: { organization: OrganizationDetail; members: number }) {
  const { seats, storage } = organization;
  return (
    <Section title="In use">
      <div className="grid gap-5">
        <div className="grid gap-1">
          <Meter
            label="Staff accounts"
            value={seats.used}
            max={seats.limit}
            {...(seats.limit === null ? { text: `${seats.used}, no limit` } : {})}
          />
          <p className="text-[0.8125rem] text-text-subtle">
            {counted(members, 'active member')},{' '}
            {counted(Math.max(0, seats.used - members), 'open invitation')}
          </p>
        </div>
        <Meter
          label="Storage"
          value={storage.usedBytes}
          max={storage.limitBytes}
          text={
            storage.limitBytes === null
              ? `${formatBytes(storage.usedBytes)}, no limit`
              : `${formatBytes(storage.usedBytes)} of ${formatBytes(storage.limitBytes)}`
          }
        />
      </div>
    </Section>
  );
}

export function OwnerCard({ owner }: { owner: OrganizationFile['owner'] }) {
  return (
    <Section title="Owner">
      {owner ? (
        <DescriptionList
          items={[
            { label: 'Name', value: owner.name },
            {
              label: 'Email',
              value: (
                <a className="text-accent underline-offset-4 hover:underline" href={`mailto:${owner.email}`}>
                  {owner.email}
                </a>
              ),
            },
            { label: 'Email confirmed', value: owner.isEmailVerified ? 'Yes' : 'Not yet' },
            {
              label: 'Last sign-in',
              value: owner.lastSignInAt ? (
                <RelativeTime value={owner.lastSignInAt} timeZone="UTC" />
              ) : (
                'Never'
              ),
            },
          ]}
        />
      ) : (
        <p className="text-text-muted">The owner's account is gone.</p>
      )}
    </Section>
  );
}

export function DatabaseCard({
  organization,
  children,
}: {
  organization: OrganizationDetail;
  children: ReactNode;
}) {
  const { placement } = organization;
  return (
    <Section title="Database">
      {placement ? (
        <div className="grid gap-5">
          {children}
          <DescriptionList
            items={[
              { label: 'Name', value: <Code text={placement.databaseName} label="the database name" /> },
              { label: 'Provider and cell', value: `${placement.provider}, ${placement.cellId}` },
              {
                label: 'Isolation',
                value:
                  placement.isolation === 'dedicated-user'
                    ? 'A database user of its own'
                    : 'A shared database user',
              },
              { label: 'Database user', value: placement.username },
              { label: 'Schema version', value: placement.schemaVersion },
            ]}
          />
        </div>
      ) : (
        <p className="text-text-muted">It is made when the first payment has arrived.</p>
      )}
    </Section>
  );
}

/** What the database said just now. */
export function HealthList({ health }: { health: DatabaseHealth }) {
  if (!health.isReachable) {
    return (
      <Alert tone="danger" title="Not reachable">
        {health.reason}
      </Alert>
    );
  }
  return (
    <DescriptionList
      columns={2}
      items={[
        {
          label: 'Health',
          value: (
            <Badge tone="success" dot>
              Reachable
            </Badge>
          ),
        },
        { label: 'Latency', value: inLatency(health.latencyMs) },
        { label: 'Size', value: formatBytes(health.sizeBytes) },
        { label: 'Documents', value: health.documents.toLocaleString('en-US') },
        { label: 'Collections', value: health.collections },
      ]}
    />
  );
}

const stepLabel = (step: string): string => {
  const known = PROVISIONING_STEPS.find((one) => one === step);
  return known ? STEP_LABEL[known] : step;
};

export function ProvisioningCard({ provisioning }: { provisioning: ProvisioningHistory | null }) {
  if (!provisioning) {
    return (
      <Section title="Provisioning">
        <p className="text-text-muted">It has not begun.</p>
      </Section>
    );
  }
  const totalMs = provisioning.history.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return (
    <Section
      title="Provisioning"
      // Each look at it counts as an attempt: the number says something only where one has failed.
      description={`${provisioning.lastError ? `${counted(provisioning.attempts, 'attempt')}, ` : ''}${inDuration(totalMs)} of work`}
    >
      {provisioning.lastError ? (
        <Alert tone="danger" className="mb-4" title={`Stopped after "${stepLabel(provisioning.step)}"`}>
          <span className="break-words">{provisioning.lastError}</span>
        </Alert>
      ) : null}
      {provisioning.waitingFor ? (
        <Alert className="mb-4" title="At the vendor">
          {provisioning.waitingFor}
        </Alert>
      ) : null}
      <Timeline
        items={[
          { id: 'requested', title: STEP_LABEL.requested, time: inUtc(provisioning.startedAt) },
          ...provisioning.history.map((entry) => ({
            id: entry.id,
            title: stepLabel(entry.step),
            time: inDuration(entry.durationMs),
            tone: 'success' as const,
          })),
        ]}
      />
    </Section>
  );
}

const RESULT_TONE = { ok: 'success', refused: 'warning', failed: 'danger' } as const;

export function HistoryCard({ audit }: { audit: readonly AuditEntry[] }) {
  return (
    <Section title="Audit" description="What the company and the system did here">
      {audit.length > 0 ? (
        <Timeline
          items={audit.map((entry) => ({
            id: entry.id,
            title: entry.action,
            time: <RelativeTime value={entry.at} timeZone="UTC" />,
            description: `${entry.actorName}${entry.result === 'ok' ? '' : `, ${entry.result}`}`,
            tone: RESULT_TONE[entry.result],
          }))}
        />
      ) : (
        <EmptyState title="Nothing yet" className="py-6">
          Syncs, retries and other work on this organization appear here.
        </EmptyState>
      )}
    </Section>
  );
}
