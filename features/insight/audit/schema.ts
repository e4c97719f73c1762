import { z } from 'zod';
import { day, orNothing } from '@/lib/address-query';
import { keysOf } from '@/lib/query-words';
import { RESULTS, type Result } from './policy';

const text = orNothing(z.string().trim().max(100));

/** The address of the log: anything malformed means no filter. */
export const auditQuery = z.object({
  from: day(),
  to: day(),
  actor: text,
  action: orNothing(z.string().regex(/^[a-z0-9.-]{1,60}$/)),
  target: text,
  result: orNothing(z.enum(keysOf<Result>(RESULTS))),
  /** Entries before (older than) this number; after (newer). */
  before: orNothing(z.coerce.number().int().positive()),
  after: orNothing(z.coerce.number().int().positive()),
});
export type AuditQuery = z.output<typeof auditQuery>;
