/*
 * Words of an address, without a validator: the browser reads this too, and each form that only builds a
 * link would carry one.
 */

/** The keys of a table of words, as `z.enum` takes them. */
export const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];

/** An address with what is known of its query; empty ones are left out. */
export function withQuery(path: string, query: Record<string, string | null | undefined>): string {
  const params = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return params.size > 0 ? `${path}?${params}` : path;
}
