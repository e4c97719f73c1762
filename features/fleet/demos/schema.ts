import { z } from 'zod';
import { isPlainName, PLAIN_NAME } from '@/lib/fields';
import { ORGANIZATION_PURPOSES } from '@/lib/master/vocabulary';

const made = ORGANIZATION_PURPOSES.filter((one) => one !== 'customer');

export const demoInput = z
  .object({
    purpose: z.enum(made, 'Choose what it is for.'),
    organizationName: z
      .string()
      .trim()
      .min(3, 'Give it a name.')
      .max(120, 'Use at most 120 characters.')
      .refine(isPlainName, PLAIN_NAME),
    ownerName: z
      .string()
      .trim()
      .min(2, 'Who is its owner?')
      .max(100, 'Use at most 100 characters.')
      .refine(isPlainName, PLAIN_NAME),
    ownerEmail: z.email('Give an e-mail address, such as name@hospital.org.').max(200),
    /** A template is filled by working in it. */
    templateId: z
      .string()
      .regex(/^([0-9a-f]{24})?$/i, 'Choose a template.')
      .default(''),
  })
  .refine(({ purpose, templateId }) => purpose === 'template' || templateId !== '', {
    path: ['templateId'],
    message: 'Choose the template that it is filled from.',
  });
export type DemoInput = z.output<typeof demoInput>;

export const resetInput = z.object({
  organizationId: z.string().regex(/^[0-9a-f]{24}$/i, 'We could not find that organization.'),
});
