import { z } from 'zod';
import { PROVIDERS } from '@/lib/master/vocabulary';

/** A database's place as an operation stores it. */
export const placeSchema = z
  .object({
    provider: z.enum(PROVIDERS).default('self-hosted'),
    cellId: z.string(),
    databaseName: z.string(),
    isolation: z.enum(['dedicated-user', 'shared-user']),
    username: z.string(),
    schemaVersion: z.number(),
  })
  // Where the servers are ours no other database is ever filled or dropped; on a customer's server the
  // customer names it.
  .refine(
    ({ provider, databaseName }) =>
      provider === 'external' || /^org_[0-9a-f]{24}(_[rt]\d{1,6})?$/.test(databaseName),
  );
