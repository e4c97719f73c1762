import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { historyModel } from './model';
import type { HistoryParts } from './policy';

type Row = InferSchemaType<ReturnType<typeof historyModel>['schema']> & { _id: Types.ObjectId };

/** What is known of a patient's history; of one that nobody has asked about, nothing. */
export const toHistory = (patientId: string, row: Row | null) => ({
  patientId,
  parts: (row ? JSON.parse(row.history) : {}) as HistoryParts,
  version: row?.version ?? 0,
  changed: row ? { name: row.changedByName, at: row.changedAt.toISOString() } : null,
  asked: row ? { name: row.askedByName, at: row.askedAt.toISOString() } : null,
});
export type History = ReturnType<typeof toHistory>;
