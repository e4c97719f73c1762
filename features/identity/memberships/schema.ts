import { z } from 'zod';

export const switchOrganizationInput = z.object({
  organizationId: z.string('Choose an organization.').trim().max(24),
});
export const leaveOrganizationInput = z.object({
  currentPassword: z.string('Enter your current password.').min(1, 'Enter your current password.').max(200),
});
