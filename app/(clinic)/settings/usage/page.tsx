import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { DescriptionList } from '@/components/ui/description-list';
import { Meter } from '@/components/ui/meter';
import { PageHeader } from '@/components/ui/page-header';
import { getOwnUse } from '@/features/fleet/usage/queries';
import { ActiveUsersChart, FeatureList } from '@/features/fleet/usage/ui/use-charts';
import { load, staffPage } from '@/lib/actions/staff';
import { formatBytes } from '@/lib/money';
import { formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Usage' };

export default async function OwnUsagePage() {
  const ctx = await staffPage('settings:read');
  const { summary, days, features } = await load(getOwnUse(ctx));
  return (
    <>
      <PageHeader title="Usage" description="What your organization uses of its plan, and how it is used." />
      <SettingsFrame hasOrganization>
        <div className="grid gap-8">
          <SettingsSection
            title="Limits of the plan"
            description={
              summary
                ? `Counted every hour, last on ${formatInstant(new Date(summary.summarizedAt), ctx.timeZone)}.`
                : 'Counted every hour.'
            }
          >
            {summary ? (
              <div className="grid gap-5">
                <Meter
                  label="Staff accounts and open invitations"
                  value={summary.staff.used}
                  max={summary.staff.limit}
                />
                <Meter
                  label="Storage of documents"
                  value={summary.storage.usedBytes}
                  max={summary.storage.limitBytes}
                  text={
                    summary.storage.limitBytes === null
                      ? `${formatBytes(summary.storage.usedBytes)}, no limit`
                      : `${formatBytes(summary.storage.usedBytes)} of ${formatBytes(summary.storage.limitBytes)}`
                  }
                />
                <DescriptionList
                  items={[
                    { label: 'Your database', value: formatBytes(summary.databaseBytes) },
                    { label: 'People in the last 7 days', value: summary.activeUsers.last7 },
                    { label: 'People in the last 30 days', value: summary.activeUsers.last30 },
                  ]}
                  columns={3}
                />
              </div>
            ) : (
              <p className="text-text-muted">The first figures appear within the hour.</p>
            )}
          </SettingsSection>
          <SettingsSection title="People" description="Different people who opened a page, per day.">
            <ActiveUsersChart days={days} />
          </SettingsSection>
          <SettingsSection title="Pages opened" description="In the last 30 days, the most used first.">
            <FeatureList features={features} />
          </SettingsSection>
        </div>
      </SettingsFrame>
    </>
  );
}
