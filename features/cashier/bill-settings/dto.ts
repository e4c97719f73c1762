import 'server-only';
import type { InferSchemaType } from 'mongoose';
import { type Currency, currencyOf, localeOf } from '@/lib/currency';
import type { billSettingsModel } from './model';
import { legalCashLimit, yearStartOf } from './policy';

type Row = InferSchemaType<ReturnType<typeof billSettingsModel>['schema']>;

const DEFAULT_REVIEW_DAYS = 7;
const DEFAULT_DISCOUNT_LIMIT_BP = 1_000;

/** What was chosen, over what is usual in the organization's country. */
export function toBillSettings(row: Partial<Row> | null, organization: { name: string; country: string }) {
  const { name, country } = organization;
  const currency: Currency = { code: row?.currency ?? currencyOf(country), locale: localeOf(country) };
  return {
    currency,
    country,
    legalName: row?.legalName ?? name,
    address: row?.address ?? '',
    taxNumber: row?.taxNumber ?? null,
    numberPrefix: row?.numberPrefix ?? '',
    yearStart: yearStartOf(country),
    upiAddress: row?.upiAddress ?? null,
    reviewDays: row?.reviewDays ?? DEFAULT_REVIEW_DAYS,
    discountLimitBp: row?.discountLimitBp ?? DEFAULT_DISCOUNT_LIMIT_BP,
    cashLimitMinor: row?.cashLimitMinor ?? legalCashLimit(country),
    isRounded: row?.isRounded ?? country === 'IN',
    footer: row?.footer ?? '',
    version: row?.version ?? 0,
  };
}
export type BillSettings = ReturnType<typeof toBillSettings>;
