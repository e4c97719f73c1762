import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { handoverModel } from './model';

export type HandoverRow = InferSchemaType<ReturnType<typeof handoverModel>['schema']> & {
  _id: Types.ObjectId;
};

/** As who takes over sees it: without what the other one has counted. */
export const toOffer = (row: HandoverRow) => ({
  id: row._id.toString(),
  at: row.at.toISOString(),
  fromName: row.fromName,
  toName: row.toName,
  slips: row.slips.map(({ method, number, reference, amountMinor }) => ({
    ...{ method, number, reference: reference ?? '', amountMinor },
  })),
});
export type HandoverOffer = ReturnType<typeof toOffer>;

export const toHandover = (row: HandoverRow) => ({
  ...toOffer(row),
  day: row.day,
  status: row.status,
  countedMinor: row.countedMinor,
  differenceMinor: row.differenceMinor,
  reason: row.reason ?? null,
  answered: row.answeredAt
    ? {
        at: row.answeredAt.toISOString(),
        byName: row.answeredByName ?? '',
        receivedMinor: row.receivedMinor ?? null,
        differenceMinor: row.receivedDifferenceMinor ?? 0,
        missingSlips: row.slips.filter(({ isThere }) => isThere === false).length,
        answer: row.answer ?? null,
      }
    : null,
});
export type Handover = ReturnType<typeof toHandover>;
