import { z } from 'zod';

const event = z.object({
  at: z.string(),
  byName: z.string(),
  /** What happened, as people read it. */
  what: z.string(),
  amountMinor: z.number().nullable().default(null),
  note: z.string().nullable().default(null),
});
export type ClaimEvent = z.output<typeof event>;

export const readHistory = (text: string): ClaimEvent[] => z.array(event).parse(JSON.parse(text));

/** The history with one more thing that happened. */
export const withEvent = (text: string | null, added: ClaimEvent): string =>
  JSON.stringify([...(text ? readHistory(text) : []), added]);
