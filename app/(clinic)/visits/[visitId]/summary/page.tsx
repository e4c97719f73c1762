import { Printer } from 'lucide-react';
import type { Metadata } from 'next';
import { PaperView } from '@/components/paper/paper-view';
import { buttonClass } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { openVisit } from '@/features/frontdesk/queue/queries';
import { listPrints, paperFrame } from '@/features/identity/papers/queries';
import { Prints } from '@/features/identity/papers/ui/prints';
import { readSummary } from '@/features/record/summaries/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Visit summary' };

export default async function SummaryPage({ params }: PageProps<'/visits/[visitId]/summary'>) {
  const ctx = await staffPage('visits:read');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const { subject, makePaper } = await load(readSummary(ctx, visit.id, await paperFrame(ctx)));
  const prints = await load(listPrints(ctx, subject));
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Queue', href: paths.queue },
          { label: `Token ${visit.token}`, href: paths.visit(visit.id) },
          { label: 'Summary' },
        ]}
        title="Visit summary"
        actions={
          <a
            href={paths.summaryPrint(visit.id)}
            target="_blank"
            rel="noreferrer"
            className={buttonClass({ variant: 'primary' })}
          >
            <Printer aria-hidden="true" /> Print
          </a>
        }
      />
      <PaperView paper={makePaper()} />
      <Prints prints={prints} timeZone={ctx.timeZone} />
    </>
  );
}
