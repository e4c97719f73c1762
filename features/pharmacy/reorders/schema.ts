import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { OBJECT_ID } from '@/lib/object-id';

const DEFAULT_COVER_DAYS = 30;
const days = z.coerce.number().int().min(7).max(180).catch(DEFAULT_COVER_DAYS).default(DEFAULT_COVER_DAYS);

/** The address of the proposal: for how many days the stock shall last. */
export const proposalQuery = z.object({ days });

/** The address of a new order: of what is proposed for a supplier, or empty. */
export const newOrderQuery = z.object({ supplier: orNothing(z.string().regex(OBJECT_ID)), days });
