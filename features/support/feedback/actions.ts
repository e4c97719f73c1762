'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { staffAction } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { feedbackIdInput, feedbackInput } from './schema';
import { markFeedbackRead, sendFeedback } from './service';

export const sendFeedbackAction = staffAction({
  permission: 'today:read',
  input: feedbackInput,
  audit: 'feedback.send',
  run: async (ctx, input) => {
    await sendFeedback(ctx, input);
    return { ok: true };
  },
  message: 'Thank you. A person reads each one.',
});

export const markFeedbackReadAction = platformAction({
  permission: 'feedback:write',
  input: feedbackIdInput,
  audit: 'feedback.read',
  target: ({ feedbackId }) => `feedback:${feedbackId}`,
  run: async (ctx, { feedbackId }) => {
    await markFeedbackRead(ctx, feedbackId);
    revalidatePath(PLATFORM.feedback);
    return { ok: true };
  },
});
