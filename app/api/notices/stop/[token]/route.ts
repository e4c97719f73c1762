import { canStopNotices, stopNoticeMails } from '@/features/platform/notifications/service';
import { oneClick } from '@/lib/actions/one-click';
import { paths } from '@/lib/paths';

export const { GET, POST } = oneClick({
  isKnown: canStopNotices,
  end: stopNoticeMails,
  page: paths.stopNotices,
});
