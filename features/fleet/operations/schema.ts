import { z } from 'zod';
import { id } from '@/lib/fields';
import { ORGANIZATION_STATES } from '@/lib/master/vocabulary';
import { placeSchema } from '../placement/schema';

const known = id('We could not find that.');

export const organizationInput = z.object({ organizationId: known });
export const restoreInput = z.object({ organizationId: known, backupId: known });
export const moveInput = z.object({
  organizationId: known,
  /** A cell, or a vendor. */
  destination: z.string('Choose where to.').regex(/^[a-z][a-z0-9-]{1,30}$/, 'Choose where to.'),
});
export const operationInput = z.object({ organizationId: known, operationId: known });
export const suspendInput = z.object({
  organizationId: known,
  reason: z.string().trim().min(5, 'Say why; it is kept with the organization.').max(500),
});

export const ownDatabaseInput = z.object({
  connectionSecret: z.string().trim().min(1, 'Paste the connection string.').max(2_000, 'This is too long.'),
});

export const closeAccountInput = z.object({
  confirmation: z.string().trim().min(1, 'Type the name of your organization.').max(200),
});

const databaseLeft = z.object({
  databaseName: z.string(),
  cellId: z.string(),
  /** Not on a cell: at a vendor, or on a customer's server with the sealed way in. */
  elsewhere: z.object({ place: placeSchema, sealed: z.string().nullish() }).optional(),
});
export type DatabaseLeft = z.output<typeof databaseLeft>;

export const contentCounts = z.object({ collections: z.number(), documents: z.number() });

/** What the closing of an account keeps between its steps. */
export const closingFacts = z.object({
  previousStatus: z.enum(ORGANIZATION_STATES),
  retentionEndsAt: z.coerce.date(),
  /** The id that the offered export has. */
  exportId: z.string(),
  ownerEmail: z.string(),
  ownerName: z.string(),
  organizationName: z.string(),
  counts: contentCounts.optional(),
  keyDestroyedAt: z.coerce.date().optional(),
  databases: z.array(databaseLeft).optional(),
  databasesDroppedAt: z.coerce.date().optional(),
  backups: z.number().optional(),
  usersRemoved: z.number().optional(),
  files: z.number().optional(),
  /** Of its tickets. */
  attachments: z.number().optional(),
  /** Its renewal was stopped by the closing, not by the owner. */
  renewalStoppedAt: z.coerce.date().nullish(),
  subscriptionEndedAt: z.coerce.date().nullish(),
  report: z.looseObject({ sha256: z.string() }).optional(),
});
