import { z } from 'zod';
import { signupDetailsInput } from '@/lib/organizations/details';
import { isTimeZone } from '@/lib/time';

const { organizationName, phone, country } = signupDetailsInput.shape;

export const updateOrganizationInput = z.object({
  organizationName,
  phone,
  country,
  timeZone: z.string('Choose a time zone.').refine(isTimeZone, 'Choose a time zone from the list.'),
});
export type UpdateOrganizationInput = z.output<typeof updateOrganizationInput>;
