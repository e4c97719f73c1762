import { z } from 'zod';
import { id, revision, text } from '@/lib/fields';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { keysOf } from '@/lib/query-words';
import { ANNOUNCEMENT_KINDS, type AnnouncementKind } from './policy';

/** What a `datetime-local` field posts, read as UTC. */
const instant = z
  .string()
  .regex(/^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'Enter a date and a time.')
  .transform((text) => new Date(`${text}:00Z`))
  .refine((at) => !Number.isNaN(at.getTime()), 'Enter a date and a time.');
const announcementId = id('We could not find that announcement.');

export const announcementInput = z
  .object({
    announcementId: z.union([announcementId, z.literal('')]).default(''),
    kind: z.enum(keysOf<AnnouncementKind>(ANNOUNCEMENT_KINDS), 'Choose what it is.'),
    title: text(100, 'Say it in a few words.', 3),
    text: text(500, 'Say what people should know.', 3),
    plan: z.union([z.enum(PLAN_IDS), z.literal('')]).default(''),
    /** Each an id, with the name behind it; they count instead of the plan. */
    organizations: z
      .array(
        z
          .string()
          .max(200)
          .transform((posted) => posted.slice(0, 24))
          .pipe(id('We could not find one of these organizations. Choose it again.')),
      )
      .max(200, 'Name at most 200 organizations.')
      .default([]),
    startsAt: instant,
    endsAt: instant,
    version: revision.optional(),
  })
  .refine(({ announcementId, version }) => !announcementId || version, 'Open this again.')
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, {
    path: ['endsAt'],
    message: 'It must end after it begins.',
  });
export type AnnouncementInput = z.output<typeof announcementInput>;
export const announcementIdInput = z.object({ announcementId });
