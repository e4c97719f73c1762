/**
 * How the figures of a day are stored: numbers as they are, everything else as JSON text by figure. A year of
 * days is read for one page, and text is read several times as fast as the many small documents that it
 * stands for.
 */
export const toStored = (facts: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(facts).map(([figure, value]) => [
      figure,
      typeof value === 'number' ? value : JSON.stringify(value),
    ]),
  );

/** The figures again; those that were not read are missing. */
export const fromStored = (stored: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(stored).map(([figure, value]) => [
      figure,
      typeof value === 'string' ? JSON.parse(value) : value,
    ]),
  );
