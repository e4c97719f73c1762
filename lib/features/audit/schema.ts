import { z } from 'zod';

/** A day of the calendar: one that only looks like a day would have no instant. */
const day = z.iso
  .date()
  .refine((value) => value >= '2000-01-01' && value <= '2100-01-01')
  .optional()
  .catch(undefined);
const text = z.string().trim().max(100).optional().catch(undefined);

export const RESULTS = { ok: 'Done', refused: 'Refused', failed: 'Failed' } as const;
export type Result = keyof typeof RESULTS;
const resultIds = Object.keys(RESULTS) as [Result, ...Result[]];

/** The address of the log: anything malformed means no filter. */
export const auditQuery = z.object({
  from: day,
  to: day,
  actor: text,
  action: z
    .string()
    .regex(/^[a-z0-9.-]{1,60}$/)
    .optional()
    .catch(undefined),
  target: text,
  result: z.enum(resultIds).optional().catch(undefined),
  /** Entries before (older than) this number; after (newer). */
  before: z.coerce.number().int().positive().optional().catch(undefined),
  after: z.coerce.number().int().positive().optional().catch(undefined),
});
export type AuditQuery = z.output<typeof auditQuery>;
