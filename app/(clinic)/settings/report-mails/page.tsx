import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Skeleton } from '@/components/ui/skeleton';
import { listScheduledMails } from '@/features/insight/report-mails/queries';
import { type ReportMailListQuery, reportMailListQuery } from '@/features/insight/report-mails/schema';
import { ScheduledMails } from '@/features/insight/report-mails/ui/scheduled-mails';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';

export const metadata: Metadata = { title: 'Report mails' };

export default async function ReportMailsPage({ searchParams }: PageProps<'/settings/report-mails'>) {
  const ctx = await staffPage('settings:read');
  const query = reportMailListQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Report mails"
        description="Who gets your organization’s figures by mail. Each person asks for their own under Reports."
      />
      <SettingsFrame hasOrganization>
        <Suspense fallback={<Skeleton className="h-48 rounded-lg" />}>
          <Mails ctx={ctx} query={query} />
        </Suspense>
      </SettingsFrame>
    </>
  );
}

async function Mails({ ctx, query }: { ctx: TenantContext; query: ReportMailListQuery }) {
  const { mails, before, after } = await load(listScheduledMails(ctx, query));
  return (
    <div className="grid gap-4">
      <Section title="Scheduled" description="Times are by the clock of your organization." flush>
        {mails.length === 0 ? (
          <EmptyState
            icon={<Icon of="mail" />}
            title="No report goes out by mail"
            action={
              <Link href={paths.reports} className={buttonClass()}>
                Open Reports
              </Link>
            }
          >
            Under Reports, choose “By mail” to get the figures every day or every week.
          </EmptyState>
        ) : (
          <ScheduledMails mails={mails} timeZone={ctx.timeZone} canStop={ctx.can('settings:write')} />
        )}
      </Section>
      {before || after ? (
        <Pagination
          label="Pages of report mails"
          summary={`${mails.length} shown`}
          previousHref={before ? `${paths.reportMails}?before=${before}` : null}
          nextHref={after ? `${paths.reportMails}?after=${after}` : null}
        />
      ) : null}
    </div>
  );
}
