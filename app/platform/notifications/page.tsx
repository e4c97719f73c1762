import type { Metadata } from 'next';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { getNoticeChoices, listNotices } from '@/features/platform/notifications/queries';
import { noticeListQuery } from '@/features/platform/notifications/schema';
import { NoticeChoicesForm, NoticeList } from '@/features/platform/notifications/ui/notice-list';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Notifications' };

export default async function NotificationsPage({ searchParams }: PageProps<'/platform/notifications'>) {
  const ctx = await platformPage('account:own');
  const query = noticeListQuery.parse(await searchParams);
  const [{ notices, before, after }, { choices, version }] = await Promise.all([
    load(listNotices(ctx, query)),
    load(getNoticeChoices(ctx)),
  ]);
  return (
    <>
      <PageHeader title="Notifications" />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-4">
          <NoticeList notices={notices} />
          <Pagination
            summary={`${notices.length} shown, newest first`}
            previousHref={before ? withQuery(PLATFORM.notifications, { before }) : null}
            nextHref={after ? withQuery(PLATFORM.notifications, { after }) : null}
          />
        </div>
        <NoticeChoicesForm choices={choices} version={version} />
      </div>
    </>
  );
}
