import { z } from 'zod';
import { orNothing } from '@/lib/address-query';

/** The address of the figures by doctor: of which month. */
export const doctorFiguresQuery = z.object({
  month: orNothing(z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)),
});
