import { z } from 'zod';
import { revision } from '@/lib/fields';
import { signupDetailsInput } from '@/lib/organizations/details';
import type { FromForm } from '@/lib/revision';
import { isTimeZone } from '@/lib/time';

const { organizationName, phone, country } = signupDetailsInput.shape;

export const updateOrganizationInput = z.object({
  organizationName,
  phone,
  country,
  timeZone: z.string('Choose a time zone.').refine(isTimeZone, 'Choose a time zone from the list.'),
  version: revision,
});
export type UpdateOrganizationInput = FromForm<z.output<typeof updateOrganizationInput>>;
