import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { listMails } from '@/features/platform/mails/queries';
import { type MailListQuery, mailListQuery } from '@/features/platform/mails/schema';
import { MailsTable } from '@/features/platform/mails/ui/mails-table';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Mails' };

export default async function MailsPage({ searchParams }: PageProps<'/platform/mails'>) {
  const ctx = await platformPage('mails:read');
  const query = mailListQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Mails"
        description="Who was written to, about what, and whether it arrived. What a mail says is not kept, and mails to patients are not listed."
      />
      <Suspense fallback={<TableSkeleton columns={4} label="Loading mails" />}>
        <Mails ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function Mails({ ctx, query }: { ctx: PlatformContext; query: MailListQuery }) {
  const { mails, before, after } = await load(listMails(ctx, query));
  const { q, state, organization } = query;
  const href = (place: { before?: string; after?: string }) =>
    withQuery(PLATFORM.mails, { q, state, organization, ...place });
  return (
    <MailsTable
      rows={mails}
      isFiltered={Boolean(q ?? state ?? organization)}
      previousHref={before ? href({ before }) : null}
      nextHref={after ? href({ after }) : null}
    />
  );
}
