import { z } from 'zod';
import { isTimeZone } from '@/lib/time';
import { signupDetailsInput } from '../signup/schema';

const { organizationName, phone, country } = signupDetailsInput.shape;

export const updateOrganizationInput = z.object({
  organizationName,
  phone,
  country,
  timeZone: z.string('Choose a time zone.').refine(isTimeZone, 'Choose a time zone from the list.'),
});
export type UpdateOrganizationInput = z.output<typeof updateOrganizationInput>;
