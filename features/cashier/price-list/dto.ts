import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { revisionOf } from '@/lib/revision';
import type { priceModel, serviceModel } from './model';
import { NO_END } from './policy';

type ServiceRow = InferSchemaType<ReturnType<typeof serviceModel>['schema']> & { _id: Types.ObjectId };
type PriceRow = InferSchemaType<ReturnType<typeof priceModel>['schema']> & { _id: Types.ObjectId };

/** What its form shows, as it is stored. */
export const formOf = (row: ServiceRow) => ({
  code: row.code,
  name: row.name,
  group: row.group,
  taxClass: row.taxClass,
  consultation: row.consultation ?? null,
  includes: (row.includes ?? []).map(({ serviceId, quantity }) => ({
    ...{ serviceId: serviceId.toString(), quantity },
  })),
  includeDays: row.includeDays ?? null,
});

export const toService = (row: ServiceRow) => ({
  id: row._id.toString(),
  ...formOf(row),
  version: revisionOf(formOf(row)),
  isActive: row.isActive,
});
export type Service = ReturnType<typeof toService>;

export const toPrice = (row: PriceRow) => ({
  id: row._id.toString(),
  serviceId: row.serviceId.toString(),
  payer: row.payer,
  amountMinor: row.amountMinor,
  isInclusive: row.isInclusive,
  from: row.from,
  to: row.to,
  isOpen: row.to === NO_END,
  byName: row.byName,
});
export type Price = ReturnType<typeof toPrice>;
