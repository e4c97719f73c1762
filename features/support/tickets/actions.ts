'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { staffAction } from '@/lib/actions/staff';
import { PLATFORM, paths } from '@/lib/paths';
import {
  agreedTargetInput,
  answerIdInput,
  answerTicketInput,
  assignTicketInput,
  openTicketInput,
  rateTicketInput,
  replyTicketInput,
  saveAnswerInput,
  setPriorityInput,
  ticketInput,
} from './schema';
import {
  answerTicket,
  assignTicket,
  closeTicket,
  deleteAnswer,
  openTicket,
  pauseTicket,
  rateTicket,
  replyTicket,
  saveAnswer,
  setAgreedTarget,
  setTicketPriority,
} from './service';

export const openTicketAction = staffAction({
  permission: 'support:ask',
  input: openTicketInput,
  audit: 'ticket.open',
  run: async (ctx, input) => {
    const id = await openTicket(ctx, input);
    revalidatePath(paths.support);
    return { id };
  },
  message: 'Your ticket is with us.',
});

export const replyTicketAction = staffAction({
  permission: 'support:ask',
  input: replyTicketInput,
  audit: 'ticket.reply',
  target: ({ ticketId }) => `ticket:${ticketId}`,
  run: async (ctx, input) => {
    await replyTicket(ctx, input);
    revalidatePath(paths.ticket(input.ticketId));
    return { ok: true };
  },
  message: 'Your reply is with us.',
});

export const closeTicketAction = staffAction({
  permission: 'support:ask',
  input: ticketInput,
  audit: 'ticket.close',
  entryAfter: 'A ticket that is closed already stays as it is.',
  target: ({ ticketId }) => `ticket:${ticketId}`,
  run: async (ctx, { ticketId }) => {
    await closeTicket(ctx, ticketId);
    revalidatePath(paths.ticket(ticketId));
    return { ok: true };
  },
  message: 'The ticket is closed. A reply opens it again.',
});

export const rateTicketAction = staffAction({
  permission: 'support:ask',
  input: rateTicketInput,
  audit: 'ticket.rate',
  target: ({ ticketId }) => `ticket:${ticketId}`,
  run: async (ctx, input) => {
    await rateTicket(ctx, input);
    revalidatePath(paths.ticket(input.ticketId));
    return { ok: true };
  },
  message: 'Thank you for telling us.',
});

export const answerTicketAction = platformAction({
  permission: 'tickets:write',
  input: answerTicketInput,
  audit: 'ticket.answer',
  target: ({ ticketId }) => `ticket:${ticketId}`,
  run: async (ctx, input) => {
    const { told } = await answerTicket(ctx, input);
    revalidatePath(paths.platformTicket(input.ticketId));
    return { ok: true, told };
  },
  message: ({ told }) => (told.length > 0 ? `Kept, and ${told.join(', ')} told by mail.` : ''),
});

export const pauseTicketAction = platformAction({
  permission: 'tickets:write',
  input: ticketInput,
  audit: 'ticket.pause',
  target: ({ ticketId }) => `ticket:${ticketId}`,
  run: async (ctx, { ticketId }) => {
    await pauseTicket(ctx, ticketId);
    revalidatePath(paths.platformTicket(ticketId));
    return { ok: true };
  },
  message: 'The clock stands still until the customer writes.',
});

export const assignTicketAction = platformAction({
  permission: 'tickets:write',
  input: assignTicketInput,
  audit: 'ticket.assign',
  target: ({ ticketId }) => `ticket:${ticketId}`,
  run: async (ctx, input) => {
    await assignTicket(ctx, input);
    revalidatePath(paths.platformTicket(input.ticketId));
    return { ok: true };
  },
});

export const setTicketPriorityAction = platformAction({
  permission: 'tickets:write',
  input: setPriorityInput,
  audit: 'ticket.prioritize',
  target: ({ ticketId }) => `ticket:${ticketId}`,
  run: async (ctx, input) => {
    await setTicketPriority(ctx, input);
    revalidatePath(paths.platformTicket(input.ticketId));
    return { ok: true };
  },
});

export const setAgreedTargetAction = platformAction({
  permission: 'targets:write',
  input: agreedTargetInput,
  audit: 'organization.agree-target',
  target: ({ agreed }) => (agreed ? `target:${agreed.minutes}-${agreed.counted}` : 'target:plan'),
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, { organizationId, agreed, opened }) => {
    await setAgreedTarget(ctx, organizationId, agreed, opened);
    revalidatePath(paths.platformOrganization(organizationId));
    return { ok: true };
  },
  message: 'Saved. It counts for tickets that are opened from now on.',
});

export const saveAnswerAction = platformAction({
  permission: 'targets:write',
  input: saveAnswerInput,
  audit: 'saved-answer.save',
  run: async (ctx, input) => {
    await saveAnswer(ctx, input);
    revalidatePath(PLATFORM.savedAnswers);
    return { ok: true };
  },
  message: 'The answer is saved.',
});

export const deleteAnswerAction = platformAction({
  permission: 'targets:write',
  input: answerIdInput,
  audit: 'saved-answer.delete',
  run: async (ctx, { answerId }) => {
    await deleteAnswer(ctx, answerId);
    revalidatePath(PLATFORM.savedAnswers);
    return { ok: true };
  },
  message: 'The answer is deleted.',
});
