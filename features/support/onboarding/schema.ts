import { z } from 'zod';

/** There is one list. */
export const startListInput = z.object({});
