import { z } from 'zod';

/** An address is typed by hand too: what does not fit counts as not said. */
export const orNothing = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** Where a page of a list begins or ends. */
export const cursor = (characters = 400) => orNothing(z.string().max(characters));

/** A day of the calendar, from `first` to 2100: one that only looks like a day would have no instant. */
export const day = (first = '2000-01-01') =>
  orNothing(z.iso.date().refine((value) => value >= first && value <= '2100-01-01'));

/** The keys of a table of words, as `z.enum` takes them. */
export const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];

/** An address with what is known of its query; empty ones are left out. */
export function withQuery(path: string, query: Record<string, string | null | undefined>): string {
  const params = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return params.size > 0 ? `${path}?${params}` : path;
}
