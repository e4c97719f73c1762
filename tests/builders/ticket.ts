import type { z } from 'zod';
import { openTicketInput } from '@/features/support/tickets/schema';
import { openTicket } from '@/features/support/tickets/service';
import type { TenantContext } from '@/lib/tenancy/context';

type Typed = z.input<typeof openTicketInput>;

/** What somebody types for a ticket. */
export const ticketFields = (facts: Partial<Typed> = {}): Typed => ({
  category: 'problem',
  priority: 'high',
  subject: 'The queue board is empty',
  message: 'Since this morning.',
  ...facts,
});

/** A ticket that somebody of the organization has opened at `at`. @returns its id */
export const aTicket = (ctx: TenantContext, facts: Partial<Typed> = {}, at?: Date): Promise<string> =>
  openTicket(ctx, openTicketInput.parse(ticketFields(facts)), at);
