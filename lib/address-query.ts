import { z } from 'zod';

/** An address is typed by hand too: what does not fit counts as not said. */
export const orNothing = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** Where a page of a list begins or ends. */
export const cursor = (characters = 400) => orNothing(z.string().max(characters));

/** A day of the calendar, from `first` to 2100: one that only looks like a day would have no instant. */
export const day = (first = '2000-01-01') =>
  orNothing(z.iso.date().refine((value) => value >= first && value <= '2100-01-01'));
