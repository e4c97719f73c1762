import type { Metadata } from 'next';
import { May } from '@/components/layout/may';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { listAnnouncements } from '@/features/support/announcements/queries';
import { AnnouncementDialog } from '@/features/support/announcements/ui/announcement-dialog';
import { AnnouncementList } from '@/features/support/announcements/ui/announcement-list';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Announcements' };

export default async function AnnouncementsPage() {
  const ctx = await platformPage('announcements:read');
  const rows = await load(listAnnouncements(ctx));
  const now = new Date().toISOString();
  return (
    <>
      <PageHeader
        title="Announcements"
        description="What hospitals read above every page: planned work, what is new, what they should know."
        actions={
          <May to="announcements:write">
            <AnnouncementDialog now={now} />
          </May>
        }
      />
      <Section title="Announcements" flush>
        <AnnouncementList rows={rows} now={now} />
      </Section>
    </>
  );
}
