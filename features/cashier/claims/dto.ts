import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { type ClaimEvent, readHistory } from './history';
import type { claimModel } from './model';

export type ClaimRow = InferSchemaType<ReturnType<typeof claimModel>['schema']> & { _id: Types.ObjectId };

/** As much of a claim as a list shows. */
export const toClaimSummary = (
  row: Omit<ClaimRow, 'history' | 'policyNumber' | 'memberId' | 'procedure' | 'createdAt' | 'updatedAt'>,
) => ({
  id: row._id.toString(),
  number: row.number,
  payerId: row.payerId.toString(),
  payerName: row.payerName,
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  mode: row.mode,
  stage: row.stage,
  status: row.status,
  turn: row.turn,
  day: row.day,
  at: row.at.toISOString(),
  coverageId: row.coverageId?.toString() ?? null,
  dueDay: row.dueDay ?? null,
  billId: row.billId?.toString() ?? null,
  billNumber: row.billNumber ?? null,
  authorizationNumber: row.authorizationNumber ?? null,
  claimNumber: row.claimNumber ?? null,
  askedMinor: row.askedMinor ?? null,
  approvedMinor: row.approvedMinor ?? null,
  validUntil: row.validUntil ?? null,
  claimedMinor: row.claimedMinor,
  receivedMinor: row.receivedMinor,
  tdsMinor: row.tdsMinor,
  writtenOffMinor: row.writtenOffMinor,
  returnedMinor: row.returnedMinor,
  openMinor: row.openMinor,
  currency: row.currency,
});
export type ClaimSummary = ReturnType<typeof toClaimSummary>;

export const toClaim = (row: ClaimRow) => ({
  ...toClaimSummary(row),
  payerKind: row.payerKind,
  policyNumber: row.policyNumber ?? null,
  memberId: row.memberId ?? null,
  procedure: row.procedure ?? null,
  history: readHistory(row.history) as ClaimEvent[],
  version: row.version,
  byName: row.byName,
});
export type Claim = ReturnType<typeof toClaim>;
