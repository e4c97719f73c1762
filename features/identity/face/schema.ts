import { z } from 'zod';
import { contactEmail, optionalText, revision, ticked } from '@/lib/fields';
import { isPlainName, PLAIN_NAME } from '@/lib/plain-name';
import type { FromForm } from '@/lib/revision';
import { isFaceSlug } from './policy';

export const saveFaceInput = z
  .object({
    slug: optionalText(60).transform((typed) => typed?.toLowerCase()),
    isOpen: ticked,
    fromName: optionalText(80),
    replyTo: optionalText(254).pipe(
      contactEmail('Enter an e-mail address such as care@hospital.com.').optional(),
    ),
    version: revision,
  })
  .refine(({ slug }) => !slug || isFaceSlug(slug), {
    error: 'Use 3 to 40 small letters and digits, with single hyphens between them; some words are ours.',
    path: ['slug'],
  })
  .refine(({ slug, isOpen }) => !isOpen || Boolean(slug), {
    error: 'Choose the address of the page first.',
    path: ['slug'],
  })
  .refine(({ fromName }) => !fromName || isPlainName(fromName), { error: PLAIN_NAME, path: ['fromName'] });
export type SaveFaceInput = FromForm<z.output<typeof saveFaceInput>>;
