import type { EventListQuery, OrganizationListQuery } from '../schema';

export const PLATFORM = {
  overview: '/platform',
  organizations: '/platform/organizations',
  revenue: '/platform/revenue',
  usage: '/platform/usage',
  tickets: '/platform/tickets',
  feedback: '/platform/feedback',
  announcements: '/platform/announcements',
  status: '/platform/status',
  ticketReport: '/platform/tickets/report',
  savedAnswers: '/platform/tickets/answers',
  databases: '/platform/databases',
  events: '/platform/events',
  reconciliation: '/platform/events/reconciliation',
  audit: '/platform/audit',
} as const;

/** An address with what is known of its query; empty ones are left out. */
export function withQuery(path: string, query: Record<string, string | null | undefined>): string {
  const params = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return params.size > 0 ? `${path}?${params}` : path;
}

export const organizationsHref = (query: OrganizationListQuery): string =>
  withQuery(PLATFORM.organizations, query);
export const eventsHref = (query: EventListQuery): string => withQuery(PLATFORM.events, query);
