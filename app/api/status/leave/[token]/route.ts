import { endSubscription, readLeaveLink } from '@/features/fleet/status/subscribers';
import { oneClick } from '@/lib/actions/one-click';
import { paths } from '@/lib/paths';

export const { GET, POST } = oneClick({
  isKnown: (token) => readLeaveLink(token) !== null,
  end: endSubscription,
  page: paths.statusLeave,
});
