import type { Metadata } from 'next';
import { PaperByMail } from '@/app/(clinic)/_shell/paper-by-mail';
import { PaperView } from '@/components/paper/paper-view';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { PageHeader } from '@/components/ui/page-header';
import { openVisit } from '@/features/frontdesk/queue/queries';
import { listPrints, paperFrame } from '@/features/identity/papers/queries';
import { Prints } from '@/features/identity/papers/ui/prints';
import { paperQuery } from '@/features/record/prescriptions/schema';
import { LanguageLinks } from '@/features/record/prescriptions/ui/language-links';
import { readSummary } from '@/features/record/summaries/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Visit summary' };

export default async function SummaryPage({ params, searchParams }: PageProps<'/visits/[visitId]/summary'>) {
  const ctx = await staffPage('visits:read');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const asked = paperQuery.parse(await searchParams);
  const { subject, language, isSigned, email, makePaper } = await load(
    readSummary(ctx, visit.id, await paperFrame(ctx, visit.branchId), asked.language),
  );
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
            href={paths.summaryPrint(visit.id, language)}
            target="_blank"
            rel="noreferrer"
            className={buttonClass({ variant: 'primary' })}
          >
            <Icon of="printer" /> Print
          </a>
        }
      />
      <div className="mb-4 flex justify-center">
        <LanguageLinks href={paths.visitSummary(visit.id)} language={language} />
      </div>
      <PaperView paper={makePaper()} />
      <Prints prints={prints} timeZone={ctx.timeZone} />
      {isSigned ? <PaperByMail ctx={ctx} kind="summary" paperId={visit.id} email={email} /> : null}
    </>
  );
}
