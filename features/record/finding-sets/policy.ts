/** What stands in the rows of one eye, by the key of the row. */
export type Found = Readonly<Record<string, string>>;

/** The field of a row in the form of a set. */
export const foundField = (row: string) => `found-${row}` as const;

/** What is written into a box that may hold something: what somebody has typed stays in front. */
export function foundInto(typed: string, found: string, replaceable: readonly string[]): string {
  const text = typed.trim();
  if (text === '' || replaceable.includes(text)) return found;
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  const fresh = found
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word && !words.includes(word.toLowerCase()));
  return [text, ...fresh].join(', ');
}
