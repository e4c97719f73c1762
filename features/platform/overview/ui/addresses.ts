import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import type { EventListQuery, OrganizationListQuery } from '../schema';

export const organizationsHref = (query: OrganizationListQuery): string =>
  withQuery(PLATFORM.organizations, query);
export const eventsHref = (query: EventListQuery): string => withQuery(PLATFORM.events, query);
