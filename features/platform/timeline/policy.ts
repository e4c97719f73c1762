/** Where a line of a customer's history comes from, in the order in which equal moments stand. */
export const SOURCES = ['payment', 'ticket', 'note', 'mail', 'deed'] as const;
export type HistorySource = (typeof SOURCES)[number];

export type TimelineEntry = {
  /** Unique over all sources. */
  id: string;
  source: HistorySource;
  at: string;
  title: string;
  detail: string | null;
  tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info';
  href: string | null;
  /** Of a note. */
  files?: { id: string; name: string; sizeBytes: number }[];
};

/** The place of an entry in the order: newest first, then by source, then by its own id, downwards. */
export type TimelinePlace = { at: Date; source: HistorySource; id: string };

const rankOf = (source: HistorySource): number => SOURCES.indexOf(source);

/** Newest first. */
export function inOrder(a: TimelineEntry, b: TimelineEntry): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  if (a.source !== b.source) return rankOf(a.source) - rankOf(b.source);
  return a.id < b.id ? 1 : -1;
}

/** What a source has past a place: earlier moments, and at the very moment what has not been shown. */
export function past(place: TimelinePlace | null, source: HistorySource): 'all' | 'earlier' | 'at' | 'after' {
  if (!place) return 'all';
  if (place.source === source) return 'after';
  return rankOf(source) < rankOf(place.source) ? 'earlier' : 'at';
}
