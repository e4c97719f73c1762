import type { Metadata } from 'next';
import { PaperBlocks } from '@/components/paper/paper-view';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { SearchInput } from '@/components/ui/search-input';
import { readGlassesCode } from '@/features/record/spectacles/code';
import { lastValidDay, spectacleBlocks } from '@/features/record/spectacles/paper';
import { staffPage } from '@/lib/actions/staff';
import { formatDay, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Read glasses' };

/** What is printed on glasses for a scanner, in words again. Nothing is looked up: it says no name. */
export default async function ReadGlassesPage({ searchParams }: PageProps<'/glasses/read'>) {
  const ctx = await staffPage('prescriptions:read');
  const { q } = await searchParams;
  const typed = typeof q === 'string' ? q.trim() : '';
  const read = readGlassesCode(typed);
  const isOver = read && lastValidDay(read.day, read.spectacles.validMonths) < today(ctx.timeZone);
  return (
    <>
      <PageHeader
        title="Read glasses"
        description="Scan the code that is printed on a prescription of glasses."
      />
      <div className="grid max-w-3xl gap-5">
        <SearchInput label="Scan the code" placeholder="CVG3…" autoFocus className="sm:max-w-md" />
        {typed && !read ? (
          <Alert tone="warning" title="This code cannot be read">
            Scan it again, or type the values from the paper.
          </Alert>
        ) : null}
        {read ? (
          <Section
            title="Glasses"
            description={`Prescribed ${formatDay(read.day)}`}
            actions={isOver ? <Badge tone="danger">No longer valid</Badge> : null}
          >
            <PaperBlocks blocks={spectacleBlocks(read.spectacles, read.day)} />
          </Section>
        ) : null}
      </div>
    </>
  );
}
