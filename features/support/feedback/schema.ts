import { z } from 'zod';
import { cursor, orNothing } from '@/lib/address-query';
import { id, textOrEmpty } from '@/lib/fields';
import { keysOf } from '@/lib/query-words';
import { MOODS } from './policy';

export const feedbackInput = z.object({
  mood: z.enum(keysOf(MOODS), 'Choose how it goes.'),
  text: textOrEmpty(2_000),
  mayContact: z.string().optional().transform(Boolean),
  page: z.string().max(500).default('/'),
});
export type FeedbackInput = z.output<typeof feedbackInput>;

export const feedbackIdInput = z.object({ feedbackId: z.string().trim().max(24) });

export const feedbackListQuery = z.object({
  mood: orNothing(z.enum(keysOf(MOODS))),
  unread: orNothing(z.literal('1')),
  organization: orNothing(id('')),
  after: cursor(),
  before: cursor(),
});
export type FeedbackListQuery = z.output<typeof feedbackListQuery>;
