import { z } from 'zod';
import { cursor } from '@/lib/address-query';
import { version } from '@/lib/fields';
import { NOTICE_CHOICES } from './policy';

export const noticeListQuery = z.object({ after: cursor(), before: cursor() });
export type NoticeListQuery = z.output<typeof noticeListQuery>;

const choice = z.enum(NOTICE_CHOICES).optional();

/** Kinds that the person's role does not see are not in the form. */
export const saveNoticeChoicesInput = z.object({
  version,
  ticket: choice,
  request: choice,
  stuck: choice,
  payment: choice,
  dispute: choice,
  cell: choice,
  backup: choice,
  'service-level': choice,
});
export type SaveNoticeChoicesInput = z.output<typeof saveNoticeChoicesInput>;

/** The moment of the newest that was before the person's eyes: what came after it is new still. */
export const seeNoticesInput = z.object({ upTo: z.coerce.date('Load the page again.') });
export const stopNoticesInput = z.object({ token: z.string().max(300) });
