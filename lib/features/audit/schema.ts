import { z } from 'zod';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = z.string().regex(DAY).optional().catch(undefined);
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
