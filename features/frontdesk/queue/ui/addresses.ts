import { paths } from '@/lib/paths';
import type { Station } from '../policy';
import type { QueueView } from '../schema';

/** The address of the queue; what is as it would be anyway, for who works at `own`, is left out. */
export function queueHref(query: {
  station: QueueView;
  own: Station | null;
  doctor: string | undefined;
}): string {
  const params = new URLSearchParams();
  if (query.station !== (query.own ?? 'all')) params.set('station', query.station);
  if (query.doctor) params.set('doctor', query.doctor);
  return params.size > 0 ? `${paths.queue}?${params}` : paths.queue;
}
