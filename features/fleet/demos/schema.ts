import { z } from 'zod';
import { accountEmail, id, text } from '@/lib/fields';
import { ORGANIZATION_PURPOSES } from '@/lib/master/vocabulary';
import { isPlainName, PLAIN_NAME } from '@/lib/plain-name';

const made = ORGANIZATION_PURPOSES.filter((one) => one !== 'customer');

export const demoInput = z
  .object({
    purpose: z.enum(made, 'Choose what it is for.'),
    organizationName: text(120, 'Give it a name.', 3).refine(isPlainName, PLAIN_NAME),
    ownerName: text(100, 'Who is its owner?', 2).refine(isPlainName, PLAIN_NAME),
    ownerEmail: accountEmail('Give an e-mail address, such as name@hospital.org.').max(200),
    /** A template is filled by working in it. */
    templateId: z.union([id('Choose a template.'), z.literal('')], 'Choose a template.').default(''),
  })
  .refine(({ purpose, templateId }) => purpose === 'template' || templateId !== '', {
    path: ['templateId'],
    message: 'Choose the template that it is filled from.',
  });
export type DemoInput = z.output<typeof demoInput>;

export const resetInput = z.object({
  organizationId: id('We could not find that organization.'),
});
