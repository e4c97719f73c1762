import 'server-only';
import { type QuotePlace, quoteState } from './policy';

/** The fields of a quote that are shown; the token's hash is not among them. */
type Row = {
  _id: { toString(): string };
  state: 'sent' | 'paid' | 'withdrawn';
  priceCents: number;
  currency: string;
  interval: 'month' | 'year';
  maxUsers?: number | null;
  maxStorageBytes?: number | null;
  note?: string | null;
  place?: QuotePlace | null;
  sharedBy?: string | null;
  availability?: number | null;
  sentTo: string;
  sentBy: string;
  createdAt: Date;
  expiresAt: Date;
  openedAt?: Date | null;
  paidAt?: Date | null;
};

/** A quote as the company and the customer see it; never its token. */
export const toQuote = (row: Row, now = new Date()) => ({
  id: row._id.toString(),
  state: quoteState(row, now),
  priceCents: row.priceCents,
  currency: row.currency,
  interval: row.interval,
  maxUsers: row.maxUsers ?? null,
  maxStorageBytes: row.maxStorageBytes ?? null,
  note: row.note ?? null,
  place: row.place ?? null,
  sharedBy: row.sharedBy ?? null,
  /** Hundredths of a per cent. */
  availability: row.availability ?? null,
  sentTo: row.sentTo,
  sentBy: row.sentBy,
  sentAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  openedAt: row.openedAt?.toISOString() ?? null,
  paidAt: row.paidAt?.toISOString() ?? null,
});
export type Quote = ReturnType<typeof toQuote>;
