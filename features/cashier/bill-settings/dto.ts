import 'server-only';
import type { InferSchemaType } from 'mongoose';
import type { Branch } from '@/lib/branches';
import { type Currency, currencyOf, localeOf } from '@/lib/currency';
import type { billSettingsModel } from './model';
import { legalCashLimit, yearStartOf } from './policy';

type Row = InferSchemaType<ReturnType<typeof billSettingsModel>['schema']>;

const DEFAULT_REVIEW_DAYS = 7;
const DEFAULT_DISCOUNT_LIMIT_BP = 1_000;

/** What a branch says of itself on its papers. */
type Own = Pick<Branch, 'address' | 'taxNumber' | 'numberPrefix'>;

/**
 * What was chosen, over what is usual in the organization's country.
 * @param own what a branch has in place of the organization's
 */
export function toBillSettings(
  row: Partial<Row> | null,
  organization: { name: string; country: string },
  own?: Own,
) {
  const { name, country } = organization;
  const currency: Currency = { code: row?.currency ?? currencyOf(country), locale: localeOf(country) };
  return {
    currency,
    country,
    legalName: row?.legalName ?? name,
    address: own?.address ?? row?.address ?? '',
    taxNumber: own?.taxNumber ?? row?.taxNumber ?? null,
    numberPrefix: own?.numberPrefix ?? row?.numberPrefix ?? '',
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
