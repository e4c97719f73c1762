import { z } from 'zod';
import { cursor, day, orNothing } from '@/lib/address-query';
import { id } from '@/lib/fields';
import { ORGANIZATION_STATES, PLAN_IDS } from '@/lib/master/vocabulary';
import { EVENT_KINDS, EVENT_OUTCOMES } from './policy';

export const ORGANIZATION_SORTS = ['-created', 'created', 'name', '-name'] as const;
export type OrganizationSort = (typeof ORGANIZATION_SORTS)[number];

export const organizationListQuery = z.object({
  q: orNothing(z.string().trim().min(1).max(100)),
  /** One state, or both that mean that a payment is missing. */
  status: orNothing(z.enum([...ORGANIZATION_STATES, 'overdue'])),
  kind: orNothing(z.enum(['customer', 'other'])),
  plan: orNothing(z.enum(PLAN_IDS)),
  sort: orNothing(z.enum(ORGANIZATION_SORTS)),
  after: cursor(),
  before: cursor(),
});
export type OrganizationListQuery = z.output<typeof organizationListQuery>;

/** `?q=` of the search from anywhere; too short or malformed means that nothing was asked. */
export const companySearchQuery = z.object({ q: orNothing(z.string().trim().min(2).max(100)) });

export const eventListQuery = z.object({
  kind: orNothing(z.enum(EVENT_KINDS)),
  outcome: orNothing(z.enum(EVENT_OUTCOMES)),
  after: cursor(),
  before: cursor(),
});
export type EventListQuery = z.output<typeof eventListQuery>;

export const pageQuery = z.object({ after: cursor(), before: cursor() });
export type PageQuery = z.output<typeof pageQuery>;

export const platformAuditQuery = z.object({
  /** The exact name of an action: `ticket.answer`. */
  q: orNothing(z.string().regex(/^[a-z0-9.-]{1,60}$/)),
  result: orNothing(z.enum(['ok', 'refused', 'failed'])),
  organization: orNothing(id('')),
  /** Somebody's e-mail address, or the network address of a visitor. */
  who: orNothing(z.string().trim().min(1).max(254)),
  /** Days in UTC. */
  from: day(),
  to: day(),
  after: cursor(),
  before: cursor(),
});
export type PlatformAuditQuery = z.output<typeof platformAuditQuery>;

export const organizationInput = z.object({ organizationId: id('We could not find that organization.') });
export const cellInput = z.object({
  cellId: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'We could not find that cell.'),
  acceptsNew: z.enum(['yes', 'no'], 'Say whether the cell takes new organizations.'),
});
export const replayEventInput = z.object({
  eventId: z.string().regex(/^evt_[A-Za-z0-9_]{1,200}$/, 'We could not find that event.'),
});
