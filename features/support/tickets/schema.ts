import { z } from 'zod';
import { announcedFile } from '@/features/patients/files/schema';
import { cursor, orNothing } from '@/lib/address-query';
import { id, revision, text, textOrEmpty, version } from '@/lib/fields';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { OBJECT_ID } from '@/lib/object-id';
import { keysOf } from '@/lib/query-words';
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

const known = (what: string) => id(`We could not find that ${what}.`);
const message = text(10_000, 'Write a message.');

/** Of files that were uploaded before; one that is still uploading has a placeholder instead of an id. */
export const attachmentIds = z
  .array(z.string().max(100))
  .max(ATTACHMENTS_MAX, `Attach at most ${ATTACHMENTS_MAX} files.`)
  .refine((ids) => ids.every((one) => OBJECT_ID.test(one)), 'Wait until every file has arrived.')
  .refine((ids) => new Set(ids).size === ids.length, 'A file is attached twice.')
  .default([]);

export const attachmentInput = announcedFile(ATTACHMENT_MAX_BYTES);
export type AttachmentInput = z.output<typeof attachmentInput>;

export const openTicketInput = z.object({
  category: z.enum(keysOf<TicketCategory>(TICKET_CATEGORIES), 'Choose what it is about.'),
  priority: z.enum(keysOf<TicketPriority>(TICKET_PRIORITIES), 'Choose how urgent it is.'),
  subject: text(150, 'Say in a few words what it is about.', 3),
  message,
  attachmentIds,
});
export type OpenTicketInput = z.output<typeof openTicketInput>;

export const replyTicketInput = z.object({ ticketId: known('ticket'), message, attachmentIds });
export const ticketInput = z.object({ ticketId: known('ticket') });
export const rateTicketInput = z.object({
  ticketId: known('ticket'),
  verdict: z.enum(['good', 'bad'], 'Say whether we helped you.'),
  comment: textOrEmpty(1_000),
});

export const answerTicketInput = z.object({
  ticketId: known('ticket'),
  version,
  message,
  attachmentIds,
  /** What the ticket is afterwards; a note leaves it as it is. */
  outcome: z.enum(['waiting', 'solved', 'note'], 'Say what becomes of the ticket.'),
});
export const assignTicketInput = z.object({
  ticketId: known('ticket'),
  assigneeId: z.union([known('colleague'), z.literal('')]).default(''),
});
export const setPriorityInput = z.object({
  ticketId: known('ticket'),
  priority: z.enum(keysOf<TicketPriority>(TICKET_PRIORITIES)),
});
export const agreedTargetInput = z
  .object({
    organizationId: known('organization'),
    /** Empty: the plan's promise. */
    hours: z.union([
      z.literal('').transform(() => null),
      z.coerce
        .number('Enter hours, such as 4 or 0.5.')
        .min(0.25, 'Promise at least a quarter of an hour.')
        .max(240, 'Promise at most 240 hours.'),
    ]),
    counted: z.enum(['working', 'always'], 'Choose which hours count.'),
    version: revision,
  })
  .transform(({ organizationId, hours, counted, version: opened }) => ({
    organizationId,
    opened,
    agreed: hours === null ? null : { minutes: Math.round(hours * 60), counted },
  }));
export const saveAnswerInput = z
  .object({
    answerId: z.union([known('answer'), z.literal('')]).default(''),
    title: text(80, 'Give the answer a name.'),
    text: message,
    version: revision.optional(),
  })
  .refine(({ answerId, version }) => !answerId || version, 'Open this again.');
export const answerIdInput = z.object({ answerId: known('answer') });

export const ticketListQuery = z.object({ after: cursor(), before: cursor() });
export const deskQuery = z.object({
  q: orNothing(z.string().trim().min(1).max(100)),
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
