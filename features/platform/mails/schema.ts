import { z } from 'zod';
import { cursor, orNothing } from '@/lib/address-query';
import { id } from '@/lib/fields';
import { MAIL_STATES } from '@/lib/master/vocabulary';

export const mailListQuery = z.object({
  /** An address, whole. */
  q: orNothing(z.string().trim().toLowerCase().min(3).max(254)),
  state: orNothing(z.enum(MAIL_STATES)),
  organization: orNothing(id('')),
  after: cursor(),
  before: cursor(),
});
export type MailListQuery = z.output<typeof mailListQuery>;
