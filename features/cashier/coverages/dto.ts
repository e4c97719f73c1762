import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { revisionOf } from '@/lib/revision';
import type { coverageModel } from './model';

type Row = InferSchemaType<ReturnType<typeof coverageModel>['schema']> & { _id: Types.ObjectId };

/** What its form shows, as it is stored. */
export const coverageFormOf = (row: Row) => ({
  payerId: row.payerId.toString(),
  policyNumber: row.policyNumber ?? '',
  memberId: row.memberId ?? '',
  plan: row.plan ?? '',
  holderName: row.holderName ?? '',
  relation: row.relation,
  validFrom: row.validFrom ?? null,
  validTo: row.validTo ?? null,
  limitMinor: row.limitMinor ?? null,
  coPayBp: row.coPayBp ?? null,
});

export const toCoverage = (row: Row) => {
  const form = coverageFormOf(row);
  return {
    id: row._id.toString(),
    patientId: row.patientId.toString(),
    payerName: row.payerName,
    ...form,
    version: revisionOf(form),
    isActive: row.isActive,
  };
};
export type Coverage = ReturnType<typeof toCoverage>;
