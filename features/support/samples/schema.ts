import { z } from 'zod';

/** Nothing is chosen: there is one set of sample patients. */
export const samplesInput = z.object({});
