import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { paperLinkModel } from './model';

type Row = InferSchemaType<ReturnType<typeof paperLinkModel>['schema']> & { _id: Types.ObjectId };

/** What staff see of a link: neither the link nor what it shows. */
export const toPaperLink = (row: Row) => ({
  id: row._id.toString(),
  patientId: row.patientId.toString(),
  email: row.email,
  sentByName: row.sentByName,
  sentAt: row.sentAt?.toISOString() ?? null,
  expiresAt: row.expiresAt.toISOString(),
  tries: row.tries,
  opens: row.opens,
  lastOpenedAt: row.lastOpenedAt?.toISOString() ?? null,
  revoked: row.revokedAt ? { name: row.revokedByName ?? '', at: row.revokedAt.toISOString() } : null,
});
export type PaperLink = ReturnType<typeof toPaperLink>;
