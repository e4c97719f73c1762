import type { HistoryEntry, HistoryPart } from './policy';

/** Names of the form's fields, items from 1; apart from the schema, so that the form comes without it. */
export const itemField = (part: HistoryPart, index: number, of: keyof HistoryEntry) =>
  `${part}${index}-${of}` as const;
export const nothingField = (part: HistoryPart) => `${part}-nothing` as const;
