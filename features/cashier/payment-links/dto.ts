import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { TenantContext } from '@/lib/tenancy/context';
import type { paymentLinkModel } from './model';
import { linkAddress } from './token';

export type PaymentLinkRow = InferSchemaType<ReturnType<typeof paymentLinkModel>['schema']> & {
  _id: Types.ObjectId;
};

export const toPaymentLink = (
  { organizationId }: Pick<TenantContext, 'organizationId'>,
  row: PaymentLinkRow,
) => ({
  id: row._id.toString(),
  billId: row.billId.toString(),
  billNumber: row.billNumber,
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  amountMinor: row.amountMinor,
  currency: row.currency,
  state: row.state,
  madeAt: row._id.getTimestamp().toISOString(),
  madeByName: row.madeByName,
  expiresAt: row.expiresAt.toISOString(),
  /** What the patient opens; null once nothing can be paid by it. */
  address: row.state === 'open' ? linkAddress(organizationId, row._id.toString(), row.expiresAt) : null,
  endReason: row.endReason ?? null,
  endedByName: row.endedByName ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  paidMinor: row.paidMinor ?? null,
  paidAt: row.paidAt?.toISOString() ?? null,
  overMinor: row.overMinor ?? 0,
  problem: row.problem ?? null,
});
export type PaymentLink = ReturnType<typeof toPaymentLink>;
