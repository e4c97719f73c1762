import { z } from 'zod';
import { chosenId, id } from '@/lib/fields';
import { keysOf } from '@/lib/query-words';
import { LINKED_PAPERS } from './policy';

export const sendPaperInput = z.object({
  kind: z.enum(keysOf(LINKED_PAPERS), 'Choose a paper.'),
  paperId: id('This paper is not known.'),
  /** Without it nothing leaves the house. */
  isAgreed: z.literal('on', 'Ask the patient first, then tick that they agree.'),
});
export type SendPaperInput = z.output<typeof sendPaperInput>;

export const revokePaperLinkInput = z.object({ linkId: chosenId('Choose a link.') });

const token = z.string().min(20).max(300);
export const paperTokenInput = z.object({ token });
export const openPaperInput = z.object({
  token,
  birthYear: z
    .string('Enter the year of birth.')
    .trim()
    .regex(/^(19|20)\d\d$/, 'Enter the year of birth in four figures, such as 1958.')
    .transform(Number),
});
export type OpenPaperInput = z.output<typeof openPaperInput>;
