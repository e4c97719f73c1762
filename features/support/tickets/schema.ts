import { z } from 'zod';
import { announcedFile } from '@/features/patients/files/schema';
import { cursor, keysOf, orNothing } from '@/lib/address-query';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import {
  ATTACHMENT_MAX_BYTES,
  ATTACHMENTS_MAX,
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  type TicketCategory,
  type TicketPriority,
  type TicketStatus,
} from './policy';

const id = (what: string) => z.string().regex(/^[0-9a-f]{24}$/i, `We could not find that ${what}.`);
const text = z.string().trim().min(1, 'Write a message.').max(10_000, 'Use at most 10,000 characters.');

/** Of files that were uploaded before; until one has arrived, something that is no id stands in its place. */
const attachmentIds = z
  .array(z.string().max(100))
  .max(ATTACHMENTS_MAX, `Attach at most ${ATTACHMENTS_MAX} files.`)
  .refine((ids) => ids.every((one) => /^[0-9a-f]{24}$/i.test(one)), 'Wait until every file has arrived.')
  .refine((ids) => new Set(ids).size === ids.length, 'A file is attached twice.')
  .default([]);

export const attachmentInput = announcedFile(ATTACHMENT_MAX_BYTES);
export type AttachmentInput = z.output<typeof attachmentInput>;

export const openTicketInput = z.object({
  category: z.enum(keysOf<TicketCategory>(TICKET_CATEGORIES), 'Choose what it is about.'),
  priority: z.enum(keysOf<TicketPriority>(TICKET_PRIORITIES), 'Choose how urgent it is.'),
  subject: z
    .string()
    .trim()
    .min(3, 'Say in a few words what it is about.')
    .max(150, 'Use at most 150 characters.'),
  message: text,
  attachmentIds,
});
export type OpenTicketInput = z.output<typeof openTicketInput>;

export const replyTicketInput = z.object({ ticketId: id('ticket'), message: text, attachmentIds });
export const ticketInput = z.object({ ticketId: id('ticket') });
export const rateTicketInput = z.object({
  ticketId: id('ticket'),
  verdict: z.enum(['good', 'bad'], 'Say whether we helped you.'),
  comment: z.string().trim().max(1_000, 'Use at most 1,000 characters.').default(''),
});

export const answerTicketInput = z.object({
  ticketId: id('ticket'),
  version: z.coerce.number().int().min(0).max(1e9),
  message: text,
  attachmentIds,
  /** What the ticket is afterwards; a note leaves it as it is. */
  outcome: z.enum(['waiting', 'solved', 'note'], 'Say what becomes of the ticket.'),
});
export const assignTicketInput = z.object({
  ticketId: id('ticket'),
  assigneeId: z.union([id('colleague'), z.literal('')]).default(''),
});
export const setPriorityInput = z.object({
  ticketId: id('ticket'),
  priority: z.enum(keysOf<TicketPriority>(TICKET_PRIORITIES)),
});
export const agreedTargetInput = z
  .object({
    organizationId: id('organization'),
    /** Empty: the plan's promise. */
    hours: z.union([
      z.literal('').transform(() => null),
      z.coerce
        .number('Enter hours, such as 4 or 0.5.')
        .min(0.25, 'Promise at least a quarter of an hour.')
        .max(240, 'Promise at most 240 hours.'),
    ]),
    counted: z.enum(['working', 'always'], 'Choose which hours count.'),
  })
  .transform(({ organizationId, hours, counted }) => ({
    organizationId,
    agreed: hours === null ? null : { minutes: Math.round(hours * 60), counted },
  }));
export const saveAnswerInput = z.object({
  answerId: z.union([id('answer'), z.literal('')]).default(''),
  title: z.string().trim().min(1, 'Give the answer a name.').max(80, 'Use at most 80 characters.'),
  text,
});
export const answerIdInput = z.object({ answerId: id('answer') });

export const ticketListQuery = z.object({ after: cursor(), before: cursor() });
export const deskQuery = z.object({
  status: orNothing(z.enum(keysOf<TicketStatus>(TICKET_STATUSES))),
  assignee: orNothing(z.enum(['me', 'nobody'])),
  priority: orNothing(z.enum(keysOf<TicketPriority>(TICKET_PRIORITIES))),
  plan: orNothing(z.enum(PLAN_IDS)),
  due: orNothing(z.enum(['late', 'soon'])),
  after: cursor(),
  before: cursor(),
});
export type DeskQuery = z.output<typeof deskQuery>;
export const reportQuery = z.object({ month: orNothing(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)) });
