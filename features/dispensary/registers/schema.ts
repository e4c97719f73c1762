import { z } from 'zod';
import { orNothing } from '@/lib/address-query';

/** The address of a register: which class, of which month, and of which branch; see `scopeOf`. */
export const registerQuery = z.object({
  class: orNothing(z.string().max(20)),
  branch: orNothing(z.string().max(24)),
  month: orNothing(z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)),
});
export type RegisterQuery = z.output<typeof registerQuery>;
