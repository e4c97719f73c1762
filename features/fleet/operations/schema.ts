import { z } from 'zod';

const id = z.string().regex(/^[0-9a-f]{24}$/i, 'We could not find that.');

export const organizationInput = z.object({ organizationId: id });
export const restoreInput = z.object({ organizationId: id, backupId: id });
export const moveInput = z.object({
  organizationId: id,
  /** A cell, or a vendor. */
  destination: z.string('Choose where to.').regex(/^[a-z][a-z0-9-]{1,30}$/, 'Choose where to.'),
});
export const operationInput = z.object({ organizationId: id, operationId: id });
export const suspendInput = z.object({
  organizationId: id,
  reason: z.string().trim().min(5, 'Say why; it is kept with the organization.').max(500),
});

export const ownDatabaseInput = z.object({
  connectionSecret: z.string().trim().min(1, 'Paste the connection string.').max(2_000, 'This is too long.'),
});

export const closeAccountInput = z.object({
  confirmation: z.string().trim().min(1, 'Type the name of your organization.').max(200),
});
