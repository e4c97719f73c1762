import { withQuery } from '@/lib/address-query';
import { PLATFORM } from '@/lib/paths';
import type { EventListQuery, OrganizationListQuery } from '../schema';

export const organizationsHref = (query: OrganizationListQuery): string =>
  withQuery(PLATFORM.organizations, query);
export const eventsHref = (query: EventListQuery): string => withQuery(PLATFORM.events, query);
