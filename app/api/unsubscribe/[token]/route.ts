import { canUnsubscribe, unsubscribe } from '@/features/insight/report-mails/service';
import { oneClick } from '@/lib/actions/one-click';
import { paths } from '@/lib/paths';

export const { GET, POST } = oneClick({ isKnown: canUnsubscribe, end: unsubscribe, page: paths.unsubscribe });
